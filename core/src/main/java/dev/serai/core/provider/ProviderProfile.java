package dev.serai.core.provider;

import java.util.List;
import java.util.Map;
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
 * @param modelsUrl where its models are listed, if not at its base URL
 * @param headers header fields that its route adds to every request; the values may be secrets
 */
public record ProviderProfile(
    String name,
    String dialect,
    Optional<String> baseUrl,
    Optional<String> keyName,
    Set<String> quirks,
    List<String> models,
    Optional<String> modelsUrl,
    Map<String, String> headers) {
  public ProviderProfile {
    quirks = Set.copyOf(quirks);
    models = List.copyOf(models);
    headers = Map.copyOf(headers);
  }

  /** A provider whose route adds no header fields. */
  public ProviderProfile(
      String name,
      String dialect,
      Optional<String> baseUrl,
      Optional<String> keyName,
      Set<String> quirks,
      List<String> models,
      Optional<String> modelsUrl) {
    this(name, dialect, baseUrl, keyName, quirks, models, modelsUrl, Map.of());
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

  /** Without the values of header fields. */
  @Override
  public String toString() {
    return name + " (" + dialect + ", " + baseUrl.orElse("in process") + ") " + headers.keySet();
  }
}
