package dev.serai.core.budget;

/**
 * How much of a budget is used, for one account. Amounts are in nano US dollars (1e-9 USD).
 *
 * @param spentNanoUsd what the ledger has
 * @param heldNanoUsd what running calls may cost at most
 */
public record BudgetState(BudgetAccount account, long spentNanoUsd, long heldNanoUsd) {
  /** What is left of a limit; never negative. */
  public long remaining(long limitNanoUsd) {
    return Math.max(0, limitNanoUsd - spentNanoUsd - heldNanoUsd);
  }
}
