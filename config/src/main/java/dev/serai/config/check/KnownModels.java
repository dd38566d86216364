package dev.serai.config.check;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The models that are known, by their names without a provider. Thread-safe. */
public interface KnownModels {
  /** Nothing is known of models, so that any name may be one. */
  KnownModels ANY =
      new KnownModels() {
        @Override
        public Optional<Set<String>> providersOf(String model) {
          return Optional.of(Set.of());
        }

        @Override
        public Collection<String> modelsOf(String provider) {
          return List.of();
        }
      };

  /**
   * The names of the providers that have a model, enabled or not.
   *
   * @return empty if no model has the name; without a provider if that cannot be known
   */
  Optional<Set<String>> providersOf(String model);

  /** The known models of a provider. */
  Collection<String> modelsOf(String provider);
}
