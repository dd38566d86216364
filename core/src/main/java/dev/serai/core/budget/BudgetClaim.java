package dev.serai.core.budget;

/**
 * What a call may cost at most, and the budget that must have so much left.
 *
 * @param nanoUsd in nano US dollars (1e-9 USD)
 */
public record BudgetClaim(Budget budget, BudgetAccount account, long nanoUsd) {}
