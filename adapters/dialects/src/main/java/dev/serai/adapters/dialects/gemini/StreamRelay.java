package dev.serai.adapters.dialects.gemini;

import static dev.serai.core.json.JsonWriter.ascii;

import dev.serai.adapters.dialects.stream.FramedRelay;
import dev.serai.adapters.dialects.stream.ServerSentEvents;
import dev.serai.adapters.dialects.stream.SseSplitter;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.dialect.Destination;
import dev.serai.core.json.JsonWriter;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Forwards a stream unchanged to a caller who reads server-sent events. */
final class StreamRelay extends FramedRelay<SseSplitter> {
  private static final byte[] DATA = ascii("data: ");
  private static final byte[] END_OF_EVENT = ascii("\r\n\r\n");

  private final StreamProgress progress;
  private boolean named;

  /**
   * @param wanted how many candidates the request asks for
   */
  StreamRelay(Destination destination, LongSupplier wanted) {
    super(new SseSplitter(), destination);
    this.progress = new StreamProgress(destination, wanted);
  }

  @Override
  protected void frame(byte[] data, int from, int to, Consumer<ChatEvent> events) {
    if (ServerSentEvents.isDone(data, from, to)) {
      omit(events);
      progress.done().ifPresent(last -> insert(event(last), events));
      truncated(events);
      return;
    }
    FrameScanner response = progress.scan(data, from, to);
    response.usage().ifPresent(this::sawUsage);
    if (response.carriesToken()) {
      sawToken();
    }
    if (!named && !response.model().isEmpty()) {
      named = true;
      emit(new ChatEvent.Started("", response.model(), 0), events);
    }
  }

  private static byte[] event(byte[] json) {
    return new JsonWriter(json.length + 16).raw(DATA).json(json).raw(END_OF_EVENT).bytes();
  }

  @Override
  protected boolean isFinished() {
    return progress.isFinished();
  }

  @Override
  protected boolean isEnded() {
    return progress.isEnded();
  }

  @Override
  protected void truncated(Consumer<ChatEvent> events) {
    progress.end(frames(), events);
    finish(events);
  }
}
