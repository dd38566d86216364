package dev.serai.processors.edge;

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
final class ModelNames {
  private final Providers providers;
  private final ModelCatalogue catalogue;

  ModelNames(Providers providers, ModelCatalogue catalogue) {
    this.providers = providers;
    this.catalogue = catalogue;
  }

  /** Every name and who owns it, in the order listed. */
  Map<String, String> owners() {
    Map<String, String> names = new LinkedHashMap<>();
    for (String alias : catalogue.aliases()) {
      names.put(alias, "serai");
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
   * The name in a path and who owns it.
   *
   * @param encoded percent-encoded
   * @throws CallerProblem 404 if there is no such name
   */
  Map.Entry<String, String> find(String encoded) {
    String name = URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    String owner = owners().get(name);
    if (owner == null) {
      throw CallerProblem.unknownModel(name);
    }
    return Map.entry(name, owner);
  }

  /** Adds a text to some JSON, in quotes. */
  static void quote(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c >= ' ') {
        json.append(c);
      }
    }
    json.append('"');
  }
}
