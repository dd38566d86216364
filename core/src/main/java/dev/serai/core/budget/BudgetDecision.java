package dev.serai.core.budget;

import dev.serai.core.problem.GatewayProblem;

/** What the budgets decide about a call. Immutable. */
public sealed interface BudgetDecision {
  /** Every demand is held until the cost of the call is in the ledger. */
  record Held() implements BudgetDecision {}

  /** Nothing is held: it is not known yet whether a budget has so much left. */
  record Unknown() implements BudgetDecision {}

  /**
   * Nothing is held, because a budget is used up or unavailable.
   *
   * @param by the demand that does not fit
   * @param problem what the caller is shown
   */
  record Refused(BudgetDemand by, GatewayProblem problem) implements BudgetDecision {}
}
