package dev.serai.adapters.dialects.openai;

import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.openaiapi.ErrorReader;
import dev.serai.adapters.dialects.openaiapi.MalformedResponse;
import dev.serai.adapters.dialects.stream.FramedRelay;
import dev.serai.adapters.dialects.stream.ServerSentEvents;
import dev.serai.adapters.dialects.stream.SseSplitter;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.dialect.Destination;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.GatewayProblem;
import java.util.BitSet;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Forwards a stream unchanged to a client that speaks OpenAI's dialect. The usage chunk is left out
 * if the client did not ask for it. A stream whose provider omits the finish reason or {@code
 * [DONE]} gets the missing one. Without {@code [DONE]} a stream has broken off if a token is the
 * last of a choice, also if an earlier chunk had a finish reason.
 */
final class StreamRelay extends FramedRelay<SseSplitter> {
  private final boolean keepUsage;
  private final FrameScanner chunk = new FrameScanner();
  private boolean named;
  private final boolean completion;
  private final BitSet finished = new BitSet();
  private final LongSupplier wanted;

  /**
   * @param keepUsage whether the client asked for the usage chunk
   * @param completion whether the chunks are those of the older completions API
   * @param wanted how many choices the request asks for
   */
  StreamRelay(Destination destination, boolean keepUsage, boolean completion, LongSupplier wanted) {
    super(new SseSplitter(), destination);
    this.keepUsage = keepUsage;
    this.completion = completion;
    this.wanted = wanted;
  }

  @Override
  protected void frame(byte[] data, int from, int to, Consumer<ChatEvent> events) {
    if (ServerSentEvents.isDone(data, from, to)) {
      stopUnfinished(events);
      finish(events);
      return;
    }
    chunk.scan(data, from, to);
    if (chunk.isError()) {
      fail(ErrorReader.inside(destination(), data, from, to), events);
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
      finished.set(chunk.finishedChoice(i));
      emit(
          new ChatEvent.Finished(
              chunk.finishedChoice(i), FinishReasons.read(chunk.finishReason(i))),
          events);
    }
  }

  /** The stream ends in order: a choice that there was, without a finish reason, stopped. */
  private void stopUnfinished(Consumer<ChatEvent> events) {
    if (!chunk.responds()) {
      throw MalformedResponse.of(destination());
    }
    for (int choice = chunk.nextChoice(0); choice >= 0; choice = chunk.nextChoice(choice + 1)) {
      if (!finished.get(choice)) {
        FinishReason reason = FinishReasons.unspecified(chunk.hasCalls());
        insert(lastChunk(choice, reason), events);
        events.accept(new ChatEvent.Finished(choice, reason));
      }
    }
  }

  private byte[] lastChunk(int choice, FinishReason reason) {
    JsonWriter out =
        ServerSentEvents.begin(new JsonWriter(256)).beginObject().member("id", chunk.id());
    out.member("object", completion ? "text_completion" : "chat.completion.chunk");
    out.member("created", chunk.created()).member("model", chunk.model());
    out.name("choices").beginArray().beginObject().member("index", choice);
    if (completion) {
      out.member("text", "");
    } else {
      out.name("delta").beginObject().endObject();
    }
    out.name("logprobs").nullValue();
    FinishReasons.write(out, reason);
    return ServerSentEvents.end(out.endObject().endArray().endObject()).bytes();
  }

  @Override
  protected void release() {
    chunk.release();
  }

  @Override
  protected boolean isFinished() {
    return chunk.isComplete(1) && chunk.isComplete(wanted.getAsLong());
  }

  @Override
  protected boolean isEnded() {
    return chunk.isEnded();
  }

  @Override
  protected void truncated(Consumer<ChatEvent> events) {
    if (chunk.isComplete(1)) {
      events.accept(new ChatEvent.Relayed(ServerSentEvents.done(), false));
      finish(events);
    } else {
      fail(MalformedResponse.truncated(destination()), events);
    }
  }

  @Override
  protected GatewayProblem malformed(MalformedInput where) {
    return MalformedResponse.at(destination(), where);
  }
}
