package dev.serai.core.call;

import java.time.Duration;
import java.util.Optional;

/**
 * The time and the attempts that a client grants its call. They only lower what the settings allow.
 * Immutable.
 *
 * @param timeout from the start of the call to the end of its response
 * @param maxAttempts attempts that reach a provider
 */
public record CallBounds(Optional<Duration> timeout, int maxAttempts) {
  /** The call has what the settings allow. */
  public static final CallBounds NONE = new CallBounds(Optional.empty(), Integer.MAX_VALUE);

  /** The same, and no more time than this. */
  public CallBounds within(Optional<Duration> limit) {
    return limit.isEmpty() || timeout.isPresent() && timeout.get().compareTo(limit.get()) <= 0
        ? this
        : new CallBounds(limit, maxAttempts);
  }

  /** Whether the time is over, so that no attempt may begin. */
  public boolean isOver(long elapsedNanos) {
    return timeout.isPresent() && elapsedNanos >= timeout.get().toNanos();
  }

  /** The time that is left, at least a millisecond; empty if there is no timeout. */
  public Optional<Duration> left(long elapsedNanos) {
    return timeout.map(
        whole -> Duration.ofNanos(Math.max(1_000_000, whole.toNanos() - elapsedNanos)));
  }
}
