package dev.serai.config.check;

import dev.serai.config.auth.AuthSettings;
import dev.serai.config.auth.CallerKey;
import dev.serai.config.budget.AlertSettings;
import dev.serai.config.budget.BudgetSettings;
import dev.serai.config.check.CallerNames.Kind;
import dev.serai.config.guard.GuardSettings;
import dev.serai.config.limit.FairnessSettings;
import dev.serai.config.limit.LimitSettings;
import dev.serai.config.privacy.PrivacySettings;
import dev.serai.config.read.Names;
import dev.serai.config.read.Place;
import dev.serai.core.budget.BudgetScope;
import dev.serai.core.caller.Identity;
import dev.serai.core.guard.TextPatterns;
import dev.serai.core.privacy.PiiKind;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Finds settings without effect: names of callers and models that do not exist, and patterns and
 * names that are not searched for. None is certainly wrong: stored keys and tokens have names too.
 * Not thread-safe.
 */
public final class ReferenceCheck {
  /** The most warnings about one list, so that they do not hide others. */
  private static final int MAX_OF_LIST = 5;

  /** What the IDs of stored budgets and keys begin with. */
  private static final Pattern STORED = Pattern.compile("(budget|key)_");

  private static final String AUTH = "auth";
  private static final String FAIRNESS = "fairness";
  private static final String LIMITS = "limits";
  private static final String PRIVACY = "privacy";

  private final Sections sections;
  private final CallerNames callers;
  private final ModelReferences models;
  private final Findings findings;

  /** The parts of the settings that name callers. */
  public record Sections(
      AuthSettings auth,
      LimitSettings limits,
      FairnessSettings fairness,
      PrivacySettings privacy,
      Map<String, BudgetSettings> budgets,
      Map<String, GuardSettings> guards,
      Map<String, AlertSettings> alerts) {}

  /**
   * @param keys the keys of the settings
   */
  public ReferenceCheck(
      Sections sections, Collection<CallerKey> keys, ModelReferences models, Findings findings) {
    this.sections = sections;
    this.callers = new CallerNames(keys, sections.auth.issuers());
    this.models = models;
    this.findings = findings;
  }

  /** Checks all sections. */
  public void check() {
    for (int i = 0; i < sections.auth.keys().size(); i++) {
      allowList(sections.auth.keys().get(i).models(), "keys", i);
    }
    for (int i = 0; i < sections.auth.issuers().size(); i++) {
      allowList(sections.auth.issuers().get(i).models(), "issuers", i);
    }
    LimitSettings limits = sections.limits;
    keys(limits.tenants(), Kind.TENANT, LIMITS, "tenants");
    keys(limits.teams(), Kind.TEAM, LIMITS, "teams");
    keys(limits.users(), Kind.USER, LIMITS, "users");
    keys(sections.fairness.tenants(), Kind.TENANT, FAIRNESS, "tenants");
    keys(sections.fairness.keys(), Kind.KEY, FAIRNESS, "keys");
    keys(sections.privacy.tenants(), Kind.TENANT, PRIVACY, "tenants");
    sections.budgets.forEach(this::budget);
    sections.guards.forEach(
        (name, guard) -> {
          patterns(name, guard.patterns());
          tenants("guards", name, guard.tenants());
        });
    sections.alerts.forEach(
        (name, alert) -> {
          tenants("alerts", name, alert.tenants());
          budgets(name, alert.budgets());
        });
    searchedNames();
  }

  private void allowList(List<String> entries, String list, int index) {
    Place place = findings.item(index, AUTH, list);
    Function<String, Optional<String>> fault = models::warning;
    Place models = new Place(place.source(), place.line(), place.key() + ".models");
    each(entries, _ -> models, fault);
  }

  private void keys(Map<String, ?> named, Kind kind, String part, String list) {
    each(named.keySet(), name -> findings.at(part, list, name), name -> callers.fault(kind, name));
  }

  private void budget(String id, BudgetSettings budget) {
    String tenant = budget.tenant().orElse(Identity.PUBLIC);
    budget
        .tenant()
        .flatMap(name -> callers.fault(Kind.TENANT, name))
        .ifPresent(why -> findings.perhapsWrong(findings.at("budgets", id, "tenant"), why));
    budget
        .value()
        .flatMap(value -> counted(budget.scope(), value, tenant))
        .ifPresent(why -> findings.perhapsWrong(findings.at("budgets", id, "value"), why));
  }

  /** Calls have tags of their own, so one is suspicious only if it is close to that of a key. */
  private Optional<String> counted(BudgetScope scope, String value, String tenant) {
    String within = tenant + "/" + value;
    return switch (scope) {
      case TENANT -> callers.fault(Kind.TENANT, value);
      case KEY -> callers.fault(Kind.KEY, within);
      case TEAM -> callers.fault(Kind.TEAM, within);
      case USER -> callers.fault(Kind.USER, within);
      case TAG -> callers.fault(Kind.TAG, value).filter(why -> why.contains(CallerNames.MEANT));
      case MODEL, ALL -> Optional.empty();
    };
  }

  private void patterns(String guard, List<String> patterns) {
    for (int i = 0; i < patterns.size(); i++) {
      if (TextPatterns.isHalfExpression(patterns.get(i))) {
        findings.perhapsWrong(
            findings.item(i, "guards", guard, "patterns"),
            patterns.get(i)
                + " is searched for as a phrase; a regular expression has a / at both ends");
      }
    }
  }

  private void tenants(String part, String name, List<String> tenants) {
    each(
        tenants,
        tenant -> findings.item(tenants.indexOf(tenant), part, name, "tenants"),
        tenant -> callers.fault(Kind.TENANT, tenant));
  }

  /** Budgets and keys that are stored have IDs too. */
  private void budgets(String alert, List<String> ids) {
    Set<String> known = sections.budgets.keySet();
    each(
        ids.stream().filter(id -> !known.contains(id) && !STORED.matcher(id).lookingAt()).toList(),
        id -> findings.item(ids.indexOf(id), "alerts", alert, "budgets"),
        id ->
            Optional.of(
                "no budget of the settings has the ID "
                    + id
                    + Names.closestTo(id, known).map(n -> "; did you mean " + n + "?").orElse("")));
  }

  /** Names are found by one of the kinds only. */
  private void searchedNames() {
    PrivacySettings privacy = sections.privacy;
    boolean found =
        finds(privacy.kinds())
            || privacy.tenants().values().stream()
                .anyMatch(tenant -> !tenant.kinds().isEmpty() && finds(tenant.kinds()));
    if (!privacy.names().isEmpty() && !found) {
      findings.perhapsWrong(
          findings.at(PRIVACY, "names"),
          "nothing searches for them, because privacy.kinds has no name");
    }
  }

  private static boolean finds(List<PiiKind> kinds) {
    return kinds.isEmpty() || kinds.contains(PiiKind.NAME);
  }

  /** Warns of entries of one list. */
  private void each(
      Collection<String> entries,
      Function<String, Place> place,
      Function<String, Optional<String>> fault) {
    List<String> wrong = entries.stream().filter(entry -> fault.apply(entry).isPresent()).toList();
    for (String entry : wrong.subList(0, Math.min(MAX_OF_LIST, wrong.size()))) {
      fault.apply(entry).ifPresent(why -> findings.perhapsWrong(place.apply(entry), why));
    }
    if (wrong.size() > MAX_OF_LIST) {
      findings.perhapsWrong(
          place.apply(wrong.get(MAX_OF_LIST)),
          "so it is with this and " + (wrong.size() - MAX_OF_LIST - 1) + " more of the list");
    }
  }
}
