package dev.serai.config.catalogue;

import dev.serai.config.provider.KnownProvider;
import dev.serai.config.provider.Provider;
import dev.serai.config.read.Names;
import dev.serai.core.model.ModelCatalogue.ModelRoute;
import dev.serai.core.model.ModelCatalogue.Target;
import dev.serai.core.problem.ModelHint;
import dev.serai.core.routing.Candidate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Explains why a model's name does not resolve, and suggests a known name that is close. Immutable.
 */
final class ModelHints {
  private final SettingsCatalogue catalogue;
  private final Map<String, Provider> providers;

  /**
   * @param providers by name
   */
  ModelHints(SettingsCatalogue catalogue, Map<String, Provider> providers) {
    this.catalogue = catalogue;
    this.providers = providers;
  }

  ModelHint of(String name) {
    Optional<ModelRoute> route = catalogue.find(name);
    if (route.isPresent()) {
      return off(route.get());
    }
    int slash = name.indexOf('/');
    if (slash > 0) {
      String provider = name.substring(0, slash);
      String rest = name.substring(slash + 1).strip();
      return providers.containsKey(provider)
          ? ofProvider(provider, name, provider + '/' + rest)
          : meant(named(provider.strip()), '/' + rest);
    }
    return meant(Names.closestTo(name, names()).or(() -> separated(name)), "");
  }

  private ModelHint ofProvider(String provider, String name, String meant) {
    ModelHint off = off(Set.of(provider));
    return off.isEmpty() && !name.equals(meant) ? ModelHint.close(meant) : off;
  }

  /** Other gateways write a colon or a dot between a provider and its model. */
  private Optional<String> separated(String name) {
    for (char separator : new char[] {':', '.'}) {
      int at = name.indexOf(separator);
      String provider = at < 0 ? "" : name.substring(0, at);
      String model = name.substring(at + 1);
      if (providers.containsKey(provider) && catalogue.modelsOf(provider).contains(model)) {
        return Optional.of(provider + '/' + model);
      }
    }
    return Optional.empty();
  }

  private ModelHint off(ModelRoute route) {
    Set<String> names = new LinkedHashSet<>();
    route.targets().stream().map(Target::candidate).map(Candidate::provider).forEach(names::add);
    route.fallbacks().stream().map(Candidate::provider).forEach(names::add);
    return off(names);
  }

  private ModelHint off(Set<String> names) {
    Map<String, String> off = new LinkedHashMap<>();
    for (String name : names) {
      Provider provider = providers.get(name);
      if (provider != null && !provider.enabled()) {
        off.put(name, provider.why());
      }
    }
    return ModelHint.off(off);
  }

  /** The provider that LiteLLM's prefix stands for, or the one with the closest name. */
  private Optional<String> named(String prefix) {
    return Names.closestTo(prefix, providers.keySet()).or(() -> KnownProvider.meantBy(prefix));
  }

  private static ModelHint meant(Optional<String> close, String rest) {
    return close.map(name -> ModelHint.close(name + rest)).orElse(ModelHint.NONE);
  }

  /** Aliases, and the models of the providers that are on. */
  private List<String> names() {
    List<String> names = new ArrayList<>(catalogue.aliases());
    for (Provider provider : providers.values()) {
      if (provider.enabled()) {
        names.addAll(catalogue.modelsOf(provider.name()));
      }
    }
    return names;
  }
}
