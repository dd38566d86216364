package dev.serai.memory.budgets;

import dev.serai.core.budget.Budget;
import dev.serai.core.budget.BudgetAccount;
import dev.serai.core.budget.BudgetSet;
import dev.serai.core.usage.UsageRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** What rows of usage cost each budget account. For one thread. */
final class RowCosts {
  /** Gateways open accounts in the same order, so that none waits for another one in a circle. */
  private static final Comparator<BudgetAccount> ORDER =
      Comparator.comparing(BudgetAccount::budget)
          .thenComparing(BudgetAccount::tenant)
          .thenComparing(BudgetAccount::value)
          .thenComparing(account -> account.window().fromMillis())
          .thenComparing(account -> account.window().untilMillis());

  private final Map<BudgetAccount, Long> hard = new HashMap<>();
  private final Map<BudgetAccount, Long> soft = new TreeMap<>(ORDER);

  RowCosts(List<UsageRecord> rows, BudgetSet budgets) {
    for (UsageRecord row : rows) {
      long cost = row.delivered() ? row.costNanoUsd().orElse(0) : 0;
      if (cost > 0) {
        budgets.of(row.caller()).forEach(budget -> add(budget, row, cost));
      }
    }
  }

  private void add(Budget budget, UsageRecord row, long cost) {
    Map<BudgetAccount, Long> costs = budget.hard() ? hard : soft;
    String model = row.candidate().model();
    for (BudgetAccount account : budget.accounts(row.caller(), model, row.timeMillis())) {
      costs.merge(BudgetLeases.stored(account), cost, Long::sum);
    }
  }

  /**
   * Takes the costs from the leases of a gateway. Soft budgets have no leases; their accounts are
   * opened, so that it is known which there are.
   *
   * @param unpaid the costs of those rows that are not taken from the leases yet
   * @return what is left of each lease
   */
  Map<BudgetAccount, Long> charge(Connection connection, String owner, RowCosts unpaid)
      throws SQLException {
    Map<BudgetAccount, Long> left = new HashMap<>();
    for (BudgetAccount account : hard.keySet()) {
      long cost = unpaid.hard.getOrDefault(account, 0L);
      OptionalLong rest = LeaseRows.charge(connection, account, owner, cost);
      if (rest.isPresent()) {
        left.put(account, rest.getAsLong());
      }
    }
    for (BudgetAccount account : soft.keySet()) {
      LeaseRows.open(connection, account);
    }
    return left;
  }

  /** The costs of every account. */
  Map<BudgetAccount, Long> sums() {
    Map<BudgetAccount, Long> all = new HashMap<>(hard);
    all.putAll(soft);
    return all;
  }
}
