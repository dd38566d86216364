package dev.serai.config.check;

import dev.serai.config.provider.Provider;
import dev.serai.config.read.Names;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Finds names of models and providers that are not served: they are probably misspelt, or their
 * provider is off. Immutable.
 */
public final class ModelReferences {
  private final Map<String, Provider> known = new LinkedHashMap<>();
  private final Set<String> routed;
  private final Set<String> providers;
  private final Collection<String> aliases;
  private final Predicate<String> models;

  /**
   * @param available every provider that Serai knows or the settings name
   * @param routed names of providers in route files; they count as on
   * @param aliases the names that are aliases
   * @param models whether a model of that name, without a provider, is known
   */
  public ModelReferences(
      List<Provider> available,
      Set<String> routed,
      Collection<String> aliases,
      Predicate<String> models) {
    available.forEach(provider -> known.put(provider.name(), provider));
    this.routed = Set.copyOf(routed);
    this.providers = new TreeSet<>(known.keySet());
    providers.addAll(routed);
    this.aliases = List.copyOf(aliases);
    this.models = models;
  }

  /** A sentence about each entry of an allow-list that no provider serves. */
  public List<String> warnings(Collection<String> allowList) {
    return allowList.stream()
        .flatMap(
            entry ->
                entryFault(entry).map(why -> "nothing serves '" + entry + "': " + why).stream())
        .toList();
  }

  /** Whether something serves an entry of an allow-list, or may. */
  public boolean isServed(String entry) {
    return entryFault(entry).isEmpty();
  }

  /** Why nothing serves an entry of an allow-list; empty if something does or may. */
  Optional<String> entryFault(String entry) {
    boolean open = entry.indexOf('/') < 0 && entry.endsWith("*");
    return open || providerOf(entry).contains("*") ? Optional.empty() : modelFault(entry);
  }

  /** Why nothing serves a model; empty if something does or may. */
  Optional<String> modelFault(String model) {
    int slash = model.indexOf('/');
    String provider = providerOf(model);
    if (isOff(provider)) {
      return Optional.of("the provider is off: " + reason(provider));
    }
    if (slash > 0) {
      return providerFault(provider);
    }
    return slash < 0 && !aliases.contains(model) && !isListed(model)
        ? nameFault(model)
        : Optional.empty();
  }

  private Optional<String> nameFault(String model) {
    Optional<String> alias = Names.closestTo(model, aliases);
    return alias.isEmpty() && models.test(model)
        ? Optional.empty()
        : Optional.of(
            "no alias or known model is named "
                + Names.shown(model)
                + alias.map(name -> "; did you mean " + name + "?").orElse(""));
  }

  /** Why there is no such provider; empty if there is one. */
  Optional<String> providerFault(String name) {
    return providers.contains(name)
        ? Optional.empty()
        : Optional.of("no provider is named " + Names.shown(name) + meant(name));
  }

  private String meant(String provider) {
    return Names.closestTo(provider, providers).map(n -> "; did you mean " + n + "?").orElse("");
  }

  /** Whether a provider is known and off. */
  boolean isOff(String provider) {
    Provider named = known.get(provider);
    return named != null && !named.enabled() && !routed.contains(provider);
  }

  /** The name of a provider that is off, and why it is. */
  String reason(String provider) {
    Provider named = known.get(provider);
    return provider + " (" + (named == null ? "unknown" : named.why()) + ")";
  }

  boolean isAlias(String name) {
    return aliases.contains(name);
  }

  /** Whether a model of that name is known at some provider. */
  boolean isModel(String name) {
    return isListed(name) || models.test(name);
  }

  private boolean isListed(String model) {
    return known.values().stream()
        .flatMap(provider -> provider.models().stream())
        .anyMatch(listed -> listed.name().equals(model));
  }

  /** The provider of a model that is written with one; otherwise empty. */
  static String providerOf(String model) {
    return model.substring(0, Math.max(0, model.indexOf('/')));
  }
}
