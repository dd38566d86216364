package dev.serai.memory.budgets;

import dev.serai.core.budget.Budget;
import dev.serai.core.budget.BudgetAccount;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts the accounts that calls of each tenant have opened by naming tags, so that no tenant takes
 * the room of all others. Thread-safe.
 */
final class TenantAccounts {
  /** How many accounts a tenant may have open in this gateway. */
  static final int MAX = 1_000;

  private final Map<String, Integer> open = new ConcurrentHashMap<>();

  /** Begins the lease of a new account. */
  LocalLease open(Budget budget, BudgetAccount account, String tenant) {
    open.merge(tenant, 1, Integer::sum);
    return new LocalLease(budget, account, tenant);
  }

  /** Whether it has too many. Calls at the same time may exceed the bound by their number. */
  boolean isFull(String tenant) {
    return open.getOrDefault(tenant, 0) >= MAX;
  }

  /** A lease is forgotten. */
  void close(LocalLease lease) {
    open.computeIfPresent(lease.opener(), (_, count) -> count > 1 ? count - 1 : null);
  }
}
