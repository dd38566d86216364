package dev.serai.config.routing;

import dev.serai.config.annotation.Required;
import dev.serai.config.annotation.ShortForm;
import dev.serai.core.net.DeadlineOverrides;
import dev.serai.core.routing.Strategy;
import java.util.List;
import java.util.Optional;

/**
 * A model name of the operator's own.
 *
 * @param targets the models that it stands for; several share the calls as the strategy says
 * @param fallbacks tried in this order when the targets fail
 * @param strategy how the targets are ordered for a call; if left out, as general.routing_strategy
 *     says
 * @param failover which failures lead to another candidate
 * @param deadlines deadlines of all its models, which replace their own and those of all providers
 */
public record AliasSettings(
    @Required @ShortForm List<TargetSettings> targets,
    List<TargetSettings> fallbacks,
    Optional<Strategy> strategy,
    FailoverSettings failover,
    DeadlineOverrides deadlines) {
  public AliasSettings {
    targets = List.copyOf(targets);
    fallbacks = List.copyOf(fallbacks);
  }

  /** Without targets, which must be added. */
  public static AliasSettings defaults() {
    return new AliasSettings(
        List.of(),
        List.of(),
        Optional.empty(),
        FailoverSettings.defaults(),
        DeadlineOverrides.defaults());
  }
}
