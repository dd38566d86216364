package dev.serai.config.check;

import dev.serai.config.provider.AliasSettings;
import dev.serai.config.provider.Provider;
import dev.serai.config.provider.TargetSettings;
import dev.serai.config.read.Names;
import dev.serai.config.read.Node;
import dev.serai.config.read.Place;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Checks that aliases, the default model and the fallback providers lead to providers that exist
 * and are on. Providers of the operator's route files count as on.
 */
public final class ModelCheck {
  private static final String GENERAL = "general";

  private final Map<String, Provider> known = new LinkedHashMap<>();
  private final Set<String> routed;
  private final Set<String> names;
  private final Findings findings;

  /**
   * @param available every provider that Serai knows or the settings name
   * @param routed names of providers in the operator's route files
   */
  public ModelCheck(List<Provider> available, Set<String> routed, Findings findings) {
    available.forEach(provider -> known.put(provider.name(), provider));
    this.routed = routed;
    this.names = new TreeSet<>(known.keySet());
    names.addAll(routed);
    this.findings = findings;
  }

  /** Checks every target and fallback. */
  public void aliases(Map<String, AliasSettings> aliases) {
    aliases.forEach(
        (name, alias) -> {
          Set<String> off = new TreeSet<>();
          targets(alias.targets(), name, "targets", off);
          targets(alias.fallbacks(), name, "fallbacks", off);
          if (!off.isEmpty()) {
            findings.perhapsWrong(
                findings.at("models", name), "leads to providers that are off: " + reasons(off));
          }
        });
  }

  private void targets(List<TargetSettings> targets, String alias, String key, Set<String> off) {
    for (int i = 0; i < targets.size(); i++) {
      if (!targets.get(i).model().isEmpty()) {
        provider(targets.get(i).provider(), findings.item(i, "models", alias, key), off);
      }
    }
  }

  /** Checks the default provider and the fallback providers. */
  public void general(Optional<String> defaultProvider, List<String> fallbacks) {
    Set<String> off = new TreeSet<>();
    defaultProvider.ifPresent(
        name -> provider(name, findings.place(GENERAL, "default_provider"), off));
    for (int i = 0; i < fallbacks.size(); i++) {
      provider(fallbacks.get(i), findings.item(i, GENERAL, "fallback_providers"), off);
    }
    if (!off.isEmpty()) {
      findings.perhapsWrong(findings.at(GENERAL), "names providers that are off: " + reasons(off));
    }
  }

  /** Checks the providers of the models file; they may be added later. */
  public void entries(Node.Mapping modelsFile) {
    if (modelsFile.entries().get("models") instanceof Node.Mapping models) {
      models
          .entries()
          .forEach(
              (name, entry) -> {
                String provider = name.substring(0, Math.max(0, name.indexOf('/')));
                if (!provider.isEmpty() && !names.contains(provider)) {
                  findings.perhapsWrong(
                      entry.place(), "no provider is named " + provider + meant(provider, names));
                }
              });
    }
  }

  /**
   * Checks the default model. A provider may list a model of that name later, so it is never
   * certainly wrong.
   *
   * @param aliases the names that are aliases
   * @param models whether a model of that name is known
   */
  public void defaultModel(String model, Collection<String> aliases, Predicate<String> models) {
    Place place = findings.place(GENERAL, "default_model");
    int slash = model.indexOf('/');
    String provider = slash < 0 ? "" : model.substring(0, slash);
    Provider named = known.get(provider);
    if (named != null && !named.enabled() && !routed.contains(provider)) {
      findings.perhapsWrong(place, "the provider is off: " + reasons(Set.of(provider)));
    } else if (slash > 0 && !names.contains(provider)) {
      findings.perhapsWrong(place, "no provider is named " + provider + meant(provider, names));
    } else if (slash < 0 && !aliases.contains(model) && !isListed(model)) {
      Optional<String> alias = Names.closestTo(model, aliases);
      if (alias.isPresent() || !models.test(model)) {
        String hint = alias.map(name -> "; did you mean " + name + "?").orElse("");
        findings.perhapsWrong(place, "no alias or known model is named " + model + hint);
      }
    }
  }

  private boolean isListed(String model) {
    return known.values().stream()
        .flatMap(provider -> provider.models().stream())
        .anyMatch(listed -> listed.name().equals(model));
  }

  private void provider(String name, Place place, Set<String> off) {
    Provider provider = known.get(name);
    if (!names.contains(name)) {
      findings.wrong(place, "no provider is named " + name + meant(name, names));
    } else if (provider != null && !routed.contains(name) && !provider.enabled()) {
      off.add(name);
    }
  }

  private String reasons(Set<String> off) {
    return String.join(", ", off.stream().map(name -> name + " (" + why(name) + ")").toList());
  }

  private String why(String name) {
    Provider provider = known.get(name);
    return provider == null ? "unknown" : provider.why();
  }

  private static String meant(String name, Collection<String> names) {
    return Names.closestTo(name, names).map(n -> "; did you mean " + n + "?").orElse("");
  }
}
