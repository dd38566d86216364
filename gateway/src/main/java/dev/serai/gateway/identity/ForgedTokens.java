package dev.serai.gateway.identity;

import dev.serai.core.time.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits the time that the event loops spend on forged signatures: verifying one takes up to a
 * millisecond, and sending one costs nothing. At most {@value #MAX_AT_ONCE} at once and {@value
 * #MAX_PER_SECOND} a second are verified; a few more if event loops verify at the same time.
 * Thread-safe; never blocks.
 */
final class ForgedTokens {
  static final int MAX_AT_ONCE = 200;
  static final int MAX_PER_SECOND = 50;

  private static final long EACH = Duration.ofSeconds(1).toNanos() / MAX_PER_SECOND;

  private final Ticker ticker;

  /** The time at which all that were noted are paid for. */
  private final AtomicLong paidAt;

  ForgedTokens(Ticker ticker) {
    this.ticker = ticker;
    this.paidAt = new AtomicLong(ticker.nanos());
  }

  boolean areTooMany() {
    return paidAt.get() - ticker.nanos() >= MAX_AT_ONCE * EACH;
  }

  /** One more was verified. */
  void note() {
    long now = ticker.nanos();
    paidAt.updateAndGet(before -> Math.max(before - now, 0) + now + EACH);
  }
}
