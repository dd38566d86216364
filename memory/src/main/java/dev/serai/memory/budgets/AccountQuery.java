package dev.serai.memory.budgets;

import dev.serai.core.budget.Budget;
import dev.serai.core.budget.BudgetAccount;
import dev.serai.core.budget.BudgetScope;
import dev.serai.core.usage.Dimension;
import dev.serai.core.usage.UsageQuery;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The query of the ledger for what an account has spent. Pure. */
final class AccountQuery {
  private AccountQuery() {}

  static UsageQuery of(Budget budget, BudgetAccount account) {
    Map<Dimension, String> filters = new EnumMap<>(Dimension.class);
    if (!account.tenant().isEmpty()) {
      filters.put(Dimension.TENANT, account.tenant());
    }
    budget.tenant().ifPresent(tenant -> filters.put(Dimension.TENANT, tenant));
    if (budget.scope() != BudgetScope.ALL) {
      filters.put(dimension(budget.scope()), account.value());
    }
    return new UsageQuery(
        account.window().fromMillis(), account.window().untilMillis(), filters, List.of(), 1);
  }

  private static Dimension dimension(BudgetScope scope) {
    return switch (scope) {
      case KEY -> Dimension.KEY;
      case USER -> Dimension.USER;
      case TEAM -> Dimension.TEAM;
      case TENANT -> Dimension.TENANT;
      case MODEL -> Dimension.MODEL;
      case TAG -> Dimension.TAG;
      case ALL -> throw new IllegalArgumentException("all calls have no dimension");
    };
  }
}
