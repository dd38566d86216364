package dev.serai.memory.budgets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.budget.Budget;
import dev.serai.core.budget.BudgetDecision;
import dev.serai.core.budget.BudgetDemand;
import dev.serai.core.budget.BudgetPeriod;
import dev.serai.core.budget.BudgetScope;
import dev.serai.core.call.Call;
import dev.serai.core.caller.Caller;
import dev.serai.core.caller.Identity;
import dev.serai.core.usage.UsageRecord;
import dev.serai.memory.database.Database;
import dev.serai.memory.database.Sql;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The contract of budgets and accounts that come, change and go while gateways run, on every
 * database. Every test has a tenant of its own.
 */
abstract class BudgetChangesContract {
  private static final AtomicInteger COUNT = new AtomicInteger();

  @TempDir Path folder;

  private final List<TestGateway> gateways = new ArrayList<>();
  private String tenant = "";

  abstract String url();

  @BeforeEach
  final void begin() throws SQLException {
    new Database(url(), folder).connect().close();
    tenant = "changing-" + COUNT.incrementAndGet();
  }

  @AfterEach
  final void end() {
    gateways.forEach(TestGateway::close);
  }

  final TestGateway start(Budget budget, String name) throws Exception {
    TestGateway gateway =
        new TestGateway(url(), Files.createDirectories(folder.resolve(name)), budget);
    gateways.add(gateway);
    return gateway.started();
  }

  /** The database may have stored rows without confirming it; then they come again. */
  @Test
  void rowsWhoseCommitIsNotConfirmedAreChargedOnce() throws Exception {
    Budget budget = budget(BudgetScope.TENANT, Optional.of(tenant), 100_000);
    TestGateway gateway = start(budget, "a");
    Caller caller = new Caller(tenant, "key", "", "");
    assertThat(gateway.call(caller, 20_000, 1_000)).isTrue();
    BudgetContract.until("the row", () -> gateway.leases.holding() == 0);
    LocalLease lease = gateway.leases.leases().values().iterator().next();
    BudgetContract.until("the refill", () -> lease.available() > 40_000);
    AlertWatch watch = new AlertWatch();
    gateway.leases.report(watch);
    try (Connection connection = new Database(url(), folder).connect()) {
      connection.setAutoCommit(false);
      String id = requestId(connection);
      connection.rollback();
      List<UsageRecord> rows = gateway.ledger.of(id, Optional.empty());
      assertThatThrownBy(() -> gateway.leases.store(connection, rows, () -> lose(connection)))
          .isInstanceOf(SQLException.class);
      long before = leased(connection);
      connection.rollback();
      gateway.leases.store(connection, rows, connection::commit);
      assertThat(leased(connection)).isEqualTo(before);
      assertThat(lease.available()).isEqualTo(before);
      assertThat(watch.due(0)).singleElement().returns(1_000L, AlertWatch.Watched::cost);
    }
  }

  @Test
  void rowsThatAreSetAsideAreNotWaitedFor() throws Exception {
    TestGateway gateway = start(budget(BudgetScope.TENANT, Optional.of(tenant), 100_000), "a");
    assertThat(gateway.call(new Caller(tenant, "key", "", ""), 20_000, 1_000)).isTrue();
    BudgetContract.until("the row", () -> gateway.leases.holding() == 0);
    try (Connection connection = new Database(url(), folder).connect()) {
      List<UsageRecord> rows = gateway.ledger.of(requestId(connection), Optional.empty());
      UnconfirmedRows unconfirmed = new UnconfirmedRows();
      unconfirmed.add(rows);
      assertThat(unconfirmed.absent(connection, rows)).isEmpty();
      unconfirmed.forget("another");
      assertThat(unconfirmed.absent(connection, rows)).isEmpty();
      unconfirmed.forget(rows.getFirst().requestId());
      assertThat(unconfirmed.absent(connection, rows)).isEqualTo(rows);
    }
  }

  private String requestId(Connection connection) throws SQLException {
    return Sql.text(connection, "SELECT request_id FROM usage_attempt WHERE tenant = ?", tenant)
        .orElseThrow();
  }

