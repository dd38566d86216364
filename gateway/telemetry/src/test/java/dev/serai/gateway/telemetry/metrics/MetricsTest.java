package dev.serai.gateway.telemetry.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private static final class Kept extends Handler {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void publish(LogRecord record) {
      lines.add(record.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void theFirstScrapeWarnsOfNothingAndLacksWhatIsFilteredOut() {
    Kept kept = new Kept();
    Logger micrometer = Logger.getLogger("io.micrometer");
    micrometer.addHandler(kept);
    try (Metrics metrics = new Metrics()) {
      metrics.gauge("serai.test", "A meter before the first scrape", Map.of(), () -> 1);
      String page = new String(metrics.scrape(), StandardCharsets.UTF_8);
      assertThat(page)
          .contains("serai_test", "jvm_info", "\njvm_threads_daemon ", "\njvm_threads_peak ")
          .contains("\njvm_threads_daemon_threads ")
          .doesNotContain("system_cpu_count");
    } finally {
      micrometer.removeHandler(kept);
    }
    assertThat(kept.lines).isEmpty();
  }
}
