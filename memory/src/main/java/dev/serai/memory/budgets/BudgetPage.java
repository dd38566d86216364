package dev.serai.memory.budgets;

import dev.serai.core.budget.Budget;
import dev.serai.core.budget.BudgetAccount;
import dev.serai.core.budget.BudgetState;
import dev.serai.memory.database.Database;
import dev.serai.memory.database.DatabaseReader;
import dev.serai.memory.ledger.LedgerCosts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads how much of budgets is used. Thread-safe. */
final class BudgetPage implements AutoCloseable {
  private static final int MAX_ACCOUNTS = 100;

  private final DatabaseReader reader;

  BudgetPage(Database database) {
    reader = new DatabaseReader(database, "budgets");
  }

  /**
   * The states of the accounts whose window is now: that of the only value, or those that this
   * gateway knows.
   *
   * @param own the leases of this gateway
   */
  List<BudgetState> states(Budget budget, List<LocalLease> own, long nowMillis, String owner) {
    Map<BudgetAccount, Long> held = new LinkedHashMap<>();
    budget.onlyAccount(nowMillis).ifPresent(account -> held.put(account, 0L));
    for (LocalLease lease : own) {
      if (lease.account().window().contains(nowMillis) && held.size() < MAX_ACCOUNTS) {
        held.put(lease.account(), lease.held());
      }
    }
    return reader.read(
        connection -> {
          if (!budget.hard() && held.isEmpty()) {
            AlertRows.accountsOf(connection, budget.id(), nowMillis, MAX_ACCOUNTS)
                .forEach(account -> held.put(account, 0L));
          }
          List<BudgetState> states = new ArrayList<>();
          for (Map.Entry<BudgetAccount, Long> one : held.entrySet()) {
            BudgetAccount account = one.getKey();
            long elsewhere = LeaseRows.held(connection, account, owner);
            long spent = LedgerCosts.delivered(connection, AccountQuery.of(budget, account));
            states.add(new BudgetState(account, spent, one.getValue() + elsewhere));
          }
          return states;
        });
  }

  @Override
  public void close() {
    reader.close();
  }
}
