package dev.serai.adapters.dialects.gemini;

import dev.serai.adapters.dialects.problem.ProviderProblems;
import dev.serai.adapters.dialects.stream.Splitter;
import dev.serai.adapters.dialects.stream.StreamedChoices;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.dialect.Destination;
import dev.serai.core.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
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
    if (finished.isEmpty() && !responds) {
      throw ProviderProblems.malformed(destination, "a response without candidates");
    }
    List<Integer> open = unfinished();
    if (open.isEmpty()) {
      return Optional.empty();
    }
    JsonWriter out = new JsonWriter(128).beginObject().name("candidates").beginArray();
    for (int candidate : open) {
      finished.put(candidate, FinishReasons.read(FinishReasons.STOP, scanner.calls(candidate)));
      out.beginObject().name("content").beginObject().name("parts").beginArray();
      ResponseParts.text(out, "", false);
      out.endArray().member("role", "model").endObject();
      out.member("finishReason", FinishReasons.STOP).member("index", candidate).endObject();
    }
    out.endArray();
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
    if (!scanner.blockReason().isEmpty()) {
      FinishReason blocked = FinishReasons.blocked(scanner.blockReason());
      unfinished().forEach(candidate -> finished.put(candidate, blocked));
      if (finished.isEmpty()) {
        finished.put(0, blocked);
      }
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
    return !finished.isEmpty() && scanner.choices().next(0) < 0;
  }

  /** The candidates that there have been and that have no finish reason. */
  private List<Integer> unfinished() {
    List<Integer> open = new ArrayList<>(0);
    StreamedChoices choices = scanner.choices();
    for (int at = choices.next(0); at >= 0; at = choices.next(at + 1)) {
      if (!finished.containsKey(at)) {
        open.add(at);
      }
    }
    return open;
  }

  /**
   * The body has ended: emits the finish reasons.
   *
   * @param rest the bytes that are not a complete event: some servers report a failure as bare JSON
   * @throws dev.serai.core.problem.ProviderProblem if a candidate has no finish reason
   */
  void end(Splitter rest, Consumer<ChatEvent> events) {
    if (finished.isEmpty() || !unfinished().isEmpty()) {
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
