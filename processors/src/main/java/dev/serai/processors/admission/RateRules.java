package dev.serai.processors.admission;

import dev.serai.config.limit.LimitSettings;
import dev.serai.config.limit.RateSettings;
import dev.serai.core.caller.Identity;
import dev.serai.core.rate.Allowance;
import dev.serai.core.rate.RateKey;
import dev.serai.core.rate.RateKey.Scope;
import dev.serai.core.rate.RateLimits;
import dev.serai.core.rate.RateRule;
import dev.serai.core.routing.Candidate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the limits that apply to a call, as the settings and its API key say. Immutable. */
final class RateRules {
  private final RateLimits keys;
  private final List<RateRule> gateway;
  private final Map<String, List<RateRule>> tenants;
  private final Map<String, List<RateRule>> teams;
  private final Map<String, List<RateRule>> users;
  private final Map<String, List<RateRule>> models;
  private final Map<String, List<RateRule>> providers;
  private final boolean ofEveryone;

  RateRules(LimitSettings settings) {
    keys = settings.keys().limits();
    gateway = rules(Scope.GATEWAY, "", settings.gateway());
    tenants = byName(Scope.TENANT, settings.tenants());
    teams = byName(Scope.TEAM, settings.teams());
    users = byName(Scope.USER, settings.users());
    models = byName(Scope.MODEL, settings.models());
    providers = byName(Scope.PROVIDER, settings.providers());
    ofEveryone =
        !keys.isEmpty()
            || !gateway.isEmpty()
            || !tenants.isEmpty()
            || !teams.isEmpty()
            || !users.isEmpty()
            || !models.isEmpty();
  }

  private static Map<String, List<RateRule>> byName(
      Scope scope, Map<String, RateSettings> settings) {
    Map<String, List<RateRule>> rules = new HashMap<>();
    settings.forEach((name, limits) -> rules.put(name, rules(scope, name, limits)));
    return Map.copyOf(rules);
  }

  private static List<RateRule> rules(Scope scope, String name, RateSettings settings) {
    List<RateRule> rules = new ArrayList<>();
    for (Allowance each : settings.limits().allowances()) {
      rules.add(new RateRule(new RateKey(scope, "", name, each.window()), each));
    }
    return List.copyOf(rules);
  }

  /** Whether no limit applies to an identity, whatever it calls. */
  boolean isUnlimited(Identity identity) {
    return !ofEveryone && identity.limits().isEmpty();
  }

  /** Whether any limit applies to attempts. */
  boolean limitAttempts() {
    return !models.isEmpty() || !providers.isEmpty();
  }

  /** Every limit of a call: of its caller, of the model that it names, of the gateway. */
  List<RateRule> of(Identity identity, String model) {
    List<RateRule> rules = ofCaller(identity);
    add(rules, models, model);
    rules.addAll(gateway);
    return rules;
  }

  /** The limits of a caller: of its key, user, team and tenant. */
  List<RateRule> ofCaller(Identity identity) {
    List<RateRule> rules = new ArrayList<>(8);
    addKey(rules, identity);
    if (!users.isEmpty() && !identity.user().isEmpty()) {
      add(rules, users, identity.tenant() + "/" + identity.user());
    }
    if (!teams.isEmpty() && !identity.team().isEmpty()) {
      add(rules, teams, identity.tenant() + "/" + identity.team());
    }
    add(rules, tenants, identity.tenant());
    return rules;
  }

  private void addKey(List<RateRule> rules, Identity identity) {
    RateLimits own = identity.limits();
    addKey(rules, identity, own, RateLimits.NONE);
    addKey(rules, identity, keys, own);
  }

  private static void addKey(
      List<RateRule> rules, Identity identity, RateLimits limits, RateLimits replaced) {
    List<Allowance> all = limits.allowances();
    for (int i = 0; i < all.size(); i++) {
      Allowance each = all.get(i);
      if (!replaced.has(each.window())) {
        RateKey key = new RateKey(Scope.KEY, identity.tenant(), identity.key(), each.window());
        rules.add(new RateRule(key, each));
      }
    }
  }

  /**
   * The limits of a candidate.
   *
   * @param asked the model's name in the request, whose limits have been applied to the call
   */
  List<RateRule> of(Candidate candidate, String asked) {
    List<RateRule> rules = new ArrayList<>(4);
    add(rules, providers, candidate.provider());
    String qualified = candidate.provider() + "/" + candidate.model();
    if (!qualified.equals(asked)) {
      add(rules, models, qualified);
    }
    return rules;
  }

  private static void add(List<RateRule> rules, Map<String, List<RateRule>> known, String name) {
    List<RateRule> found = known.get(name);
    if (found != null) {
      rules.addAll(found);
    }
  }
}
