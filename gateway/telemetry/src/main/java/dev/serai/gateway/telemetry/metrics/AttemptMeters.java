package dev.serai.gateway.telemetry.metrics;

import dev.serai.core.call.Attempt;

/** Records attempts in the meters of one version of the GenAI conventions. Thread-safe. */
interface AttemptMeters {
  /**
   * Records an attempt that has ended.
   *
   * @param errorType the kind of failure; empty for an attempt that succeeded
   */
  void ended(Attempt attempt, boolean streamed, String errorType);

  /** From when an attempt could be sent to its end, in nanoseconds. */
  static long nanosOf(Attempt attempt) {
    return Math.max(0, attempt.endNanos() - attempt.readyNanos());
  }
}
