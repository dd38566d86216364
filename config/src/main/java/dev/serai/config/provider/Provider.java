package dev.serai.config.provider;

import dev.serai.config.read.Place;
import dev.serai.core.provider.ProviderProfile;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A provider, combined from the file, the environment and what Serai knows.
 *
 * @param name the name that callers write before the slash
 * @param kind the kamelet that serves it
 * @param baseUrl its address; empty for a provider inside the process
 * @param modelsUrl the address of its list of models, if configured
 * @param keyName the name of its key in {@link dev.serai.core.provider.Secrets}
 * @param quirks flags for its departures from its dialect
 * @param models models that are listed for it in addition to those of the catalogue
 * @param priority a lower number is tried earlier
 * @param enabled whether it is on
 * @param place where the settings file configures it; empty if it does not
 * @param why the reason why it is on or off, for the operator: "OPENAI_API_KEY is not set"
 */
public record Provider(
    String name,
    ProviderKind kind,
    Optional<String> baseUrl,
    Optional<String> modelsUrl,
    Optional<String> keyName,
    List<String> quirks,
    List<ModelSettings> models,
    int priority,
    boolean enabled,
    Optional<Place> place,
    String why) {

  public Provider {
    quirks = List.copyOf(quirks);
    models = List.copyOf(models);
  }

  /** The profile that the steps use. */
  public ProviderProfile profile() {
    List<String> names = models.stream().map(ModelSettings::name).toList();
    return new ProviderProfile(
        name, kind.dialect(), baseUrl, keyName, Set.copyOf(quirks), names, modelsUrl);
  }
}
