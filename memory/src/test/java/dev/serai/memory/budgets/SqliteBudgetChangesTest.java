package dev.serai.memory.budgets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.budget.Budget;
import dev.serai.core.budget.BudgetDecision;
import dev.serai.core.budget.BudgetScope;
import dev.serai.memory.database.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SqliteBudgetChangesTest extends BudgetChangesContract {
  private static final long MORE_THAN_LEASED = 90_000;

  @Override
  String url() {
    return "sqlite:" + folder.resolve("shared.db");
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = new Database(url(), folder).connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Lets the database refuse to change leases: INSERT or UPDATE. */
  private void refuse(String change) throws SQLException {
    execute(
        "CREATE TRIGGER refuse_"
            + change
            + " BEFORE "
            + change
            + " ON budget_lease BEGIN SELECT RAISE(ABORT, 'refused'); END");
  }

  private void allow(String change) throws SQLException {
    execute("DROP TRIGGER refuse_" + change);
  }

  private boolean fails(TestGateway gateway) {
    return gateway.leases.hold("big", gateway.demands(caller("a"), MORE_THAN_LEASED))
            instanceof BudgetDecision.Refused refused
        && refused.problem().status() == 503;
  }

  private void awaitFailure(TestGateway gateway) {
    BudgetContract.until("a failure", () -> fails(gateway));
  }

  private void awaitWorking(TestGateway gateway) {
    BudgetContract.until("a working database", () -> !fails(gateway));
  }

  @Test
  void aLowerLimitCountsForEveryAccountAlthoughTheDatabaseFailsMeanwhile() throws Exception {
    Budget each = budget(BudgetScope.KEY, Optional.empty(), 100_000);
    TestGateway gateway = start(each, "a");
    assertThat(gateway.call(caller("a"), 5_000, 0)).isTrue();
    assertThat(gateway.call(caller("b"), 5_000, 0)).isTrue();
    BudgetContract.until("the rows", () -> gateway.leases.holding() == 0);
    refuse("UPDATE");
    gateway.store(budget(BudgetScope.KEY, Optional.empty(), 1_000));
    awaitFailure(gateway);
    allow("UPDATE");
    awaitWorking(gateway);
    assertThat(gateway.call(caller("a"), 2_000, 0)).isFalse();
    assertThat(gateway.call(caller("b"), 2_000, 0)).isFalse();
    assertThat(gateway.call(caller("a"), 900, 0)).isTrue();
    assertThat(gateway.call(caller("b"), 900, 0)).isTrue();
  }

  @Test
  void whatWasLeasedOfAHigherLimitIsNotUsedAfterAFailedLease() throws Exception {
    TestGateway gateway = start(ofTenant(100_000), "a");
    assertThat(gateway.call(caller("a"), 5_000, 0)).isTrue();
    BudgetContract.until("the row", () -> gateway.leases.holding() == 0);
    refuse("UPDATE");
    gateway.store(ofTenant(1_000));
    awaitFailure(gateway);
    refuse("INSERT");
    allow("UPDATE");
    assertThat(
            gateway
                .leases
                .holdLater("request", gateway.demands(caller("a"), 900))
                .get(60, TimeUnit.SECONDS))
        .isInstanceOf(BudgetDecision.Refused.class);
    gateway.later.addAndGet(TimeUnit.SECONDS.toNanos(31)); // it is renewed
    LocalLease lease = gateway.leases.leases().values().iterator().next();
    BudgetContract.until("what the database has", () -> lease.available() > 5_000);
    assertThat(gateway.leases.hold("early", gateway.demands(caller("a"), 5_000)))
        .isNotInstanceOf(BudgetDecision.Held.class);
    allow("INSERT");
    awaitWorking(gateway);
    assertThat(gateway.call(caller("a"), 5_000, 0)).isFalse();
    assertThat(gateway.call(caller("a"), 900, 0)).isTrue();
  }
}
