package dev.serai.processors.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.provider.ProviderStatus.Latency;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  private final Latencies latencies = new Latencies();

  private void record(int count, Duration each) {
    for (int i = 0; i < count; i++) {
      latencies.record(each.toNanos());
    }
  }

  private Latency now() {
    return latencies.latency().orElseThrow();
  }

  @Test
  void withoutAResponseThereIsNoLatency() {
    assertThat(latencies.latency()).isEmpty();
  }

  @Test
  void percentilesAreRightToATenth() {
    record(90, Duration.ofMillis(100));
    record(10, Duration.ofMillis(2000));
    assertThat(now().p50()).isBetween(100L, 110L);
    assertThat(now().p95()).isBetween(2000L, 2200L);
  }

  @Test
  void oldResponsesAreForgotten() {
    record(1000, Duration.ofMillis(10));
    record(3000, Duration.ofMillis(1000));
    assertThat(now().p50()).isGreaterThanOrEqualTo(1000);
  }

  @Test
  void valuesOutOfRangeAreClamped() {
    latencies.record(0);
    latencies.record(-5);
    assertThat(now().p50()).isEqualTo(1);
    record(100, Duration.ofDays(10_000));
    assertThat(now().p95()).isPositive();
  }
}
