package dev.serai.processors.admission;

import dev.serai.config.limit.LimitSettings;
import dev.serai.config.limit.RateSettings;
import dev.serai.core.caller.AllowList;
import dev.serai.core.caller.Caller;
import dev.serai.core.caller.Identity;
import dev.serai.core.chat.Usage;
import dev.serai.core.limit.Admission;
import dev.serai.core.rate.LocalRates;
import dev.serai.core.request.ModelRequest;
import dev.serai.core.time.Ticker;
import dev.serai.processors.support.CallFixtures;
import java.lang.management.ManagementFactory;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Measures what limits cost a call: admission and settling with six windows of one key and of
 * 10,000, and without limits. A program, not a test.
 */
public final class CostOfLimits {
  private static final int KEYS = 10_000;
  private static final int ROUND = 200_000;
  private static final int ROUNDS = 15;
  private static final int MUCH = 1_000_000_000;
  private static final Usage USED = Usage.of(20, 30);

  private CostOfLimits() {}

  public static void main(String[] arguments) {
    RateSettings none = RateSettings.defaults();
    RateSettings key = new RateSettings(MUCH, 0, MUCH, 0, MUCH, 0, 0, 0, 1000);
    RateSettings tenant = new RateSettings(0, 0, MUCH, 0, MUCH, 0, 0, 0, 0);
    RateLimit six = limit(key, Map.of("acme", tenant));
    RateLimit unlimited = limit(none, Map.of());
    for (int round = 0; round < ROUNDS; round++) {
      System.out.printf(
          "one call: six windows of one key %.0f ns, of %d keys %.0f ns, no limits %.0f ns%n",
          cost(six, 1), KEYS, cost(six, KEYS), cost(unlimited, KEYS));
    }
  }

  private static RateLimit limit(RateSettings keys, Map<String, RateSettings> tenants) {
    LimitSettings settings =
        new LimitSettings(
            keys, RateSettings.defaults(), tenants, Map.of(), Map.of(), Map.of(), Map.of());
    InstantSource clock = InstantSource.system();
    return new RateLimit(settings, new LocalRates(Ticker.SYSTEM, clock), clock, _ -> {});
  }

  private static double cost(RateLimit limit, int keys) {
    Caller[] callers = new Caller[keys];
    for (int i = 0; i < keys; i++) {
      callers[i] =
          Caller.of(
              new Identity(
                  "acme", "", "", "key-" + i, Set.of(), AllowList.ALL, AllowList.ALL, Set.of()));
    }
    ModelRequest request = new CallFixtures.Request("m");
    long start = cpuNanos();
    for (int i = 0; i < ROUND; i++) {
      if (!(limit.admit(callers[i % keys], request) instanceof Admission.Admitted admitted)) {
        throw new IllegalStateException("refused");
      }
      admitted.hold().recordUsage(USED);
      admitted.hold().settle(Optional.empty());
    }
    return (cpuNanos() - start) / (double) ROUND;
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
