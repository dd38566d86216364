package dev.serai.core.budget;

/**
 * What a call may cost at most, and the budget that must have so much left.
 *
 * @param nanoUsd in nano US dollars (1e-9 USD)
 * @param payer the tenant of the call; the number of accounts that it may open is bounded
 */
public record BudgetDemand(Budget budget, BudgetAccount account, long nanoUsd, String payer) {}
