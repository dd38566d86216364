package dev.serai.config.provider;

import dev.serai.core.provider.ProviderProfile;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A provider as it stands after file, environment and what Serai knows have been put together.
 *
 * @param name what callers write before the slash
 * @param kind the kamelet that serves it
 * @param baseUrl its address; empty inside the process
 * @param modelsUrl the address that has its list of models, where it was told
 * @param keyName the name under which {@link dev.serai.core.provider.Secrets} has its key
 * @param quirks where it departs from its dialect
 * @param models listed for it, beyond the catalogue's
 * @param priority the lower, the earlier
 * @param enabled whether it is offered
 * @param why it is or is not, for the operator: "OPENAI_API_KEY is not set"
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
    String why) {

  public Provider {
    quirks = List.copyOf(quirks);
    models = List.copyOf(models);
  }

  /** What the routes need of it. */
  public ProviderProfile profile() {
    List<String> names = models.stream().map(ModelSettings::name).toList();
    return new ProviderProfile(
        name, kind.dialect(), baseUrl, keyName, Set.copyOf(quirks), names, modelsUrl);
  }
}
