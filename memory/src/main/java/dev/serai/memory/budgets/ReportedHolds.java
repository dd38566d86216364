package dev.serai.memory.budgets;

import dev.serai.core.budget.BudgetAccount;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The accounts of which the database says, since the last renewal, that calls hold something. Once
 * nothing is held any more, it is written before the next renewal, so that no other gateway shows a
 * hold that has ended. Confined to the {@link LeaseThread}.
 */
final class ReportedHolds {
  private final Set<BudgetAccount> accounts = new HashSet<>();

  /**
   * What the next renewal says of each lease: what is held of it, in nano US dollars (1e-9 USD).
   *
   * @param leases of this gateway
   */
  Map<BudgetAccount, Long> next(Map<BudgetAccount, LocalLease> leases) {
    Map<BudgetAccount, Long> held = new HashMap<>();
    accounts.clear();
    for (LocalLease lease : leases.values()) {
      if (lease.leased() > 0) {
        long nanoUsd = lease.held();
        held.put(lease.account(), nanoUsd);
        if (nanoUsd > 0) {
          accounts.add(lease.account());
        }
      }
    }
    return held;
  }

  /**
   * Writes of which accounts nothing is held any more.
   *
   * @param leases of this gateway
   * @param renewal the number of the last one
   */
  void writeEnded(
      Connection connection, String owner, Map<BudgetAccount, LocalLease> leases, long renewal)
      throws SQLException {
    Map<BudgetAccount, Long> ended = new HashMap<>();
    for (BudgetAccount account : accounts) {
      LocalLease lease = leases.get(account);
      if (lease == null || lease.held() == 0) {
        ended.put(account, 0L);
      }
    }
    if (!ended.isEmpty()) {
      LeaseRows.renew(connection, owner, ended, renewal);
      connection.commit();
      accounts.removeAll(ended.keySet());
    }
  }
}
