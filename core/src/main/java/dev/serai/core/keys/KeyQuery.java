package dev.serai.core.keys;

import dev.serai.core.problem.CallerProblem;
import java.util.Optional;

/**
 * Which keys to list, the newest first.
 *
 * @param tenant only its keys; empty for all
 * @param after the id of the key that the page before ended with
 */
public record KeyQuery(Optional<String> tenant, Optional<String> after, int limit) {
  /** The problem of a query whose {@code after} is not in the list. */
  public static CallerProblem unknownAfter() {
    return CallerProblem.invalid("after", "'after' must be the 'id' of an entry of the list.");
  }
}
