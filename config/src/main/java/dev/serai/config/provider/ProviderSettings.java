package dev.serai.config.provider;

import dev.serai.config.annotation.Range;
import dev.serai.config.annotation.Secret;
import dev.serai.core.http.HeaderRules;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A provider in the settings file. For a provider that Serai knows (docs/providers.md lists them),
 * what is left out comes from its defaults and from the environment.
 *
 * @param kind the kamelet that serves it; required unless Serai knows the provider
 * @param baseUrl its address; the dialect adds its own path
 * @param modelsUrl the address of its list of models, for the kind bedrock only
 * @param apiKey its key, best written as a variable; several are separated by commas
 * @param keys further keys, used in turn
 * @param quirks flags for its departures from its dialect
 * @param models models to list for it, with prices that override those of the catalogue
 * @param region where its models run, for calls that require it
 * @param headers header fields to add to every request; their values are secrets
 * @param enabled whether it is on; if absent, it is on if it has all it needs
 * @param priority a lower number is tried earlier among the providers that offer a model
 */
public record ProviderSettings(
    Optional<ProviderKind> kind,
    Optional<URI> baseUrl,
    Optional<URI> modelsUrl,
    Optional<Secret> apiKey,
    List<Secret> keys,
    List<String> quirks,
    List<ModelSettings> models,
    Optional<String> region,
    Map<String, Secret> headers,
    Optional<Boolean> enabled,
    @Range(min = 0, max = 1_000_000) int priority) {

  /**
   * @throws IllegalArgumentException if the region is malformed, or a header field is malformed
   */
  public ProviderSettings {
    region.ifPresent(ModelSettings::requireRegion);
    keys = List.copyOf(keys);
    quirks = List.copyOf(quirks);
    models = List.copyOf(models);
    headers = Map.copyOf(headers);
    headers.forEach((name, value) -> HeaderRules.requireAddable(name, value.reveal()));
  }

  /** The same provider with these keys instead of its own. */
  ProviderSettings withKeys(List<Secret> other) {
    return new ProviderSettings(
        kind,
        baseUrl,
        modelsUrl,
        Optional.empty(),
        other,
        quirks,
        models,
        region,
        headers,
        enabled,
        priority);
  }

  /** Nothing set; priority 100. */
  public static ProviderSettings defaults() {
    return new ProviderSettings(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        100);
  }
}