  /** Commits without a confirmation. */
  private static void lose(Connection connection) throws SQLException {
    connection.commit();
    throw new SQLException("the connection was lost", "08006");
  }

  private long leased(Connection connection) throws SQLException {
    return Long.parseLong(
        Sql.text(
                connection,
                "SELECT CAST(SUM(nano_usd) AS VARCHAR(20)) FROM budget_lease WHERE budget = ?",
                "budget of " + tenant)
            .orElseThrow());
  }

  final Budget budget(BudgetScope scope, Optional<String> value, long limit) {
    return new Budget(
        "budget of " + tenant,
        scope,
        value,
        Optional.empty(),
        BudgetPeriod.MONTH,
        ZoneOffset.UTC,
        limit,
        false,
        Optional.empty());
  }

  private static Caller caller(String tenant, String tag) {
    return new Caller(Identity.recorded(tenant, "", "", "key"), "", "", Set.of(tag));
  }

  final Caller caller(String key) {
    return new Caller(tenant, key, "", "");
  }

  static BudgetDecision ask(TestGateway gateway, Caller caller) {
    return gateway.leases.hold("request", gateway.demands(caller, 10));
  }

  /** The next process knows only the ledger, and must add up the rows of the scope. */
  @ParameterizedTest
  @EnumSource(BudgetScope.class)
  void aBudgetOfEveryScopeRefusesWhatExceedsItAlsoInTheNextProcess(BudgetScope scope)
      throws Exception {
    Budget budget =
        new Budget(
            "budget of " + tenant,
            scope,
            Optional.empty(),
            Optional.of(tenant),
            BudgetPeriod.MONTH,
            ZoneOffset.UTC,
            1_000,
            false,
            Optional.empty());
    Caller one =
        new Caller(Identity.recorded(tenant, "team", "user", "key"), "", "", Set.of("tag"));
    TestGateway gateway = start(budget, "a");
    assertThat(gateway.call(one, 900, 900)).isTrue();
    BudgetContract.until("the row", () -> gateway.leases.holding() == 0);
    assertThat(gateway.call(one, 200, 1)).isFalse();
    gateways.remove(gateway);
    gateway.close();

    TestGateway next = start(budget, "b");
    assertThat(next.call(one, 200, 1)).isFalse();
    assertThat(next.call(one, 50, 1)).isTrue();
    Caller other =
        new Caller(Identity.recorded(tenant, "team-2", "user-2", "key-2"), "", "", Set.of("tag-2"));
    boolean shared = Set.of(BudgetScope.ALL, BudgetScope.TENANT, BudgetScope.MODEL).contains(scope);
    assertThat(next.call(other, 200, 1)).as("another caller").isEqualTo(!shared);
  }

  /** A caller that names a new tag with every call would take the room of all others. */
  @Test
  void aTenantThatNamesNewTagsWithoutEndIsRefusedAndOthersAreNot() throws Exception {
    TestGateway gateway = start(budget(BudgetScope.TAG, Optional.empty(), 1_000), "a");
    assertThat(gateway.call(caller(tenant, "first"), 100, 100)).isTrue();
    BudgetContract.until("the row", () -> gateway.leases.holding() == 0);
    for (int i = 1; i < TenantAccounts.MAX; i++) {
      assertThat(ask(gateway, caller(tenant, "tag-" + i)))
          .isInstanceOf(BudgetDecision.Unknown.class);
    }
    BudgetDecision.Refused refused =
        (BudgetDecision.Refused) ask(gateway, caller(tenant, "one-more"));
    assertThat(refused.problem().status()).isEqualTo(429);
    assertThat(refused.problem().code()).isEqualTo("too_many_tags");
    assertThat(refused.problem().message()).contains(tenant, "1000 tags", "Use fewer tags");
    assertThat(gateway.call(caller(tenant, "first"), 100, 100)).as("a known tag").isTrue();
    assertThat(gateway.call(caller(tenant + "-other", "one-more"), 100, 100)).isTrue();
  }

