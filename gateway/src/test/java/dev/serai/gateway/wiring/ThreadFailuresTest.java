package dev.serai.gateway.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.background.BackgroundThread;
import dev.serai.core.background.BackgroundThreads;
import dev.serai.gateway.telemetry.metrics.Metrics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ThreadFailuresTest {
  private final AtomicLong skipped = new AtomicLong();

  @Test
  void theDeathOfAThreadIsInTheMetricsUntilItHasWorkedSteadilyAgain() throws Exception {
    BackgroundThreads threads = ThreadFailures.threads(() -> System.nanoTime() + skipped.get());
    CountDownLatch again = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    AtomicInteger runs = new AtomicInteger();
    BackgroundThread thread =
        threads.makeVital(
            "worker",
            self -> {
              if (runs.incrementAndGet() == 1) {
                throw new LinkageError("dead");
              }
              again.countDown();
              end.await();
            });
    try (Metrics metrics = new Metrics()) {
      ThreadFailures.meter(threads, metrics);
      assertThat(page(metrics)).contains(line("up", "1"), line("failures_total", "0"));
      thread.start();
      assertThat(again.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(page(metrics)).contains(line("up", "0"), line("failures_total", "1"));
      assertThat(threads.failing()).containsExactly("worker");

      skipped.addAndGet(Duration.ofSeconds(11).toNanos());
      assertThat(page(metrics)).contains(line("up", "1"), line("failures_total", "1"));
    } finally {
      thread.stop();
      end.countDown();
    }
  }

  private static String line(String meter, String value) {
    return "serai_thread_" + meter + "{thread=\"worker\"} " + value;
  }

  private static String page(Metrics metrics) {
    return new String(metrics.scrape(), StandardCharsets.UTF_8);
  }
}
