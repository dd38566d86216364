package dev.serai.core.fair;

import java.time.Duration;

/**
 * Receives the outcome for an attempt that had to wait. One of the two methods is called once, on
 * any thread, also while {@link FairScheduler#acquire} runs; neither is called once the attempt has
 * ended. Must not block and must not throw.
 */
public interface GrantListener {
  /** Why an attempt may not wait. */
  enum Refusal {
    /** As many attempts wait as may wait at all. */
    FULL,
    /** As many attempts of the tenant wait for the model as may wait. */
    TENANT_FULL,
    /** The queue is congested, and the call is bronze. */
    CONGESTED,
    /** It has waited until its deadline. */
    EXPIRED
  }

  /**
   * The attempt may be sent.
   *
   * @param congested whether so many others wait that callers should slow down
   */
  void granted(boolean congested);

  /**
   * The attempt may not be sent. Its ticket has ended.
   *
   * @param retryAfter when there may be room
   */
  void refused(Refusal why, Duration retryAfter);
}
