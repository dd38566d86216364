package dev.serai.adapters.dialects.gemini;

import static dev.serai.core.json.JsonWriter.ascii;

import dev.serai.adapters.dialects.stream.FramedReader;
import dev.serai.adapters.dialects.stream.ServerSentEvents;
import dev.serai.adapters.dialects.stream.SseSplitter;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.Usage;
import dev.serai.core.dialect.Destination;
import dev.serai.core.problem.GatewayProblem;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Forwards a stream to a caller who reads one JSON array: the data of each event becomes an
 * element, unchanged. {@link StreamWriter} closes the array.
 */
final class StreamArrayRelay extends FramedReader<SseSplitter> {
  private static final byte[] FIRST = ascii("[");
  private static final byte[] NEXT = ascii("\n,\r\n");

  private final StreamProgress progress;
  private boolean inArray;
  private boolean named;
  private Optional<Usage> unreported = Optional.empty();

  /**
   * @param wanted how many candidates the request asks for
   */
  StreamArrayRelay(Destination destination, LongSupplier wanted) {
    super(new SseSplitter(), destination);
    this.progress = new StreamProgress(destination, wanted);
  }

  @Override
  protected void frame(byte[] data, int from, int to, Consumer<ChatEvent> events) {
    if (ServerSentEvents.isDone(data, from, to)) {
      progress
          .done()
          .ifPresent(
              last -> events.accept(new ChatEvent.Relayed(element(last, 0, last.length), true)));
      truncated(events);
      return;
    }
    FrameScanner response = progress.scan(data, from, to);
    unreported = response.usage().or(() -> unreported);
    events.accept(new ChatEvent.Relayed(element(data, from, to), response.carriesToken()));
    if (!named && !response.model().isEmpty()) {
      named = true;
      events.accept(new ChatEvent.Started("", response.model(), 0));
    }
  }

  private byte[] element(byte[] data, int from, int to) {
    byte[] before = inArray ? NEXT : FIRST;
    inArray = true;
    byte[] element = Arrays.copyOf(before, before.length + to - from);
    System.arraycopy(data, from, element, before.length, to - from);
    return element;
  }

  @Override
  protected void endPiece(Consumer<ChatEvent> events) {
    unreported.ifPresent(usage -> events.accept(new ChatEvent.UsageReported(usage)));
    unreported = Optional.empty();
  }

  @Override
  protected void fail(GatewayProblem problem, Consumer<ChatEvent> events) {
    endPiece(events);
    super.fail(problem, events);
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
