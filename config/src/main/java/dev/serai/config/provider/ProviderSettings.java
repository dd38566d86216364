package dev.serai.config.provider;

import dev.serai.config.read.Range;
import dev.serai.config.read.Secret;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What a file says of a provider. What it leaves out of a provider that Serai knows
 * (docs/providers.md names them) comes from there and from the environment.
 *
 * @param kind the kamelet that serves it; needed unless Serai knows the provider
 * @param baseUrl its address; the dialect adds its own path
 * @param modelsUrl the address that has its list of models, of a provider of the kind bedrock
 * @param apiKey its key, best written as a variable; several are separated by commas
 * @param keys more keys of it, used in turn
 * @param quirks flags for where it departs from its dialect
 * @param models models to list for it, with prices where the catalogue's are not right
 * @param enabled whether it is offered; else it is when it has what it needs
 * @param priority the lower, the earlier it is asked among those that offer a model
 */
public record ProviderSettings(
    Optional<ProviderKind> kind,
    Optional<URI> baseUrl,
    Optional<URI> modelsUrl,
    Optional<Secret> apiKey,
    List<Secret> keys,
    List<String> quirks,
    List<ModelSettings> models,
    Optional<Boolean> enabled,
    @Range(min = 0, max = 1_000_000) int priority) {

  public ProviderSettings {
    keys = List.copyOf(keys);
    quirks = List.copyOf(quirks);
    models = List.copyOf(models);
  }

  /** Nothing said; priority 100. */
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
        100);
  }
}
