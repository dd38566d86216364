package dev.serai.config.catalogue;

import dev.serai.config.provider.ModelSettings;
import dev.serai.config.provider.ProviderSettings;
import dev.serai.core.routing.Candidate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The regions of the settings: that of a model, else that of its provider. Immutable. */
final class ModelRegions {
  private final Map<String, String> providers = new HashMap<>();
  private final Map<Candidate, String> models = new HashMap<>();

  /**
   * @param settings of the providers, by name
   */
  ModelRegions(Map<String, ProviderSettings> settings) {
    settings.forEach(
        (name, provider) -> {
          provider.region().ifPresent(region -> providers.put(name, region));
          for (ModelSettings model : provider.models()) {
            model
                .region()
                .ifPresent(region -> models.put(new Candidate(name, model.name()), region));
          }
        });
  }

  Optional<String> of(Candidate candidate) {
    return Optional.ofNullable(models.get(candidate))
        .or(() -> Optional.ofNullable(providers.get(candidate.provider())));
  }
}
