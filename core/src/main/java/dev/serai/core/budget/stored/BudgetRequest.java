package dev.serai.core.budget.stored;

import dev.serai.core.budget.Budget;
import dev.serai.core.budget.BudgetPeriod;
import dev.serai.core.budget.BudgetScope;
import dev.serai.core.problem.CallerProblem;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a request to create or change a budget says. An empty member was not given. Immutable.
 *
 * @param limitNanoUsd in nano US dollars (1e-9 USD)
 * @param fallback the model for calls that the budget refuses
 * @param hard whether the budget refuses calls once it is used up
 */
public record BudgetRequest(
    Optional<String> id,
    Optional<BudgetScope> scope,
    Optional<String> value,
    Optional<String> tenant,
    Optional<BudgetPeriod> period,
    Optional<ZoneId> zone,
    OptionalLong limitNanoUsd,
    Optional<Boolean> allowUnpriced,
    Optional<Fallback> fallback,
    Optional<Boolean> hard) {
  /**
   * A fallback model that a request gives.
   *
   * @param model empty for none
   */
  public record Fallback(Optional<String> model) {}

  /** Reads the JSON of a request about a budget. */
  @FunctionalInterface
  public interface Reader {
    /**
     * Reads a request.
     *
     * @param json the body; an empty one counts as an empty object
     * @param known names of the members that the request may have
     * @throws CallerProblem 400 if it has others, or a value that cannot be used
     */
    BudgetRequest read(byte[] json, Set<String> known);
  }

  /**
   * A budget as this request describes it: of a month, in UTC, if it does not say otherwise.
   *
   * @param ownTenant whose key, user or team is meant if the request names no tenant
   * @throws CallerProblem 400 if the scope or the limit is missing, or members do not fit together
   */
  public Budget create(String ownTenant) {
    if (scope.isEmpty()) {
      throw CallerProblem.invalid("scope", "A budget needs a scope: whose cost it counts.");
    }
    if (limitNanoUsd.isEmpty()) {
      throw CallerProblem.invalid("limit", "A budget needs a limit in US dollars.");
    }
    requireFitting(scope.get());
    boolean ofCaller = scope.get().isWithinTenant() && value.isPresent() && tenant.isEmpty();
    Budget budget =
        new Budget(
            id.orElse(""),
            scope.get(),
            value,
            ofCaller ? Optional.of(ownTenant) : tenant,
            period.orElse(BudgetPeriod.MONTH),
            zone.orElse(ZoneId.of("UTC")),
            limitNanoUsd.getAsLong(),
            allowUnpriced.orElse(false),
            fallback.flatMap(Fallback::model),
            hard.orElse(true));
    return requireUseful(budget);
  }

  private static Budget requireUseful(Budget budget) {
    if (!budget.hard() && budget.fallbackModel().isPresent()) {
      throw CallerProblem.invalid(
          "fallback_model",
          "A budget with 'hard': false refuses no call, so it has no fallback model.");
    }
    return budget;
  }

  private void requireFitting(BudgetScope chosen) {
    if (chosen == BudgetScope.ALL && value.isPresent()) {
      throw CallerProblem.invalid("value", "A budget of all calls has no value.");
    }
    if (chosen == BudgetScope.TENANT && tenant.isPresent()) {
      throw CallerProblem.invalid("tenant", "A budget of a tenant names it in 'value'.");
    }
  }

  /**
   * The budget with what this request changes. What it counts is never changed.
   *
   * @throws CallerProblem 400 if its members do not fit together then
   */
  public Budget change(Budget budget) {
    Budget changed =
        new Budget(
            budget.id(),
            budget.scope(),
            budget.value(),
            budget.tenant(),
            period.orElse(budget.period()),
            zone.orElse(budget.zone()),
            limitNanoUsd.orElse(budget.limitNanoUsd()),
            allowUnpriced.orElse(budget.allowsUnpriced()),
            fallback.isPresent() ? fallback.get().model() : budget.fallbackModel(),
            hard.orElse(budget.hard()));
    return requireUseful(changed);
  }
}
