package dev.serai.adapters.dialects.gemini;

import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.SseSplitter;
import dev.serai.adapters.dialects.translation.ProviderProblems;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.StreamReader;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A streamed answer: every event is a {@code GenerateContentResponse}. The grammar has no last
 * word: a finish reason, which older servers repeat on every event, and the end of the body
 * together are the end. A body that ends without one has broken off. Not thread-safe.
 */
abstract class AnswerStream implements StreamReader {
  private final Destination destination;
  private final SseSplitter sse = new SseSplitter();
  private final ResponseScanner walk = new ResponseScanner();
  private final Map<Integer, FinishReason> finished = new TreeMap<>();
  private boolean over;

  AnswerStream(Destination destination) {
    this.destination = destination;
  }

  @Override
  public final void read(byte[] piece, Consumer<ChatEvent> sink) {
    if (!over) {
      sse.take(piece);
      blocks(sink);
    }
  }

  @Override
  public final void end(Consumer<ChatEvent> sink) {
    if (over) {
      return;
    }
    sse.finish();
    blocks(sink);
    if (over) {
      return;
    }
    if (finished.isEmpty()) {
      // A failure in the midst may come as bare JSON that is no event.
      ErrorReader bare = ErrorReader.of(sse.buffer(), sse.start(), sse.limit());
      close(
          sink,
          new ChatEvent.Failed(
              bare.isTold()
                  ? bare.problem(destination)
                  : ProviderProblems.garbled(destination, "a stream that ended in the middle")));
      return;
    }
    finished.forEach((candidate, why) -> sink.accept(new ChatEvent.Finished(candidate, why)));
    close(sink, new ChatEvent.Ended());
  }

  private void close(Consumer<ChatEvent> sink, ChatEvent last) {
    over = true;
    sink.accept(last);
  }

  private void blocks(Consumer<ChatEvent> sink) {
    begun(sse);
    try {
      while (!over && sse.next()) {
        if (sse.hasData()) {
          take(sink);
        }
      }
    } catch (MalformedInput e) {
      looked(sse, sse.start(), sink);
      close(
          sink,
          new ChatEvent.Failed(
              ProviderProblems.garbled(destination, "an event that cannot be read")));
      return;
    }
    if (!over) {
      looked(sse, sse.start(), sink);
    }
  }

  private void take(Consumer<ChatEvent> sink) {
    byte[] data = sse.data();
    int from = sse.dataStart();
    int to = sse.dataEnd();
    walk.over(data, from, to);
    if (walk.isError()) {
      looked(sse, sse.start(), sink);
      close(sink, new ChatEvent.Failed(ErrorReader.of(data, from, to).problem(destination)));
      return;
    }
    event(sse, walk, sink);
    for (int i = 0; i < walk.finishes(); i++) {
      int candidate = walk.finishedCandidate(i);
      boolean calls = walk.calls(candidate);
      finished.put(candidate, FinishReasons.read(walk.finishReason(i), calls));
    }
    if (finished.isEmpty() && !walk.blockReason().isEmpty()) {
      finished.put(0, FinishReasons.blocked(walk.blockReason()));
    }
  }

  /** Some bytes have arrived; no event of them has been looked at. */
  void begun(SseSplitter split) {}

  /** Tells what an event says, all but its finish reasons. */
  abstract void event(SseSplitter split, ResponseScanner said, Consumer<ChatEvent> sink);

  /** All events up to that byte have been looked at. */
  void looked(SseSplitter split, int to, Consumer<ChatEvent> sink) {}

  /** Whom the attempt is for. */
  final Destination target() {
    return destination;
  }

  /** What a blocked prompt is answered with in other dialects. */
  static Optional<String> refusal(ResponseScanner walk) {
    return walk.blockReason().isEmpty()
        ? Optional.empty()
        : Optional.of("The provider blocked the prompt: " + walk.blockReason() + ".");
  }
}
