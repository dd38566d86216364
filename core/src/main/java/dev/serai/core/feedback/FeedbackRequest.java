package dev.serai.core.feedback;

import dev.serai.core.problem.CallerProblem;
import java.util.Optional;

/**
 * What a request that gives feedback says. Immutable.
 *
 * @param requestId the ID of the call, or the one that its client gave the request
 * @param metric the name of what was measured; empty if the value is a score
 * @param value of the score or of the metric
 * @param comment empty if there is none
 */
public record FeedbackRequest(
    String requestId, Optional<String> metric, double value, String comment) {
  /** Reads the JSON of a request. */
  @FunctionalInterface
  public interface Reader {
    /**
     * Reads a request.
     *
     * @throws CallerProblem 400 if it has other members, or a value that cannot be used
     */
    FeedbackRequest read(byte[] json);
  }
}
