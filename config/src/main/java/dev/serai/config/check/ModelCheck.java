package dev.serai.config.check;

import dev.serai.config.budget.BudgetSettings;
import dev.serai.config.limit.LimitSettings;
import dev.serai.config.persona.PersonaSettings;
import dev.serai.config.provider.ProviderSettings;
import dev.serai.config.read.Names;
import dev.serai.config.read.Node;
import dev.serai.config.read.Place;
import dev.serai.config.routing.AliasSettings;
import dev.serai.config.routing.FailoverSettings;
import dev.serai.config.routing.TargetSettings;
import dev.serai.core.bandit.Bandit;
import dev.serai.core.budget.BudgetScope;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks that aliases, the default model, the fallback providers, limits and budgets name providers
 * and models that exist and are on. Providers of the operator's route files count as on. Not
 * thread-safe.
 */
public final class ModelCheck {
  private static final String GENERAL = "general";
  private static final String LIMITS = "limits";
  private static final String BUDGETS = "budgets";

  /** Every call looks at all of them, and a bandit knows so many. */
  private static final int MAX_TARGETS = Bandit.MAX_ARMS;

  private final ModelReferences known;
  private final Findings findings;

  public ModelCheck(ModelReferences known, Findings findings) {
    this.known = known;
    this.findings = findings;
  }

  /** Checks every target and fallback. */
  public void aliases(Map<String, AliasSettings> aliases) {
    aliases.forEach(
        (name, alias) -> {
          Set<String> off = new TreeSet<>();
          targets(alias.targets(), off, "models", name, "targets");
          targets(alias.fallbacks(), off, "models", name, "fallbacks");
          again(name, alias);
          failover(alias.failover(), off, "models", name);
          alias
              .fanOut()
              .judge()
              .ifPresent(judge -> model(findings.at("models", name, "fan_out", "judge"), judge));
          if (!off.isEmpty()) {
            findings.perhapsWrong(
                findings.at("models", name), "leads to providers that are off: " + reasons(off));
          }
        });
  }

  /**
   * Checks the name and the model of a persona. Whether its prompt exists is seen when the database
   * is read.
   *
   * @param aliases those that it may name
   */
  public void persona(String name, PersonaSettings persona, Set<String> aliases) {
    PersonaSettings.fault(name)
        .ifPresent(fault -> findings.wrong(findings.at("personas", name), fault));
    Place place = findings.at("personas", name, "model");
    String model = persona.model();
    if (model.isEmpty() || aliases.contains(model) || isPattern(place, model)) {
      return;
    }
    if (model.indexOf('/') < 1 || model.endsWith("/")) {
      findings.wrong(
          place,
          "no alias is named "
              + model
              + Names.closestTo(model, aliases).map(n -> "; did you mean " + n + "?").orElse("")
              + "; a model of a provider has the form provider/model");
      return;
    }
    Set<String> off = new TreeSet<>();
    provider(model.substring(0, model.indexOf('/')), place, off);
    if (!off.isEmpty()) {
      findings.perhapsWrong(place, "leads to providers that are off: " + reasons(off));
    }
  }

  /** Names fallbacks that are targets of the same alias. */
  private void again(String name, AliasSettings alias) {
    List<String> targets = alias.targets().stream().map(TargetSettings::model).toList();
    for (int i = 0; i < alias.fallbacks().size(); i++) {
      String model = alias.fallbacks().get(i).model();
      if (!model.isEmpty() && targets.contains(model)) {
        findings.perhapsWrong(
            findings.item(i, "models", name, "fallbacks"),
            model + " is a target of the same alias; name another model");
      }
    }
  }

  /** Checks the fallbacks of all calls. */
  public void failover(FailoverSettings general) {
    Set<String> off = new TreeSet<>();
    failover(general, off, "routing");
    if (!off.isEmpty()) {
      findings.perhapsWrong(
          findings.at("routing", "failover"), "names providers that are off: " + reasons(off));
    }
  }

  private void failover(FailoverSettings failover, Set<String> off, String... place) {
    targets(failover.contextWindowFallbacks(), off, within(place, "context_window_fallbacks"));
    targets(failover.contentPolicyFallbacks(), off, within(place, "content_policy_fallbacks"));
  }

  private static String[] within(String[] place, String key) {
    String[] path = Arrays.copyOf(place, place.length + 2);
    path[place.length] = "failover";
    path[place.length + 1] = key;
    return path;
  }

