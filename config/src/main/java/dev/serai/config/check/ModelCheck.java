package dev.serai.config.check;

import dev.serai.config.budget.BudgetSettings;
import dev.serai.config.limit.LimitSettings;
import dev.serai.config.provider.AliasSettings;
import dev.serai.config.provider.Provider;
import dev.serai.config.provider.TargetSettings;
import dev.serai.config.read.Names;
import dev.serai.config.read.Node;
import dev.serai.config.read.Place;
import dev.serai.core.budget.BudgetScope;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Checks that aliases, the default model, the fallback providers, limits and budgets name providers
 * and models that exist and are on. Providers of the operator's route files count as on.
 */
public final class ModelCheck {
  private static final String GENERAL = "general";
  private static final String LIMITS = "limits";
  private static final String BUDGETS = "budgets";

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

  /**
   * Checks the names in limits. Providers and models may be added later.
   *
   * @param aliases the names that are aliases
   * @param models whether a model of that name is known
   */
  public void limits(LimitSettings limits, Set<String> aliases, Predicate<String> models) {
    limits.teams().keySet().forEach(name -> withTenant("teams", name));
    limits.users().keySet().forEach(name -> withTenant("users", name));
    for (String name : limits.providers().keySet()) {
      if (!names.contains(name)) {
        findings.perhapsWrong(
            findings.at(LIMITS, "providers", name),
            "no provider is named " + name + meant(name, names));
      }
    }
    for (String name : limits.models().keySet()) {
      model(findings.at(LIMITS, "models", name), name, aliases, models);
    }
  }

  private void withTenant(String kind, String name) {
    int slash = name.indexOf('/');
    if (slash <= 0 || slash == name.length() - 1) {
      findings.wrong(
          findings.at(LIMITS, kind, name),
          "must be written with its tenant, such as public/" + name.replace("/", ""));
    }
  }

  /** Checks what budgets count and the models that they lead to. */
  public void budgets(
      Map<String, BudgetSettings> budgets, Set<String> aliases, Predicate<String> models) {
    budgets.forEach(
        (id, budget) -> {
          Place value = findings.at(BUDGETS, id, "value");
          budget.value().ifPresent(text -> value(budget.scope(), text, value, aliases));
          budget
              .fallbackModel()
              .ifPresent(
                  name -> model(findings.at(BUDGETS, id, "fallback_model"), name, aliases, models));
        });
  }

  private void value(BudgetScope scope, String value, Place place, Set<String> aliases) {
    boolean elsewhere = aliases.contains(value) || names.contains(providerOf(value));
    if (scope == BudgetScope.ALL) {
      findings.wrong(place, "leave it out: the scope all has no values");
    } else if (scope == BudgetScope.MODEL && elsewhere) {
      findings.perhapsWrong(
          place,
          "a budget counts a model by its name at the provider, such as gpt-4o, not by an alias or"
              + " by provider/model");
    }
  }

  /** Checks the providers of the models file; they may be added later. */
  public void entries(Node.Mapping modelsFile) {
    if (modelsFile.entries().get("models") instanceof Node.Mapping models) {
      models
          .entries()
          .forEach(
              (name, entry) -> {
                String provider = providerOf(name);
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
    model(findings.place(GENERAL, "default_model"), model, aliases, models);
  }

  private static String providerOf(String model) {
    return model.substring(0, Math.max(0, model.indexOf('/')));
  }

  private void model(
      Place place, String model, Collection<String> aliases, Predicate<String> models) {
    int slash = model.indexOf('/');
    String provider = providerOf(model);
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
