package dev.serai.config.routing;

import dev.serai.config.experiment.ChallengerSettings;
import dev.serai.config.feedback.FeedbackSettings;
import dev.serai.core.routing.Strategy;
import dev.serai.core.time.DurationFaults;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How the model of a call is chosen, beyond {@code general.routing_strategy} and the strategies of
 * aliases. Changes apply while Serai runs.
 *
 * @param cacheAffinity how long after a call of a conversation the next one goes to the same model,
 *     because its provider has the prompt in its cache; 0s for no affinity
 * @param bandit the strategy bandit
 * @param failover which failures lead to another candidate
 * @param hedging when a second candidate is asked beside the first one
 * @param challengers of experiments
 * @param feedback what bandits learn of calls besides what callers say
 * @param checkWholeResponses whether the response to a call with a quality target is checked as a
 *     whole before any of it is sent, while another model may follow; otherwise only that of a
 *     model whose predicted quality is below the target
 * @param ask the API {@code /v1/ask}
 * @param tenants strategies of tenants, by name, which come before those of aliases
 */
public record RoutingSettings(
    Duration cacheAffinity,
    BanditSettings bandit,
    FailoverSettings failover,
    HedgingSettings hedging,
    ChallengerSettings challengers,
    FeedbackSettings feedback,
    boolean checkWholeResponses,
    AskSettings ask,
    Map<String, TenantRoutingSettings> tenants) {
  private static final Duration DEFAULT_AFFINITY = Duration.ofMinutes(5);
  private static final Duration MAX = Duration.ofDays(1);

  /**
   * @throws IllegalArgumentException if the time is negative or above a day
   */
  public RoutingSettings {
    new DurationFaults().within("cacheAffinity", cacheAffinity, Duration.ZERO, MAX).throwIfAny();
    tenants = Collections.unmodifiableMap(new LinkedHashMap<>(tenants));
  }

  /** Five minutes, as long as most providers keep a prompt; no tenant has a strategy of its own. */
  public static RoutingSettings defaults() {
    return new RoutingSettings(
        DEFAULT_AFFINITY,
        BanditSettings.defaults(),
        FailoverSettings.defaults(),
        HedgingSettings.defaults(),
        ChallengerSettings.defaults(),
        FeedbackSettings.defaults(),
        false,
        AskSettings.defaults(),
        Map.of());
  }

  /** The strategy of a tenant; empty if it has none. */
  public Optional<Strategy> strategy(String tenant) {
    TenantRoutingSettings found = tenants.get(tenant);
    return found == null ? Optional.empty() : found.strategy();
  }
}
