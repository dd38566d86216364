package dev.serai.memory.budgets;

import dev.serai.core.budget.BudgetDemand;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What one call holds, until its cost is in the ledger. Every amount is given back exactly once.
 * Thread-safe.
 */
final class BudgetHold {
  private static final long GIVEN_BACK = -1;

  private final List<BudgetDemand> demands;
  private final List<LocalLease> leases;
  private final AtomicLongArray amounts;

  /**
   * @param leases those of the demands, in the same order; the amounts were taken from them
   */
  BudgetHold(List<BudgetDemand> demands, List<LocalLease> leases) {
    this.demands = demands;
    this.leases = leases;
    this.amounts = new AtomicLongArray(demands.size());
    for (int i = 0; i < demands.size(); i++) {
      amounts.set(i, demands.get(i).nanoUsd());
    }
  }

  List<BudgetDemand> demands() {
    return demands;
  }

  /** Holds another amount for a demand from now on: what the call did cost. */
  void change(int demand, long nanoUsd) {
    long before = amounts.getAndUpdate(demand, now -> now == GIVEN_BACK ? now : nanoUsd);
    if (before != GIVEN_BACK) {
      leases.get(demand).give(before - nanoUsd);
    }
  }

  /** Gives everything back. */
  void giveBack() {
    for (int i = 0; i < amounts.length(); i++) {
      long held = amounts.getAndSet(i, GIVEN_BACK);
      if (held != GIVEN_BACK) {
        leases.get(i).give(held);
      }
    }
  }
}
