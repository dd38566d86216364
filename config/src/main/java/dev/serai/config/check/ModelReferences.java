package dev.serai.config.check;

import dev.serai.config.provider.KnownProvider;
import dev.serai.config.provider.Provider;
import dev.serai.config.read.Names;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds names of models and providers that are not served: they are probably misspelt, or their
 * provider is off. Immutable.
 */
public final class ModelReferences {
  private static final int MAX_NAMED = 3;

  private final Map<String, Provider> available = new LinkedHashMap<>();
  private final Set<String> routed;
  private final Set<String> providers;
  private final Collection<String> aliases;
  private final KnownModels models;

  /**
   * @param known every provider that Serai knows or the settings name
   * @param routed names of providers in route files; they count as on
   * @param aliases the names that are aliases
   * @param models what is known of models that the settings do not list
   */
  public ModelReferences(
      List<Provider> known, Set<String> routed, Collection<String> aliases, KnownModels models) {
    known.forEach(provider -> available.put(provider.name(), provider));
    this.routed = Set.copyOf(routed);
    this.providers = new TreeSet<>(available.keySet());
    providers.addAll(routed);
    this.aliases = List.copyOf(aliases);
    this.models = models;
  }

  /** A sentence about each entry of an allow-list that no provider serves. */
  public List<String> warnings(Collection<String> allowList) {
    return allowList.stream().flatMap(entry -> warning(entry).stream()).toList();
  }

  /** A sentence about an entry of an allow-list that no provider serves; empty if one does. */
  Optional<String> warning(String entry) {
    return entryFault(entry).map(why -> "nothing serves '" + entry + "': " + why);
  }

  /** Whether something serves an entry of an allow-list, or may. */
  public boolean isServed(String entry) {
    return entryFault(entry).isEmpty();
  }

  private Optional<String> entryFault(String entry) {
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
    return slash < 0 && !aliases.contains(model) ? nameFault(model) : Optional.empty();
  }

  private Optional<String> nameFault(String model) {
    Optional<Set<String>> known = models.providersOf(model);
    Set<String> owners = new LinkedHashSet<>(listing(model));
    known.ifPresent(owners::addAll);
    if (!owners.isEmpty()) {
      return offFault(owners);
    }
    Optional<String> meant =
        Names.closestTo(model, aliases).or(() -> Names.closestTo(model, servedModels()));
    return meant.isEmpty() && known.isPresent()
        ? Optional.empty()
        : Optional.of(
            "no alias or known model is named "
                + Names.shown(model)
                + meant.map(name -> "; did you mean " + name + "?").orElse(""));
  }

  /** What to say of a model of which all providers are off; empty if one of them is on. */
  private Optional<String> offFault(Set<String> owners) {
    if (!owners.stream().allMatch(this::isOff)) {
      return Optional.empty();
    }
    String reasons =
        owners.stream().limit(MAX_NAMED).map(this::reason).collect(Collectors.joining(", "));
    String more = owners.size() > MAX_NAMED ? " and others" : "";
    return Optional.of("no provider that has it is on: " + reasons + more);
  }

  /** The known models of the providers that are on. */
  private List<String> servedModels() {
    List<String> served = new ArrayList<>();
    for (Provider provider : available.values()) {
      if (provider.enabled()) {
        provider.models().forEach(model -> served.add(model.name()));
        served.addAll(models.modelsOf(provider.name()));
      }
    }
    return served;
  }

  /** Why there is no such provider; empty if there is one. */
  Optional<String> providerFault(String name) {
    return providers.contains(name)
        ? Optional.empty()
        : Optional.of("no provider is named " + Names.shown(name) + meant(name));
  }

  private String meant(String provider) {
    return Names.closestTo(provider, providers)
        .or(() -> KnownProvider.meantBy(provider))
        .map(name -> "; did you mean " + name + "?")
        .orElse("");
  }

  /** Whether a provider is known and off. */
  boolean isOff(String provider) {
    Provider named = available.get(provider);
    return named != null && !named.enabled() && !routed.contains(provider);
  }

  /** The name of a provider that is off, and why it is. */
  String reason(String provider) {
    Provider named = available.get(provider);
    return provider + " (" + (named == null ? "unknown" : named.why()) + ")";
  }

  boolean isAlias(String name) {
    return aliases.contains(name);
  }

  /** Whether a model of that name is known at some provider. */
  boolean isModel(String name) {
    return !listing(name).isEmpty() || models.providersOf(name).isPresent();
  }

  /** The providers that the settings or Serai itself say have a model. */
  private Set<String> listing(String model) {
    return available.values().stream()
        .filter(provider -> provider.models().stream().anyMatch(m -> m.name().equals(model)))
        .map(Provider::name)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The provider of a model that is written with one; otherwise empty. */
  static String providerOf(String model) {
    return model.substring(0, Math.max(0, model.indexOf('/')));
  }
}
