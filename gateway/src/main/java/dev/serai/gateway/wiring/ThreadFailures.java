package dev.serai.gateway.wiring;

import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.time.Ticker;
import dev.serai.gateway.telemetry.metrics.Metrics;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports the failures of background threads in the log and in metrics. */
final class ThreadFailures {
  private static final Logger LOG = LoggerFactory.getLogger(ThreadFailures.class);

  /** What the gauge of a thread says. */
  static final String UP =
      "Whether a background thread works: 0 from a failure until it has worked for 10 s";

  private ThreadFailures() {}

  /** Makes threads whose failures are logged. */
  static BackgroundThreads threads(Ticker ticker) {
    return new BackgroundThreads(ticker, ThreadFailures::log);
  }

  private static void log(String thread, Throwable why, Duration pause) {
    LOG.error(
        "the background thread {} has failed and starts again in {} ms",
        thread,
        pause.toMillis(),
        why);
  }

  /** Adds the meters of every thread. */
  static void meter(BackgroundThreads threads, Metrics metrics) {
    threads.observe(
        thread -> {
          Map<String, String> tags = Map.of("thread", thread.name());
          metrics.gauge("serai.thread.up", UP, tags, () -> thread.failing().isEmpty() ? 1 : 0);
          metrics.counter(
              "serai.thread.failures",
              "Failures of a background thread, each followed by a restart",
              tags,
              thread::failures);
        });
  }
}
