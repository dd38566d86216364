package dev.serai.gateway.edge.caller;

import dev.serai.core.problem.AuthenticationProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.PermissionProblem;
import dev.serai.core.secret.KeyForms;
import dev.serai.core.time.Ticker;
import dev.serai.gateway.edge.request.RequestHead;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs requests whose credential is refused: with the path, without the query, and with the name of
 * the key if it is known, never with a key. At most {@value #MAX_LINES} lines a second; how many
 * others there were is in a line of a later second. Never blocks. Thread-safe.
 */
final class RefusedCallers {
  static final int MAX_LINES = 10;

  private static final Logger LOG = LoggerFactory.getLogger(RefusedCallers.class);
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final int MAX_PATH = 200;

  private final Ticker ticker;
  private final AtomicLong began;
  private final AtomicLong refused = new AtomicLong();

  RefusedCallers(Ticker ticker) {
    this.ticker = ticker;
    this.began = new AtomicLong(ticker.nanos());
  }

  /** Logs a refusal if it is one of a credential. */
  void log(RequestHead head, GatewayProblem problem) {
    if (!(problem instanceof AuthenticationProblem || problem instanceof PermissionProblem)) {
      return;
    }
    beginSecond();
    if (refused.incrementAndGet() <= MAX_LINES) {
      LOG.warn(
          "request {} to {} is refused with {} ({}): {}",
          head.id(),
          shown(head.path()),
          problem.status(),
          problem.code(),
          problem.message());
    }
  }

  private static String shown(String path) {
    return KeyForms.redactedPath(path.substring(0, Math.min(MAX_PATH, path.length())));
  }

  private void beginSecond() {
    long now = ticker.nanos();
    long last = began.get();
    if (now - last >= SECOND && began.compareAndSet(last, now)) {
      long others = refused.getAndSet(0) - MAX_LINES;
      if (others > 0) {
        LOG.warn("{} more requests without a good API key were refused", others);
      }
    }
  }
}
