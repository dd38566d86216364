package dev.serai.core.budget.alert;

import dev.serai.core.budget.Budget;
import dev.serai.core.budget.BudgetAccount;
import dev.serai.core.budget.BudgetScope;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;

/**
 * A receiver of alerts: about which budgets, and at which shares of their limits. Immutable.
 *
 * @param name unique, never changed
 * @param percents of the limit
 * @param budgets the IDs of the budgets; empty for all
 * @param tenants whose budgets; empty for all, also those that belong to no tenant
 */
public record AlertReceiver(
    String name, List<Integer> percents, Set<String> budgets, Set<String> tenants) {
  private static final BigInteger HUNDRED = BigInteger.valueOf(100);
  private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

  public AlertReceiver {
    percents = percents.stream().distinct().sorted().toList();
    budgets = Set.copyOf(budgets);
    tenants = Set.copyOf(tenants);
  }

  /** Whether it receives alerts about an account. */
  public boolean wants(Budget budget, BudgetAccount account) {
    return (budgets.isEmpty() || budgets.contains(budget.id()))
        && (tenants.isEmpty() || tenants.contains(tenant(budget, account)));
  }

  private static String tenant(Budget budget, BudgetAccount account) {
    if (budget.scope() == BudgetScope.TENANT) {
      return account.value();
    }
    return account.tenant().isEmpty() ? budget.tenant().orElse("") : account.tenant();
  }

  /** The percents of a limit that are spent; none before anything is. */
  public List<Integer> reached(long spentNanoUsd, long limitNanoUsd) {
    return percents.stream()
        .filter(percent -> spentNanoUsd > 0 && spentNanoUsd >= amount(percent, limitNanoUsd))
        .toList();
  }

  /** The lowest amount above what is spent that is a threshold; the highest number if none is. */
  public long next(long spentNanoUsd, long limitNanoUsd) {
    return percents.stream()
        .mapToLong(percent -> Math.max(1, amount(percent, limitNanoUsd)))
        .filter(amount -> amount > spentNanoUsd)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /** A share of a limit, rounded up. */
  private static long amount(int percent, long limitNanoUsd) {
    return BigInteger.valueOf(limitNanoUsd)
        .multiply(BigInteger.valueOf(percent))
        .add(BigInteger.valueOf(99))
        .divide(HUNDRED)
        .min(MAX)
        .longValueExact();
  }
}
