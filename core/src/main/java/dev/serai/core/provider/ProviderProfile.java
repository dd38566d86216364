package dev.serai.core.provider;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A provider as it is configured: an account somewhere that speaks one dialect.
 *
 * @param name what callers write before the slash
 * @param dialect the dialect it speaks, by name
 * @param baseUrl empty for a provider inside the process
 * @param keyName the name under which {@link dev.serai.core.provider.Secrets} has its key
 * @param quirks where it departs from its dialect, by flag
 * @param models names to list for it beyond the catalogue's
 * @param modelsUrl where its models are listed, if not at its base URL
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
