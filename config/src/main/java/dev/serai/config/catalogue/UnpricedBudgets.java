package dev.serai.config.catalogue;

import dev.serai.config.Settings;
import dev.serai.config.auth.CallerKey;
import dev.serai.config.budget.BudgetSettings;
import dev.serai.config.provider.ModelSettings;
import dev.serai.config.provider.Provider;
import dev.serai.core.budget.Budget;
import dev.serai.core.budget.BudgetScope;
import dev.serai.core.caller.Caller;
import dev.serai.core.caller.Identity;
import dev.serai.core.chat.Usage;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.model.ModelCatalogue.ModelRoute;
import dev.serai.core.model.ModelCatalogue.Target;
import dev.serai.core.routing.Candidate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds hard budgets that refuse calls of models whose price is not known. It looks at the models
 * that the settings name; providers have others too. Stateless.
 */
public final class UnpricedBudgets {
  private static final int MAX_NAMED = 5;
  private static final long SOME = 1000;

  private UnpricedBudgets() {}

  /** A sentence about each budget of the settings that refuses such calls. */
  public static List<String> warnings(Settings settings, ModelCatalogue catalogue) {
    return warnings(settings, settings.budgets(), catalogue);
  }

  /**
   * A sentence about each of these budgets that refuses such calls.
   *
   * @param budgets those in force, by their IDs: other ones than those of settings that were
   *     reloaded
   */
  public static List<String> warnings(
      Settings settings, Map<String, BudgetSettings> budgets, ModelCatalogue catalogue) {
    Map<Candidate, Set<String>> unpriced = new LinkedHashMap<>();
    if (!budgets.isEmpty()) {
      unpriced.putAll(named(settings, budgets, catalogue));
      unpriced.keySet().removeIf(candidate -> isPriced(candidate, catalogue));
    }
    List<String> warnings = new ArrayList<>();
    budgets.forEach(
        (id, written) -> {
          Budget budget = written.budget(id);
          List<String> refused =
              unpriced.entrySet().stream()
                  .filter(entry -> mayBeCounted(budget, entry, settings))
                  .map(entry -> entry.getKey().provider() + "/" + entry.getKey().model())
                  .toList();
          if (budget.hard() && !budget.allowsUnpriced() && !refused.isEmpty()) {
            warnings.add(warning(settings, id, refused));
          }
        });
    return List.copyOf(warnings);
  }

  private static String warning(Settings settings, String id, List<String> refused) {
    String more =
        refused.size() > MAX_NAMED ? " and " + (refused.size() - MAX_NAMED) + " more" : "";
    return settings.file().map(file -> file + ": ").orElse("")
        + "budgets."
        + id
        + ": calls that it counts get 403 model_not_priced for models whose price is not known: "
        + refused.stream().limit(MAX_NAMED).collect(Collectors.joining(", "))
        + more
        + "; set their price in config/models.yaml, or allow_unpriced: true for the budget";
  }

  /** The candidates that the settings name, with the names that callers use for them. */
  private static Map<Candidate, Set<String>> named(
      Settings settings, Map<String, BudgetSettings> budgets, ModelCatalogue catalogue) {
    Map<Candidate, Set<String>> named = new LinkedHashMap<>();
    for (Provider provider : settings.enabledProviders()) {
      for (ModelSettings model : provider.models()) {
        add(named, new Candidate(provider.name(), model.name()), model.name());
      }
    }
    for (String name : settings.catalogue().models().keySet()) {
      int slash = name.indexOf('/');
      if (slash > 0 && !name.endsWith("*")) {
        add(named, new Candidate(name.substring(0, slash), name.substring(slash + 1)), name);
      }
    }
    settings.models().keySet().forEach(alias -> route(named, alias, catalogue));
    budgets.values().stream()
        .flatMap(budget -> budget.value().stream())
        .forEach(value -> route(named, value, catalogue));
    Set<String> off =
        settings.available().stream()
            .filter(provider -> !provider.enabled())
            .map(Provider::name)
            .collect(Collectors.toSet());
    named.keySet().removeIf(candidate -> off.contains(candidate.provider()));
    return named;
  }

  private static void route(
      Map<Candidate, Set<String>> named, String name, ModelCatalogue catalogue) {
    Optional<ModelRoute> route = catalogue.find(name);
    route
        .map(ModelRoute::targets)
        .orElse(List.of())
        .forEach((Target target) -> add(named, target.candidate(), name));
    route
        .map(ModelRoute::fallbacks)
        .orElse(List.of())
        .forEach(candidate -> add(named, candidate, name));
  }

  private static void add(Map<Candidate, Set<String>> named, Candidate candidate, String name) {
    Set<String> names = named.computeIfAbsent(candidate, _ -> new LinkedHashSet<>());
    names.add(candidate.provider() + "/" + candidate.model());
    names.add(name);
  }

  /** A model that only embeds has no price for output. */
  private static boolean isPriced(Candidate candidate, ModelCatalogue catalogue) {
    return catalogue.costNanoUsd(candidate, Usage.of(SOME, SOME)).isPresent()
        || catalogue.costNanoUsd(candidate, Usage.of(SOME, 0)).isPresent();
  }

  /**
   * Whether the budget counts calls of the model. If keys of the settings have it, one of them must
   * be allowed to call the model; otherwise keys of the database may have it.
   */
  private static boolean mayBeCounted(
      Budget budget, Map.Entry<Candidate, Set<String>> model, Settings settings) {
    String name = model.getKey().model();
    if (budget.scope() == BudgetScope.MODEL && !name.equals(budget.value().orElse(name))) {
      return false;
    }
    List<Identity> counted =
        settings.callerKeys().stream()
            .map(CallerKey::identity)
            .filter(caller -> !budget.accounts(Caller.of(caller), name, 0).isEmpty())
            .toList();
    return counted.isEmpty()
        || counted.stream()
            .anyMatch(caller -> model.getValue().stream().anyMatch(caller.models()::allows));
  }
}
