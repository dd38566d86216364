package dev.serai.core.time;

import java.time.Duration;

/**
 * Waits in whole seconds, as {@code Retry-After} has them (RFC 9110, section 10.2.3). Stateless.
 */
public final class WholeSeconds {
  private WholeSeconds() {}

  /** The seconds after which a wait is over: rounded up, by the millisecond. */
  public static long of(Duration wait) {
    return Math.ceilDiv(wait.toMillis(), 1000L);
  }
}
