package dev.serai.memory.budgets;

import dev.serai.core.budget.Budget;
import dev.serai.core.budget.BudgetAccount;
import dev.serai.core.budget.BudgetState;
import dev.serai.memory.database.Database;
import dev.serai.memory.database.DatabaseReader;
import dev.serai.memory.ledger.LedgerCosts;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads how much of budgets is used. Thread-safe. */
final class BudgetPage implements AutoCloseable {
  private static final int MAX_ACCOUNTS = 100;

  private final DatabaseReader reader;

  /**
   * What this gateway holds of an account.
   *
   * @param nanoUsd in nano US dollars (1e-9 USD)
   */
  record Held(BudgetAccount account, long nanoUsd) {}

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
            Held account = new Held(one.getKey(), one.getValue());
            states.add(state(connection, budget, account, owner));
          }
          return states;
        });
  }

  /** The states of accounts by the ID of their budget. */
  Map<String, BudgetState> onlyStates(Map<Budget, Held> held, String owner) {
    return reader.read(
        connection -> {
          Map<String, BudgetState> states = new HashMap<>();
          for (Map.Entry<Budget, Held> one : held.entrySet()) {
            Budget budget = one.getKey();
            states.put(budget.id(), state(connection, budget, one.getValue(), owner));
          }
          return states;
        });
  }

  private static BudgetState state(Connection connection, Budget budget, Held own, String owner)
      throws SQLException {
    BudgetAccount account = own.account();
    long elsewhere = LeaseRows.held(connection, account, owner);
    long spent = LedgerCosts.delivered(connection, AccountQuery.of(budget, account));
    return new BudgetState(account, spent, own.nanoUsd() + elsewhere);
  }

  @Override
  public void close() {
    reader.close();
  }
}