  private void targets(List<TargetSettings> targets, Set<String> off, String... place) {
    if (targets.size() > MAX_TARGETS) {
      findings.wrong(
          findings.at(place),
          "has " + targets.size() + " entries; at most " + MAX_TARGETS + " are allowed");
      return;
    }
    for (int i = 0; i < targets.size(); i++) {
      if (!targets.get(i).model().isEmpty()) {
        provider(targets.get(i).provider(), findings.item(i, place), off);
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

  /** Checks the names in limits. Providers and models may be added later. */
  public void limits(LimitSettings limits) {
    limits.teams().keySet().forEach(name -> withTenant("teams", name));
    limits.users().keySet().forEach(name -> withTenant("users", name));
    for (String name : limits.providers().keySet()) {
      perhaps(findings.at(LIMITS, "providers", name), known.providerFault(name));
    }
    for (String name : limits.models().keySet()) {
      model(findings.at(LIMITS, "models", name), name);
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
  public void budgets(Map<String, BudgetSettings> budgets) {
    budgets.forEach(
        (id, budget) -> {
          if (id.startsWith("key_")) {
            findings.wrong(
                findings.at(BUDGETS, id),
                "the ID of a budget must not begin with key_, as those of stored API keys do");
          }
          Place value = findings.at(BUDGETS, id, "value");
          budget.value().ifPresent(text -> value(budget.scope(), text, value));
          budget
              .fallbackModel()
              .ifPresent(name -> model(findings.at(BUDGETS, id, "fallback_model"), name));
        });
  }

  private void value(BudgetScope scope, String value, Place place) {
    if (scope == BudgetScope.ALL) {
      findings.wrong(place, "leave it out: the scope all has no values");
    } else if (scope == BudgetScope.MODEL && !isPattern(place, value)) {
      perhaps(place, counted(value));
    }
  }

  private Optional<String> counted(String model) {
    String provider = ModelReferences.providerOf(model);
    if (known.isAlias(model) || known.providerFault(provider).isEmpty()) {
      return Optional.of(
          "a budget counts a model by its name at the provider, such as gpt-4o, not by an alias or"
              + " by provider/model");
    }
    return model.indexOf('/') >= 0 || known.isModel(model)
        ? Optional.empty()
        : Optional.of("no known model is named " + model);
  }

  /** Checks the providers of the models file; they may be added later. */
  public void entries(Node.Mapping modelsFile) {
    if (modelsFile.entries().get("models") instanceof Node.Mapping models) {
      models
          .entries()
          .forEach(
              (name, entry) -> {
                String provider = ModelReferences.providerOf(name);
                if (!provider.isEmpty()) {
                  perhaps(entry.place(), known.providerFault(provider));
                }
              });
    }
  }

  /**
   * Checks the default model. A provider may list a model of that name later, so it is never
   * certainly wrong.
   */
  public void defaultModel(String model) {
    model(findings.place(GENERAL, "default_model"), model);
  }

  /** Checks the model of {@code /v1/ask}, as the default model is. */
  public void askedModel(String model) {
    model(findings.place("routing", "ask.model"), model);
  }

  /** Checks the model that scores responses, as the default model is. */
  public void judge(String model) {
    model(findings.place("routing", "feedback.judge.model"), model);
  }

  /** Checks the model that writes summaries of sessions, as the default model is. */
  public void summaries(String model) {
    model(findings.place("state", "sessions.compression.model"), model);
  }

  /** Checks the models that are probed; their providers may be added later. */
  public void probed(List<String> models) {
    for (int i = 0; i < models.size(); i++) {
      model(findings.item(i, "upstream", "health_probes", "models"), models.get(i));
    }
  }

  /** Refuses the names of a provider's models that are patterns. */
  public void listed(Map<String, ProviderSettings> providers) {
    providers.forEach(
        (name, provider) -> {
          for (int i = 0; i < provider.models().size(); i++) {
            Place place = findings.item(i, "providers", name, "models");
            isPattern(place, provider.models().get(i).name());
          }
        });
  }

  private void model(Place place, String name) {
    if (!isPattern(place, name)) {
      perhaps(place, known.modelFault(name));
    }
  }

  /** Whether a name is a pattern; refuses it where only one model is meant. */
  private boolean isPattern(Place place, String name) {
    boolean pattern = name.contains("*");
    if (pattern) {
      findings.wrong(place, "must be the name of one model; * matches nothing here");
    }
    return pattern;
  }

  private void perhaps(Place place, Optional<String> fault) {
    fault.ifPresent(why -> findings.perhapsWrong(place, why));
  }

  private void provider(String name, Place place, Set<String> off) {
    Optional<String> fault = known.providerFault(name);
    if (fault.isPresent()) {
      findings.wrong(place, fault.get());
    } else if (known.isOff(name)) {
      off.add(name);
    }
  }

  private String reasons(Set<String> off) {
    return String.join(", ", off.stream().map(known::reason).toList());
  }
}
