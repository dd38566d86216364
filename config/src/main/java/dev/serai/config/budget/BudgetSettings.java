package dev.serai.config.budget;

import dev.serai.config.annotation.Range;
import dev.serai.config.annotation.Required;
import dev.serai.core.budget.Budget;
import dev.serai.core.budget.BudgetPeriod;
import dev.serai.core.budget.BudgetScope;
import dev.serai.core.caller.Identity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;

/**
 * A budget in US dollars.
 *
 * @param scope whose cost counts: key, user, team, tenant, model (the name at the provider), tag or
 *     all
 * @param value the one that the budget is for; if left out, each has a budget of its own
 * @param tenant the tenant of a key, user or team; public if a value is given and this is left out
 * @param period day, week (from Monday), month or total
 * @param timeZone the time zone in which the period begins, such as Europe/Berlin
 * @param limit in US dollars
 * @param allowUnpriced whether models without a known price may be called; their calls count as
 *     free
 * @param fallbackModel the model that chats use once the budget is used up; its cost is not limited
 * @param hard whether calls are refused once the budget is used up; if false, it only counts and
 *     alerts
 */
public record BudgetSettings(
    @Required BudgetScope scope,
    Optional<String> value,
    Optional<String> tenant,
    BudgetPeriod period,
    String timeZone,
    @Required @Range(min = 0, max = 9_000_000_000L) BigDecimal limit,
    boolean allowUnpriced,
    Optional<String> fallbackModel,
    boolean hard) {
  /**
   * @throws IllegalArgumentException if the time zone is unknown, or a soft budget has a fallback
   */
  public BudgetSettings {
    if (!isZone(timeZone)) {
      throw new IllegalArgumentException(
          "timeZone must be the name of a time zone, such as Europe/Berlin");
    }
    if (!hard && fallbackModel.isPresent()) {
      throw new IllegalArgumentException(
          "fallbackModel must be left out if hard is false, because then no call is refused");
    }
  }

  /** Without a scope and a limit, which must be set; of a month, in UTC. */
  public static BudgetSettings defaults() {
    return new BudgetSettings(
        BudgetScope.ALL,
        Optional.empty(),
        Optional.empty(),
        BudgetPeriod.MONTH,
        "UTC",
        BigDecimal.ZERO,
        false,
        Optional.empty(),
        true);
  }

  private static boolean isZone(String name) {
    try {
      return !ZoneId.of(name).getId().isEmpty();
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** The budget of that ID. */
  public Budget budget(String id) {
    boolean named = value.isPresent() && scope.isWithinTenant() && tenant.isEmpty();
    return new Budget(
        id,
        scope,
        value,
        named ? Optional.of(Identity.PUBLIC) : tenant,
        period,
        ZoneId.of(timeZone),
        limit.movePointRight(9).setScale(0, RoundingMode.DOWN).longValueExact(),
        allowUnpriced,
        fallbackModel,
        hard);
  }
}
