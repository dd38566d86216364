package dev.serai.core.keys;

import dev.serai.core.budget.BudgetPeriod;
import dev.serai.core.caller.AllowList;
import dev.serai.core.caller.Identity;
import dev.serai.core.caller.Role;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.rate.RateLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a request to create, change or rotate a key says. An empty member was not given. Immutable.
 *
 * @param expires when the key expires; an empty time means never
 * @param overlap how long the old key of a rotation works
 * @param limits of the key, in place of all that it had
 * @param spending what its calls may cost
 */
public record KeyRequest(
    Optional<String> name,
    Optional<Role> role,
    Optional<String> tenant,
    Optional<String> team,
    Optional<String> user,
    Optional<List<String>> models,
    Optional<List<String>> tools,
    Optional<List<String>> tags,
    Optional<Boolean> disabled,
    Optional<Expiry> expires,
    Optional<Duration> overlap,
    Optional<RateLimits> limits,
    Spending spending) {
  /**
   * A time of expiry that a request gives.
   *
   * @param at empty if the key is not to expire
   */
  public record Expiry(Optional<Instant> at) {}

  /**
   * What a request says about what calls may cost.
   *
   * @param limit in nano US dollars; an empty number means no limit
   * @param reset the period after which the limit begins again
   */
  public record Spending(Optional<OptionalLong> limit, Optional<BudgetPeriod> reset) {
    ApiKey.Spending change(ApiKey.Spending was) {
      ApiKey.Spending changed =
          new ApiKey.Spending(limit.orElse(was.nanoUsd()), reset.orElse(was.reset()));
      boolean begins = reset.filter(period -> period != BudgetPeriod.TOTAL).isPresent();
      if (begins && changed.nanoUsd().isEmpty()) {
        throw CallerProblem.invalid(
            "limit_reset", "'limit_reset' needs a 'limit': without one the key is unlimited.");
      }
      return changed;
    }
  }

  /**
   * A key as this request describes it, with defaults for what it does not give.
   *
   * @throws CallerProblem 400 if a limit that it does not have would begin again
   */
  public ApiKey create(String ownTenant, Instant now) {
    return create(ownTenant, "", now);
  }

  /**
   * A key as this request describes it, with defaults for what it does not give.
   *
   * @param otherwise its name if the request gives none
   * @throws CallerProblem 400 if a limit that it does not have would begin again
   */
  public ApiKey create(String ownTenant, String otherwise, Instant now) {
    Role chosen = role.orElse(Role.DEVELOPER);
    Identity identity =
        new Identity(
            tenant.orElse(ownTenant),
            team.orElse(""),
            user.orElse(""),
            name.orElse(otherwise),
            chosen.permissions(),
            models.map(AllowList::new).orElse(AllowList.ALL),
            tools.map(AllowList::new).orElse(AllowList.ALL),
            tags.map(Set::copyOf).orElse(Set.of()),
            limits.orElse(RateLimits.NONE));
    return new ApiKey(
        "",
        "",
        chosen,
        identity,
        disabled.orElse(false),
        now,
        now,
        at(),
        spending.change(ApiKey.Spending.ANY));
  }

  private Optional<Instant> at() {
    return expires.flatMap(Expiry::at);
  }

  /**
   * The key with what this request changes.
   *
   * @throws CallerProblem 400 if a limit that it does not have would begin again
   */
  public ApiKey change(ApiKey key, Instant now) {
    Identity was = key.identity();
    Identity identity =
        new Identity(
            was.tenant(),
            was.team(),
            was.user(),
            name.orElse(was.key()),
            was.permissions(),
            models.map(AllowList::new).orElse(was.models()),
            tools.map(AllowList::new).orElse(was.tools()),
            tags.map(Set::copyOf).orElse(was.tags()),
            limits.orElse(was.limits()));
    return new ApiKey(
        key.id(),
        key.label(),
        key.role(),
        identity,
        disabled.orElse(key.disabled()),
        key.created(),
        now,
        expires.isPresent() ? at() : key.expires(),
        spending.change(key.spending()));
  }
}