  @Test
  void tagsThatAreNotUsedAreForgottenWithTheirRowsAndTheirCostStays() throws Exception {
    Budget budget = budget(BudgetScope.TAG, Optional.empty(), 1_000);
    TestGateway gateway = start(budget, "a");
    assertThat(gateway.call(caller(tenant, tenant), 700, 700)).isTrue();
    BudgetContract.until("the row", () -> gateway.leases.holding() == 0);
    for (int i = 0; i < TenantAccounts.MAX; i++) {
      ask(gateway, caller(tenant, "tag-" + i));
    }
    BudgetContract.until(
        "forgotten",
        () -> {
          gateway.later.addAndGet(TimeUnit.SECONDS.toNanos(31));
          return gateway.leases.leases().isEmpty();
        });
    assertThat(rows("budget_account", budget)).isZero();
    assertThat(rows("budget_lease", budget)).isZero();
    assertThat(gateway.call(caller(tenant, tenant), 700, 700)).as("its cost").isFalse();
    assertThat(ask(gateway, caller(tenant, "one-more"))).isInstanceOf(BudgetDecision.Unknown.class);
  }

  final Budget ofTenant(long limit) {
    return budget(BudgetScope.TENANT, Optional.of(tenant), limit);
  }

  @Test
  void aBudgetThatIsStoredWhileTheGatewayRunsLimitsTheNextCall() throws Exception {
    TestGateway gateway =
        new TestGateway(url(), Files.createDirectories(folder.resolve("a")), ofTenant(1_000));
    gateways.add(gateway);
    gateway.leases.define(List.of());
    gateway.started();
    assertThat(gateway.leases.budgets().isEmpty()).isTrue();
    gateway.store(ofTenant(1_000));
    Caller caller = new Caller(tenant, "key", "", "");
    assertThat(gateway.call(caller, 1_001, 1)).isFalse();
    assertThat(gateway.call(caller, 1_000, 900)).isTrue();
    BudgetContract.until("the row", () -> gateway.leases.holding() == 0);
    assertThat(gateway.call(caller, 200, 200)).isFalse();
  }

  @Test
  void aLimitThatIsLoweredAndRaisedCountsForTheNextCalls() throws Exception {
    TestGateway gateway = start(ofTenant(100_000), "a");
    Caller caller = new Caller(tenant, "key", "", "");
    assertThat(gateway.call(caller, 5_000, 100)).isTrue();
    BudgetContract.until("the row", () -> gateway.leases.holding() == 0);
    gateway.store(ofTenant(1_000));
    BudgetContract.until("the lower limit", () -> !gateway.call(caller, 2_000, 0));
    assertThat(gateway.call(caller, 900, 900)).isTrue();
    BudgetContract.until("the row", () -> gateway.leases.holding() == 0);
    assertThat(gateway.call(caller, 1, 1)).isFalse();
    gateway.store(ofTenant(10_000));
    BudgetContract.until("the higher limit", () -> gateway.call(caller, 9_000, 1));
  }

  @Test
  void aBudgetThatIsRemovedLimitsNothingAndKeepsNoLease() throws Exception {
    Budget budget = ofTenant(1_000);
    TestGateway gateway = start(budget, "a");
    Caller caller = new Caller(tenant, "key", "", "");
    assertThat(gateway.call(caller, 500, 10)).isTrue();
    BudgetContract.until("the row", () -> gateway.leases.holding() == 0);
    gateway.leases.define(List.of());
    gateway.leases.replaceStored(List.of(), List.of());
    assertThat(gateway.leases.budgets().of(caller)).isEmpty();
    BudgetContract.until(
        "no lease",
        () -> {
          gateway.later.addAndGet(TimeUnit.SECONDS.toNanos(31));
          return gateway.leases.leases().isEmpty();
        });
    assertThat(rows("budget_lease", budget)).isZero();
  }

  /** A call may have read the budgets before they changed, and open the account after that. */
  @Test
  void anAccountThatIsOpenedWithAnOutdatedBudgetIsLeasedByThatOfNow() throws Exception {
    Budget before = budget(BudgetScope.KEY, Optional.empty(), 100_000);
    TestGateway gateway = start(before, "a");
    List<BudgetDemand> outdated = gateway.demands(caller("second"), 5_000);
    gateway.store(budget(BudgetScope.KEY, Optional.empty(), 1_000));
    assertThat(gateway.call(caller("first"), 2_000, 0)).as("the change has arrived").isFalse();
    assertThat(gateway.leases.holdLater("request", outdated).get(60, TimeUnit.SECONDS))
        .isInstanceOf(BudgetDecision.Refused.class);
  }

