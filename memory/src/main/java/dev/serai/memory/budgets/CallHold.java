package dev.serai.memory.budgets;

import dev.serai.core.budget.BudgetClaim;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What one call holds, until its cost is in the ledger. Every amount is given back exactly once.
 * Thread-safe.
 */
final class CallHold {
  private static final long GIVEN_BACK = -1;

  private final List<BudgetClaim> claims;
  private final List<LocalLease> leases;
  private final AtomicLongArray amounts;

  /**
   * @param leases those of the claims, in the same order; the amounts were taken from them
   */
  CallHold(List<BudgetClaim> claims, List<LocalLease> leases) {
    this.claims = claims;
    this.leases = leases;
    this.amounts = new AtomicLongArray(claims.size());
    for (int i = 0; i < claims.size(); i++) {
      amounts.set(i, claims.get(i).nanoUsd());
    }
  }

  List<BudgetClaim> claims() {
    return claims;
  }

  /** Holds another amount for a claim from now on: what the call did cost. */
  void change(int claim, long nanoUsd) {
    long before = amounts.getAndUpdate(claim, now -> now == GIVEN_BACK ? now : nanoUsd);
    if (before != GIVEN_BACK) {
      leases.get(claim).give(before - nanoUsd);
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
