package dev.serai.core.budget;

/**
 * What the costs of a budget are counted for: one value of its scope in one window.
 *
 * @param budget the ID of the budget
 * @param tenant of the value, for scopes within a tenant; else empty
 * @param value of the scope
 */
public record BudgetAccount(String budget, String tenant, String value, BudgetWindow window) {}
