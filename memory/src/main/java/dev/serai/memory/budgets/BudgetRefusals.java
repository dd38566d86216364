package dev.serai.memory.budgets;

import dev.serai.core.budget.Budget;
import dev.serai.core.budget.BudgetAccount;
import dev.serai.core.budget.BudgetDecision;
import dev.serai.core.budget.BudgetDemand;
import dev.serai.core.problem.LimitProblem;
import dev.serai.core.usage.Money;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Says why a budget refuses a call. Pure. */
final class BudgetRefusals {
  /** When running calls hold what is missing, or another gateway leases it. */
  private static final Duration SOON = Duration.ofSeconds(5);

  /** When tags that are not used any more are forgotten. */
  private static final Duration FORGOTTEN = Duration.ofMinutes(1);

  /** A budget without an end: when an operator may have raised it. */
  private static final Duration NEVER = Duration.ofHours(24);

  private static final String NEVER_FITS =
      "That is more than the whole budget: set a lower max_tokens, or choose a cheaper model.";

  private BudgetRefusals() {}

  /** Whether too little is left although the whole budget would do, and no call gives it back. */
  static boolean isUsedUp(BudgetDemand demand, LocalLease.Finding found) {
    long limit = demand.budget().limitNanoUsd();
    return demand.nanoUsd() <= limit && found.spent() + demand.nanoUsd() > limit;
  }

  static BudgetDecision usedUp(BudgetDemand demand, LocalLease.Finding found, long nowMillis) {
    Budget budget = demand.budget();
    boolean never = demand.nanoUsd() > budget.limitNanoUsd();
    boolean holdsOnly = found.spent() + demand.nanoUsd() <= budget.limitNanoUsd();
    String message =
        "The budget '"
            + budget.id()
            + "' ("
            + owner(demand)
            + ", "
            + Money.text(budget.limitNanoUsd())
            + " USD "
            + (demand.account().window().ends() ? "a " + budget.period().label() : "in total")
            + ") has too little left for this call: "
            + Money.text(found.spent())
            + " USD are spent, "
            + Money.text(found.leased())
            + " USD are reserved for running calls, and this one may cost up to "
            + Money.text(demand.nanoUsd())
            + " USD. "
            + (never ? NEVER_FITS : advice(demand, holdsOnly));
    Optional<Duration> wait =
        never ? Optional.empty() : Optional.of(retryAfter(demand, holdsOnly, nowMillis));
    return new BudgetDecision.Refused(demand, LimitProblem.usedUp(message, wait));
  }

  /** A tenant's calls name so many tags that no more accounts are kept for it. */
  static BudgetDecision tooManyTags(BudgetDemand demand) {
    String message =
        "Each tag has an account of its own in the budget '"
            + demand.budget().id()
            + "', and calls of the tenant '"
            + demand.payer()
            + "' have named more than "
            + TenantAccounts.MAX
            + " tags in the last minute. Use fewer tags, or wait: a tag that is not used is"
            + " forgotten after a minute.";
    return new BudgetDecision.Refused(
        demand, new LimitProblem("too_many_tags", message, FORGOTTEN));
  }

  private static String owner(BudgetDemand demand) {
    BudgetAccount account = demand.account();
    String whose = demand.budget().scope().label() + " " + account.value();
    return switch (demand.budget().scope()) {
      case ALL -> "all calls";
      case KEY, USER, TEAM -> whose + " of tenant " + account.tenant();
      case TENANT, MODEL, TAG -> whose;
    };
  }

  private static String advice(BudgetDemand demand, boolean holdsOnly) {
    if (holdsOnly) {
      return "Retry when running calls have ended, or set a lower max_tokens.";
    }
    return demand.account().window().ends()
        ? "It begins again at " + end(demand) + "."
        : "It does not begin again; an administrator can raise it.";
  }

  private static String end(BudgetDemand demand) {
    return Instant.ofEpochMilli(demand.account().window().untilMillis())
        .atZone(demand.budget().zone())
        .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
  }

  private static Duration retryAfter(BudgetDemand demand, boolean holdsOnly, long nowMillis) {
    if (holdsOnly) {
      return SOON;
    }
    long until = demand.account().window().untilMillis();
    return demand.account().window().ends()
        ? Duration.ofMillis(Math.max(1000, until - nowMillis))
        : NEVER;
  }
}
