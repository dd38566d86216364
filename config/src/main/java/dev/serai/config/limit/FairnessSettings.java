package dev.serai.config.limit;

import dev.serai.config.annotation.Range;
import dev.serai.core.fair.rules.FairRules;
import dev.serai.core.fair.rules.Qos;
import dev.serai.core.fair.rules.QueueRules;
import dev.serai.core.fair.rules.TenantShare;
import dev.serai.core.fair.rules.WindowRules;
import dev.serai.core.time.DurationFaults;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A fair queue in front of the providers, for attempts beyond what a provider's model can take.
 * Changes apply while Serai runs.
 *
 * @param enabled whether attempts wait for capacity; off, every attempt is sent at once
 * @param minWindow the lowest number of attempts that may run at once at a model of a provider
 * @param firstWindow how many may run at once before anything is known
 * @param maxWindow the most that may run at once; the same as the least for a fixed number
 * @param latencyPercent latency, in percent of its lowest, above which the window shrinks; 0 for
 *     any latency
 * @param maxWaiting the most attempts that wait, at all providers together
 * @param maxWaitingPerTenant the most attempts of one tenant that wait for one model of a provider
 * @param congestedPercent how full the queue is, in percent, when bronze calls are refused and the
 *     replies to others say so
 * @param maxWait how long an attempt waits at most
 * @param boostAfter a tenant or session that got nothing for this long goes first; 0s for never
 * @param tenants shares of tenants, by name
 * @param keys highest class of the calls of an API key, by its name; not above that of its tenant
 */
public record FairnessSettings(
    boolean enabled,
    @Range(min = 1, max = 100_000) int minWindow,
    @Range(min = 1, max = 100_000) int firstWindow,
    @Range(min = 1, max = 100_000) int maxWindow,
    @Range(min = 0, max = 10_000) int latencyPercent,
    @Range(min = 0, max = 1_000_000) int maxWaiting,
    @Range(min = 0, max = 1_000_000) int maxWaitingPerTenant,
    @Range(min = 1, max = 100) int congestedPercent,
    Duration maxWait,
    Duration boostAfter,
    Map<String, TenantFairness> tenants,
    Map<String, Qos> keys) {
  /**
   * @throws IllegalArgumentException if the wait is not above zero, or the windows are not in order
   */
  public FairnessSettings {
    new DurationFaults()
        .positive("maxWait", maxWait)
        .notNegative("boostAfter", boostAfter)
        .refuseIf(minWindow > firstWindow, "minWindow must not be above firstWindow")
        .refuseIf(firstWindow > maxWindow, "firstWindow must not be above maxWindow")
        .throwIfAny();
    tenants = Collections.unmodifiableMap(new LinkedHashMap<>(tenants));
    keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
  }

  /** Off. */
  public static FairnessSettings defaults() {
    return new FairnessSettings(
        false,
        1,
        20,
        1000,
        0,
        10_000,
        1000,
        80,
        Duration.ofSeconds(30),
        Duration.ofSeconds(5),
        Map.of(),
        Map.of());
  }

  /** The highest class that a call may have. */
  public Qos highest(String tenant, String key) {
    Qos most = tenants.getOrDefault(tenant, TenantFairness.defaults()).qos();
    return keys.getOrDefault(key, most).atMost(most);
  }

  /** The same for the scheduler. */
  public FairRules rules() {
    Map<String, TenantShare> shares = new HashMap<>();
    tenants.forEach((name, tenant) -> shares.put(name, tenant.share()));
    int highWater = (int) ((long) maxWaiting * congestedPercent / 100);
    return new FairRules(
        shares,
        TenantFairness.defaults().share(),
        new QueueRules(maxWaiting, maxWaitingPerTenant, highWater, boostAfter),
        new WindowRules(minWindow, firstWindow, maxWindow, latencyPercent / 100.0));
  }
}
