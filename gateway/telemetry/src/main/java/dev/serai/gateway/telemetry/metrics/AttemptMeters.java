package dev.serai.gateway.telemetry.metrics;

import dev.serai.core.call.Attempt;

/** The meters that one version of the GenAI conventions has for an attempt. Thread-safe. */
interface AttemptMeters {
  /**
   * An attempt has ended.
   *
   * @param errorType what kind of failure it was; empty if it was none
   */
  void ended(Attempt attempt, boolean streamed, String errorType);

  /** From the start of an attempt to its end, in nanoseconds. */
  static long nanosOf(Attempt attempt) {
    return Math.max(0, attempt.endNanos() - attempt.startNanos());
  }
}
