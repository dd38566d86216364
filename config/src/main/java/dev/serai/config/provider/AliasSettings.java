package dev.serai.config.provider;

import dev.serai.config.annotation.Required;
import dev.serai.config.annotation.ShortForm;
import dev.serai.core.net.DeadlineOverrides;
import java.util.List;

/**
 * A model name of the operator's own.
 *
 * @param targets the models that it stands for; several share the calls by weight
 * @param fallbacks tried in this order when the targets fail
 * @param deadlines deadlines of all its models, which replace their own and those of all providers
 */
public record AliasSettings(
    @Required @ShortForm List<TargetSettings> targets,
    List<TargetSettings> fallbacks,
    DeadlineOverrides deadlines) {
  public AliasSettings {
    targets = List.copyOf(targets);
    fallbacks = List.copyOf(fallbacks);
  }

  /** Without targets, which must be added. */
  public static AliasSettings defaults() {
    return new AliasSettings(List.of(), List.of(), DeadlineOverrides.defaults());
  }
}
