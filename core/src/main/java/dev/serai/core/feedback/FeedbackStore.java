package dev.serai.core.feedback;

import dev.serai.core.keys.KeyQuery;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.CapacityProblem;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Stores feedback. Every method blocks, and throws {@link CapacityProblem} if the database is
 * unavailable. Thread-safe.
 */
public interface FeedbackStore {
  /**
   * What feedback has changed of the quality of a call: the mean of the scores that callers gave
   * it, or else that of a judge, or 1, less what the gateway has observed.
   *
   * @param before the quality before; empty if nothing was known of it
   * @param after the quality now; empty if nothing is known of it
   */
  record Change(OptionalDouble before, OptionalDouble after) {
    /**
     * What it changes of the quality of the call, which is 1 until there is a score: between -1 and
     * 1.
     */
    public double quality() {
      return after.orElse(1) - before.orElse(1);
    }
  }

  /**
   * Feedback with the number under which it is stored.
   *
   * @param number the higher, the newer
   */
  record Entry(long number, Feedback feedback) {}

  /**
   * Stores feedback. It replaces what the same key has said of the same metric, or as the score, of
   * the same call.
   *
   * @throws CallerProblem 409 if there is too much feedback on the call
   */
  Change put(Feedback given);

  /**
   * Feedback, the newest first.
   *
   * @param query its {@code after} is the number of the last entry of the page before
   */
  List<Entry> list(KeyQuery query);
}
