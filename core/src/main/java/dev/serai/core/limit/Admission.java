package dev.serai.core.limit;

import dev.serai.core.problem.GatewayProblem;

/**
 * What a limit decides about a piece of work. Immutable; a hold says of itself how it is settled.
 */
public sealed interface Admission {
  /**
   * The work may be done.
   *
   * @param hold what it takes from the limit; the receiver must settle or release it
   */
  record Admitted(Hold hold) implements Admission {}

  /**
   * The work must not be done.
   *
   * @param problem what the caller is shown
   */
  record Refused(GatewayProblem problem) implements Admission {}
}
