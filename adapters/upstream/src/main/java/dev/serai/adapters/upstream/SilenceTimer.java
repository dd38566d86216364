package dev.serai.adapters.upstream;

import dev.serai.core.http.ProviderRequest;
import dev.serai.core.time.Ticker;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Watches how long the other side of a WebSocket connection sends nothing. After half of the idle
 * time it asks for a ping, after all of it the connection is lost. Confined to one event loop.
 */
final class SilenceTimer {
  private final Ticker ticker;
  private final long idle;
  private long heardAt;
  private boolean pinged;

  /**
   * @param idle time limit from one frame to the next, answers to pings included
   */
  SilenceTimer(Ticker ticker, Duration idle) {
    this.ticker = ticker;
    this.idle = idle.toNanos();
    this.heardAt = ticker.nanos();
  }

  /** One with the idle time of a request. */
  static SilenceTimer of(Upstream upstream, ProviderRequest request) {
    Duration idle = request.deadlines().applyTo(upstream.settings().deadlines()).idle();
    return new SilenceTimer(upstream.ticker(), idle);
  }

  Ticker ticker() {
    return ticker;
  }

  /** The other side sent something, or was not read. */
  void heard() {
    heardAt = ticker.nanos();
    pinged = false;
  }

  /**
   * Begins to watch.
   *
   * @param counts false once the connection has ended: the watch ends too
   */
  void watch(EventLoop loop, BooleanSupplier counts, Runnable ping, Runnable lost) {
    if (!counts.getAsBoolean()) {
      return;
    }
    long silent = ticker.nanos() - heardAt;
    if (silent >= idle) {
      lost.run();
      return;
    }
    if (silent >= idle / 2 && !pinged) {
      pinged = true;
      ping.run();
    }
    long next = (pinged ? idle : idle / 2) - silent;
    loop.schedule(() -> watch(loop, counts, ping, lost), Math.max(next, 1), TimeUnit.NANOSECONDS);
  }
}
