package dev.serai.adapters.dialects.ollama;

import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.stream.FramedRelay;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.dialect.Destination;
import dev.serai.core.problem.GatewayProblem;
import java.util.function.Consumer;

/**
 * Forwards the lines of a stream unchanged to a caller who speaks the same dialect. Every line is
 * read: for the count and the finish reason in the last one, and for an error.
 */
final class StreamRelay extends FramedRelay<LineSplitter> {
  private final FrameScanner chunk = new FrameScanner();

  StreamRelay(Destination destination) {
    super(new LineSplitter(), destination);
  }

  @Override
  protected void frame(byte[] data, int from, int to, Consumer<ChatEvent> events) {
    chunk.read(data, from, to);
    ErrorReader.check(chunk, destination());
    if (chunk.carriesToken()) {
      sawToken();
    }
    if (chunk.done()) {
      sawToken();
      // Every line has the model; it is needed once.
      emit(new ChatEvent.Started("", chunk.model(), 0), events);
      chunk.usage().ifPresent(usage -> emit(new ChatEvent.UsageReported(usage), events));
      emit(new ChatEvent.Finished(0, chunk.finish()), events);
      finish(events);
    }
  }

  @Override
  protected void truncated(Consumer<ChatEvent> events) {
    throw incomplete();
  }

  @Override
  protected GatewayProblem malformed(MalformedInput where) {
    return ErrorReader.malformedLine(destination(), isAtEnd());
  }
}
