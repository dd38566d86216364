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
   * What a caller's feedback has changed.
   *
   * @param before the mean of all scores of the call before; empty if it had none
   * @param after the mean of all its scores now; empty if it has none
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
