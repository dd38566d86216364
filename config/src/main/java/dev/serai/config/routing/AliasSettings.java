package dev.serai.config.routing;

import dev.serai.config.annotation.Range;
import dev.serai.config.annotation.Required;
import dev.serai.config.annotation.Secret;
import dev.serai.config.annotation.ShortForm;
import dev.serai.config.routing.fanout.FanOutSettings;
import dev.serai.core.http.HeaderRules;
import dev.serai.core.net.DeadlineOverrides;
import dev.serai.core.routing.Strategy;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model name of the operator's own.
 *
 * @param targets the models that it stands for; several share the calls as the strategy says
 * @param fallbacks tried in this order when the targets fail
 * @param strategy how the targets are ordered for a call; if left out, as general.routing_strategy
 *     says
 * @param failover which failures lead to another candidate
 * @param maxAttempts how many attempts of one call may reach a provider, instead of
 *     retry.max_attempts
 * @param headers header fields to add to every request of its calls, to each of its providers;
 *     their values are secrets
 * @param parameters for chat requests that do not set them
 * @param deadlines deadlines of all its models, which replace their own and those of all providers
 * @param hedging when a second model is asked beside the first one
 * @param fanOut whether several models are asked at once
 */
public record AliasSettings(
    @Required @ShortForm List<TargetSettings> targets,
    List<TargetSettings> fallbacks,
    Optional<Strategy> strategy,
    FailoverSettings failover,
    @Range(min = 1, max = 10) Optional<Integer> maxAttempts,
    Map<String, Secret> headers,
    ParameterSettings parameters,
    DeadlineOverrides deadlines,
    AliasHedgingSettings hedging,
    FanOutSettings fanOut) {

  /**
   * @throws IllegalArgumentException if a header field is malformed or not the alias' to set
   */
  public AliasSettings {
    targets = List.copyOf(targets);
    fallbacks = List.copyOf(fallbacks);
    headers = Map.copyOf(headers);
    headers.forEach(
        (name, value) ->
            HeaderRules.requireNoKey(
                name, value.reveal(), "which every provider of the alias would receive"));
  }

  /** Without targets, which must be added. */
  public static AliasSettings defaults() {
    return new AliasSettings(
        List.of(),
        List.of(),
        Optional.empty(),
        FailoverSettings.defaults(),
        Optional.empty(),
        Map.of(),
        ParameterSettings.defaults(),
        DeadlineOverrides.defaults(),
        AliasHedgingSettings.defaults(),
        FanOutSettings.defaults());
  }
}
