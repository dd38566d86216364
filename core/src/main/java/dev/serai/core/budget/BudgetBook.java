package dev.serai.core.budget;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The budgets and what calls hold of them. Whatever is held is let go when the ledger has the cost
 * of the call, or knows that there is none. Thread-safe.
 */
public interface BudgetBook {
  /** The budgets that are in force now. */
  BudgetSet budgets();

  /** Holds every demand of a call or none. Never blocks. */
  BudgetDecision hold(String requestId, List<BudgetDemand> demands);

  /**
   * Holds every demand of a call or none, once it is known whether they fit: within about a second.
   * The result is never {@link BudgetDecision.Unknown}, and completes on a thread that must not be
   * blocked.
   */
  CompletableFuture<BudgetDecision> holdLater(String requestId, List<BudgetDemand> demands);

  /** Gives back at once what a call holds, because it is not made. */
  void release(String requestId);

  /** The budget's accounts that are known now: a state for each. Blocks. */
  List<BudgetState> states(Budget budget);

  /**
   * The state of each of these budgets that has one account only, by its ID. Blocks.
   *
   * @param some budgets that are in force
   */
  Map<String, BudgetState> onlyStates(List<Budget> some);
}
