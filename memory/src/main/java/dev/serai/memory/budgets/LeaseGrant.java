package dev.serai.memory.budgets;

import dev.serai.core.budget.Budget;
import dev.serai.core.budget.BudgetAccount;
import dev.serai.memory.ledger.LedgerCosts;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Leases more of one account, in one transaction that locks it. Leases are read before costs: usage
 * that another gateway writes in between is counted twice for a moment, never left out. The owner
 * holds the lock of {@link BudgetLeases}.
 */
final class LeaseGrant {
  private final Connection connection;
  private final LocalLease lease;
  private final Terms terms;

  /**
   * Who leases.
   *
   * @param owner the gateway
   * @param renewal the number of the last renewal
   * @param nowNanos by the ticker
   */
  record Terms(String owner, long renewal, long nowNanos) {}

  LeaseGrant(Connection connection, LocalLease lease, Terms terms) {
    this.connection = connection;
    this.lease = lease;
    this.terms = terms;
  }

  /**
   * Leases what is needed, as far as it is left, and more if much is left.
   *
   * @param need of calls that wait, in nano US dollars
   */
  void grant(long need) throws SQLException {
    BudgetAccount account = lease.account();
    Budget budget = lease.budget();
    LeaseRows.lock(connection, account);
    LeaseRows.Sums sums = LeaseRows.sums(connection, account, terms.owner);
    if (lease.isStale()) {
      sums = sums.without(returnSurplus(account, sums.own()));
    }
    long spent = LedgerCosts.delivered(connection, AccountQuery.of(budget, account));
    long left = budget.limitNanoUsd() - spent - sums.all();
    long free = Math.max(0, left);
    long missing = need - lease.available();
    long give = Math.clamp(missing, free / 4, free);
    if (give > 0) {
      LeaseRows.add(connection, account, new LeaseRows.Addition(terms.owner, give, terms.renewal));
    }
    boolean elsewhere = missing > give && sums.unused() > 0;
    if (elsewhere) {
      LeaseRows.want(connection, account, terms.owner);
    }
    connection.commit();
    lease.compared(left >= 0); // not before: without the commit, the database has the surplus
    lease.sync(
        sums.own() + give,
        new LocalLease.Finding(terms.nowNanos, spent, sums.all() + give, free - give, elsewhere));
  }

  /** Returns what is leased of a limit that has changed and not held; says how much that is. */
  private long returnSurplus(BudgetAccount account, long leased) throws SQLException {
    lease.sync(leased); // an earlier return may have failed
    long surplus = lease.takeSurplus();
    lease.returned(surplus); // also if the commit fails: then the next renewal knows better
    LeaseRows.subtract(connection, account, terms.owner, surplus);
    return surplus;
  }
}
