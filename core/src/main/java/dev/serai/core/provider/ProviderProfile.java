package dev.serai.core.provider;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A configured provider: an account at one vendor or server, which speaks one dialect.
 *
 * @param name the prefix of a model name: {@code name/model}
 * @param dialect the name of the dialect it speaks
 * @param baseUrl the address of its API; empty for a provider inside the process
 * @param keyName the name of its key in {@link Secrets}
 * @param quirks flags for its deviations from its dialect
 * @param models model names to list in addition to those of the catalogue
 * @param modelsUrl the address of its model list, if it is not below the base URL
 */
public record ProviderProfile(
    String name,
    String dialect,
    Optional<String> baseUrl,
    Optional<String> keyName,
    Set<String> quirks,
    List<String> models,
    Optional<String> modelsUrl) {
  public ProviderProfile {
    quirks = Set.copyOf(quirks);
    models = List.copyOf(models);
  }

  /** A provider whose models are listed at its base URL. */
  public ProviderProfile(
      String name,
      String dialect,
      Optional<String> baseUrl,
      Optional<String> keyName,
      Set<String> quirks,
      List<String> models) {
    this(name, dialect, baseUrl, keyName, quirks, models, Optional.empty());
  }
}
