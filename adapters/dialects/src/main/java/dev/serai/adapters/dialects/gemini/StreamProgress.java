package dev.serai.adapters.dialects.gemini;

import dev.serai.adapters.dialects.problem.ProviderProblems;
import dev.serai.adapters.dialects.stream.Splitter;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.dialect.Destination;
import dev.serai.core.json.JsonWriter;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What the events of a stream have reported so far; each is a {@code GenerateContentResponse}. The
 * grammar has no last event: a finish reason, which older servers repeat in every event, and the
 * end of the body together end the stream. A body with a candidate that has no finish reason is
 * incomplete. Not thread-safe.
 */
final class StreamProgress {
  private final Destination destination;
  private final FrameScanner scanner = new FrameScanner();
  private final Map<Integer, FinishReason> finished = new TreeMap<>();
  private final LongSupplier wanted;
  private boolean responds;
  private boolean done;

  /**
   * @param wanted how many candidates the request asks for
   */
  StreamProgress(Destination destination, LongSupplier wanted) {
    this.destination = destination;
    this.wanted = wanted;
  }

  /**
   * The stream ended in order: a candidate without a finish reason has stopped.
   *
   * @return the response that says so, if the provider did not
   * @throws dev.serai.core.problem.ProviderProblem if there was neither
   */
  Optional<byte[]> done() {
    done = true;
    if (!finished.isEmpty()) {
      for (int at = next(0); at >= 0; at = next(at + 1)) {
        finished.putIfAbsent(at, FinishReasons.read(FinishReasons.STOP, scanner.calls(at)));
      }
      return Optional.empty();
    }
    if (!responds) {
      throw ProviderProblems.malformed(destination, "a response without candidates");
    }
    finished.put(0, FinishReasons.read(FinishReasons.STOP, scanner.calls(0)));
    JsonWriter out = new JsonWriter(128).beginObject().name("candidates").beginArray();
    out.beginObject().name("content").beginObject().name("parts").beginArray();
    ResponseParts.text(out, "", false);
    out.endArray().member("role", "model").endObject();
    out.member("finishReason", FinishReasons.STOP).member("index", 0).endObject().endArray();
    ResponseParts.head(out, "", scanner.model());
    return Optional.of(out.endObject().bytes());
  }

  /**
   * Scans the next event.
   *
   * @throws dev.serai.core.problem.ProviderProblem if it is an error
   */
  FrameScanner scan(byte[] data, int from, int to) {
    scanner.scan(data, from, to);
    if (scanner.isError()) {
      throw ErrorReader.of(data, from, to).problem(destination);
    }
    responds |= scanner.carriesToken();
    for (int i = 0; i < scanner.finishes(); i++) {
      int candidate = scanner.finishedCandidate(i);
      boolean calls = scanner.calls(candidate);
      finished.put(candidate, FinishReasons.read(scanner.finishReason(i), calls));
    }
    if (finished.isEmpty() && !scanner.blockReason().isEmpty()) {
      finished.put(0, FinishReasons.blocked(scanner.blockReason()));
    }
    return scanner;
  }

  /** Whether every candidate has finished that the request asks for, and any other there was. */
  boolean isFinished() {
    return isBlocked()
        || scanner.choices().isComplete(1) && scanner.choices().isComplete(wanted.getAsLong());
  }

  /** Whether no content can follow, if all candidates have finished. */
  boolean isEnded() {
    return isBlocked() || scanner.choices().isEnded();
  }

  /** Whether there are no candidates, since the prompt was blocked. */
  private boolean isBlocked() {
    return !finished.isEmpty() && next(0) < 0;
  }

  private int next(int from) {
    return scanner.choices().next(from);
  }

  /** Whether there was a candidate that has no finish reason, or has content behind it. */
  private boolean isCut() {
    return !done && !isBlocked() && !scanner.choices().isComplete(1);
  }

  /**
   * The body has ended: emits the finish reasons.
   *
   * @param rest the bytes that are not a complete event: some servers report a failure as bare JSON
   * @throws dev.serai.core.problem.ProviderProblem if a candidate has no finish reason
   */
  void end(Splitter rest, Consumer<ChatEvent> events) {
    if (finished.isEmpty() || isCut()) {
      ErrorReader error = ErrorReader.of(rest.buffer(), rest.start(), rest.limit());
      throw error.isPresent()
          ? error.problem(destination)
          : ProviderProblems.malformed(destination, "a stream that ended in the middle");
    }
    finished.forEach((candidate, why) -> events.accept(new ChatEvent.Finished(candidate, why)));
  }

  /** The refusal that other dialects receive for a blocked prompt. */
  static Optional<String> refusal(FrameScanner response) {
    return response.blockReason().isEmpty()
        ? Optional.empty()
        : Optional.of("The provider blocked the prompt: " + response.blockReason() + ".");
  }
}
