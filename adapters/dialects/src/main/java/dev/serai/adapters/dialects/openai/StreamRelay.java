package dev.serai.adapters.dialects.openai;

import static dev.serai.core.json.JsonWriter.ascii;

import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.openaiapi.ErrorReader;
import dev.serai.adapters.dialects.openaiapi.MalformedResponse;
import dev.serai.adapters.dialects.openaiapi.Quirk;
import dev.serai.adapters.dialects.stream.FramedRelay;
import dev.serai.adapters.dialects.stream.SseSplitter;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.dialect.Destination;
import dev.serai.core.problem.GatewayProblem;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Forwards a stream unchanged to a client that speaks OpenAI's dialect. The usage chunk is left out
 * if the client did not ask for it.
 */
final class StreamRelay extends FramedRelay<SseSplitter> {
  private static final byte[] DONE = ascii("[DONE]");
  private static final byte[] DONE_EVENT = ascii("data: [DONE]\n\n");

  private final Destination destination;
  private final boolean keepUsage;
  private final FrameScanner chunk = new FrameScanner();
  private boolean named;
  private boolean finished;

  /**
   * @param keepUsage whether the client asked for the usage chunk
   */
  StreamRelay(Destination destination, boolean keepUsage) {
    super(new SseSplitter());
    this.destination = destination;
    this.keepUsage = keepUsage;
  }

  @Override
  protected void frame(byte[] data, int from, int to, Consumer<ChatEvent> events) {
    if (data[from] == '[' && Arrays.equals(data, from, to, DONE, 0, DONE.length)) {
      finish(events);
      return;
    }
    chunk.scan(data, from, to);
    if (chunk.isError()) {
      fail(ErrorReader.inside(destination, data, from, to), events);
      return;
    }
    if (chunk.usage().isPresent()) {
      sawUsage(chunk.usage().get());
    }
    if (chunk.carriesToken()) {
      sawToken();
    }
    if (chunk.isOnlyUsage() && !keepUsage) {
      omit(events);
    }
    if (!named && !chunk.model().isEmpty()) {
      named = true;
      emit(new ChatEvent.Started("", chunk.model(), 0), events);
    }
    for (int i = 0; i < chunk.finishes(); i++) {
      finished = true;
      emit(
          new ChatEvent.Finished(
              chunk.finishedChoice(i), FinishReasons.read(chunk.finishReason(i))),
          events);
    }
  }

  @Override
  protected void release() {
    chunk.release();
  }

  @Override
  protected void truncated(Consumer<ChatEvent> events) {
    if (finished && Quirk.NO_DONE.of(destination)) {
      events.accept(new ChatEvent.Relayed(DONE_EVENT, false));
      finish(events);
    } else {
      fail(MalformedResponse.truncated(destination), events);
    }
  }

  @Override
  protected GatewayProblem malformed(MalformedInput where) {
    return MalformedResponse.at(destination, where);
  }
}
