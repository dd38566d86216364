package dev.serai.core.fair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.fair.rules.Qos;
import dev.serai.core.fair.rules.TenantShare;
import dev.serai.core.fair.rules.WindowRules;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What tenants get of a busy provider, simulated. */
class FairnessTest {
  private static WindowRules fixed(int size) {
    return new WindowRules(size, size, size, 0);
  }

  @Test
  void aHundredTenantsWithSkewedLoadGetTheSame() {
    Simulation simulation = new Simulation(Simulation.rules(fixed(200)), 200);
    for (int i = 0; i < 100; i++) {
      simulation.calls("tenant-" + i, 3 + i); // each wants more than its 2 calls a second
    }
    simulation.run(60);
    List<Integer> served =
        IntStream.range(0, 100).mapToObj(i -> simulation.of("tenant-" + i).served).toList();
    double sum = served.stream().mapToDouble(n -> n).sum();
    double squares = served.stream().mapToDouble(n -> (double) n * n).sum();
    assertThat(sum * sum / (100 * squares)).as("Jain's index").isGreaterThanOrEqualTo(0.99);
    assertThat(sum).as("the provider is busy").isGreaterThan(0.95 * 200 * 60);
    assertThat(simulation.scheduler().jainsIndex()).isGreaterThanOrEqualTo(0.99);
  }

  @Test
  void aGreedyTenantDoesNotSlowTheOthersDown() {
    long before = p99OfOthers(1);
    long beside = p99OfOthers(100);
    assertThat((double) beside / before).as("p99 beside a greedy tenant").isLessThan(1.2);
  }

  private static long p99OfOthers(int times) {
    Simulation simulation = new Simulation(Simulation.rules(fixed(50)), 50);
    for (int i = 0; i < 9; i++) {
      simulation.calls("modest-" + i, 3);
    }
    simulation.calls("greedy", 3 * times);
    simulation.run(120);
    return IntStream.range(0, 9)
        .mapToLong(i -> simulation.of("modest-" + i).percentile(0.99))
        .max()
        .orElseThrow();
  }

  @Test
  void tenantsGetSharesByTheirWeightAndClass() {
    Map<String, TenantShare> shares =
        Map.of(
            "gold", new TenantShare(1, Qos.GOLD),
            "silver", new TenantShare(1, Qos.SILVER),
            "bronze", new TenantShare(1, Qos.BRONZE),
            "heavy", new TenantShare(9, Qos.BRONZE));
    Simulation simulation = new Simulation(Simulation.rules(fixed(36), shares), 36);
    shares.keySet().forEach(tenant -> simulation.calls(tenant, 50));
    simulation.run(120);
    double unit = simulation.of("bronze").served;
    assertThat(simulation.of("gold").served / unit).isBetween(4.6, 5.4);
    assertThat(simulation.of("silver").served / unit).isBetween(2.8, 3.2);
    assertThat(simulation.of("heavy").served / unit).isBetween(8.4, 9.6);
  }
}