  /** On the first day of a month, its windows of a day and of a month begin at the same time. */
  @Test
  void windowsThatBeginAtTheSameTimeHaveLeasesOfTheirOwn() throws Exception {
    Budget budget = periodOf(ofTenant(1_000), BudgetPeriod.DAY);
    TestGateway one = start(budget, "a");
    TestGateway other = start(budget, "b");
    long first = Instant.parse("2026-12-01T10:00:00Z").toEpochMilli();
    one.now.set(first);
    other.now.set(first);
    assertThat(one.call(caller("key"), 5, 5)).isTrue();
    BudgetContract.until("the row", () -> one.leases.holding() == 0);
    Budget month = periodOf(budget, BudgetPeriod.MONTH);
    one.store(month);
    other.store(month);
    assertThat(one.hold(one.begun(), caller("key"), 900)).isInstanceOf(BudgetDecision.Held.class);
    for (int i = 1; i <= 3; i++) {
      awaitRenewal(one, budget, first + i * 1_000L);
    }
    assertThat(other.hold(other.begun(), caller("key"), 200))
        .isInstanceOf(BudgetDecision.Refused.class);
  }

  private static Budget periodOf(Budget budget, BudgetPeriod period) {
    return new Budget(
        budget.id(),
        budget.scope(),
        budget.value(),
        budget.tenant(),
        period,
        budget.zone(),
        budget.limitNanoUsd(),
        false,
        Optional.empty());
  }

  private void awaitRenewal(TestGateway gateway, Budget budget, long nowMillis) {
    gateway.now.set(nowMillis);
    gateway.later.addAndGet(TimeUnit.SECONDS.toNanos(31));
    BudgetContract.until(
        "the renewal", () -> newestExpiry(budget) == nowMillis + LeaseThread.LIFETIME.toMillis());
  }

  private long newestExpiry(Budget budget) {
    return number("SELECT MAX(expires_ms) FROM budget_lease WHERE budget = ?", budget);
  }

  private int rows(String table, Budget budget) {
    return Math.toIntExact(number("SELECT COUNT(*) FROM " + table + " WHERE budget = ?", budget));
  }

  private long number(String sql, Budget budget) {
    try (Connection connection = new Database(url(), folder).connect();
        PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, budget.id());
      try (ResultSet found = query.executeQuery()) {
        assertThat(found.next()).isTrue();
        return found.getLong(1);
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void thatNothingIsHeldAnyMoreIsKnownElsewhereBeforeTheNextRenewal() throws Exception {
    Budget budget = budget(BudgetScope.TENANT, Optional.of(tenant), 100_000);
    TestGateway one = start(budget, "a");
    Call running = one.begun();
    assertThat(one.hold(running, new Caller(tenant, "key", "", ""), 50_000))
        .isInstanceOf(BudgetDecision.Held.class);
    TestGateway other = start(budget, "b");
    one.later.addAndGet(TimeUnit.SECONDS.toNanos(31));
    BudgetContract.until("a renewal", () -> held(other, budget) == 50_000);

    List<String> renewed = renewals(budget);
    running.end(Call.Outcome.FAILED, Optional.empty());
    one.ledger.settled(running);
    BudgetContract.until("nothing is held", () -> held(other, budget) == 0);
    assertThat(renewals(budget)).isEqualTo(renewed);
  }

  private static long held(TestGateway seenBy, Budget budget) {
    return seenBy.leases.states(budget).getFirst().heldNanoUsd();
  }

  /** The numbers of the last renewals. */
  private List<String> renewals(Budget budget) throws SQLException {
    try (Connection connection = new Database(url(), folder).connect()) {
      return Sql.texts(
          connection,
          "SELECT expires_ms FROM budget_lease WHERE budget = ? ORDER BY owner",
          budget.id());
    }
  }
}
