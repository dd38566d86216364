package dev.serai.processors.support;

import dev.serai.core.call.ProviderProfile;
import dev.serai.core.call.Providers;
import dev.serai.core.port.ModelCatalogue;
import dev.serai.core.problem.CallerProblem;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The names that callers may ask for: aliases, and {@code provider/model} for every provider that
 * is up. Thread-safe.
 */
public final class ModelNames {
  /** The owner of an alias. */
  public static final String ALIAS = "serai";

  private final Providers providers;
  private final ModelCatalogue catalogue;

  public ModelNames(Providers providers, ModelCatalogue catalogue) {
    this.providers = providers;
    this.catalogue = catalogue;
  }

  /** Every name and the provider it belongs to, {@link #ALIAS} for an alias, in order. */
  public Map<String, String> all() {
    Map<String, String> names = new LinkedHashMap<>();
    for (String alias : catalogue.aliases()) {
      names.put(alias, ALIAS);
    }
    for (ProviderProfile provider : providers.all()) {
      for (String model : provider.models()) {
        names.put(provider.name() + "/" + model, provider.name());
      }
      for (String model : catalogue.modelsOf(provider.name())) {
        names.put(provider.name() + "/" + model, provider.name());
      }
    }
    return names;
  }

  /**
   * The name in a path and the provider it belongs to.
   *
   * @param encoded percent-encoded
   * @throws CallerProblem 404 if there is no such name
   */
  public Map.Entry<String, String> find(String encoded) {
    String name = URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    String owner = all().get(name);
    if (owner == null) {
      throw CallerProblem.unknownModel(name);
    }
    return Map.entry(name, owner);
  }

  /** Whether a name, listed or not, leads to a provider that is up. */
  public boolean leadsSomewhere(String name) {
    int slash = name.indexOf('/');
    return catalogue.find(name).isPresent()
        || (slash > 0 && providers.find(name.substring(0, slash)).isPresent());
  }

  /** The name that stands for a model left out; empty if none does. */
  public String usual() {
    return catalogue.defaultModel();
  }
}
