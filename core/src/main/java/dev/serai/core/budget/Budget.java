package dev.serai.core.budget;

import dev.serai.core.caller.Caller;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A budget in US dollars. Immutable.
 *
 * @param id unique, never changed
 * @param scope whose cost it counts
 * @param value of the scope that it is for; empty for a budget of its own for each value
 * @param tenant that the value belongs to; empty for any tenant, if each value has a budget
 * @param zone the time zone in which its period begins
 * @param limitNanoUsd in nano US dollars (1e-9 USD)
 * @param allowsUnpriced whether models without a known price may be called
 * @param fallbackModel called instead of the model of the request once the budget is used up
 * @param hard whether it refuses calls once it is used up; a soft one only counts and alerts
 */
public record Budget(
    String id,
    BudgetScope scope,
    Optional<String> value,
    Optional<String> tenant,
    BudgetPeriod period,
    ZoneId zone,
    long limitNanoUsd,
    boolean allowsUnpriced,
    Optional<String> fallbackModel,
    boolean hard) {
  /** Nano US dollars of a US dollar. */
  public static final long USD = 1_000_000_000L;

  /** The highest limit: 9 billion US dollars. */
  public static final long MAX_LIMIT = 9_000_000_000L * USD;

  /**
   * @throws IllegalArgumentException if the limit is below zero or above {@link #MAX_LIMIT}
   */
  public Budget {
    if (limitNanoUsd < 0 || limitNanoUsd > MAX_LIMIT) {
      throw new IllegalArgumentException("limit must be from 0 to 9000000000 US dollars");
    }
  }

  /** A hard budget. */
  public Budget(
      String id,
      BudgetScope scope,
      Optional<String> value,
      Optional<String> tenant,
      BudgetPeriod period,
      ZoneId zone,
      long limitNanoUsd,
      boolean allowsUnpriced,
      Optional<String> fallbackModel) {
    this(id, scope, value, tenant, period, zone, limitNanoUsd, allowsUnpriced, fallbackModel, true);
  }

  /**
   * The accounts that a call counts for: none if the budget does not count it, several only for
   * tags.
   *
   * @param model the name that the provider knows the model by
   * @param atMillis since 1970, UTC
   */
  public List<BudgetAccount> accounts(Caller caller, String model, long atMillis) {
    if (tenant.isPresent() && !tenant.get().equals(caller.tenant())) {
      return List.of();
    }
    List<BudgetAccount> accounts = new ArrayList<>(1);
    for (String own : scope.valuesOf(caller, model)) {
      if (!own.isEmpty() && (value.isEmpty() || value.get().equals(own))) {
        accounts.add(accountOf(scope.isWithinTenant() ? caller.tenant() : "", own, atMillis));
      }
    }
    return accounts;
  }

  /** The same budget with another ID. */
  public Budget withId(String other) {
    return new Budget(
        other,
        scope,
        value,
        tenant,
        period,
        zone,
        limitNanoUsd,
        allowsUnpriced,
        fallbackModel,
        hard);
  }

  /** The only tenant whose calls it counts; empty if it counts those of several. */
  public Optional<String> onlyTenant() {
    return tenant.isEmpty() && scope == BudgetScope.TENANT ? value : tenant;
  }

  /** Whether callers choose for which values there are accounts. */
  public boolean hasAccountsOfCallers() {
    return scope == BudgetScope.TAG && value.isEmpty();
  }

  /** The account of the only value; empty if each value has a budget. */
  public Optional<BudgetAccount> onlyAccount(long atMillis) {
    if (scope == BudgetScope.ALL) {
      return Optional.of(accountOf("", "all", atMillis));
    }
    String within = scope.isWithinTenant() ? tenant.orElse("") : "";
    return value.map(own -> accountOf(within, own, atMillis));
  }

  private BudgetAccount accountOf(String within, String own, long atMillis) {
    return new BudgetAccount(id, within, own, period.at(atMillis, zone));
  }
}
