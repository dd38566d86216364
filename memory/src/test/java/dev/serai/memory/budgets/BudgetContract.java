package dev.serai.memory.budgets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.budget.Budget;
import dev.serai.core.budget.BudgetAccount;
import dev.serai.core.budget.BudgetDecision;
import dev.serai.core.budget.BudgetPeriod;
import dev.serai.core.budget.BudgetScope;
import dev.serai.core.budget.BudgetState;
import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.caller.Caller;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.Usage;
import dev.serai.core.usage.UsageRecord;
import dev.serai.memory.database.Database;
import dev.serai.memory.ledger.CallFixtures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of budgets on every database. Every test has a budget and a tenant of its own. */
abstract class BudgetContract {
  private static final AtomicInteger COUNT = new AtomicInteger();

  @TempDir Path folder;

  final List<TestGateway> gateways = new ArrayList<>();
  Caller caller;

  /** Runs before every call of a race. */
  Runnable jumping = () -> {};

  /** The database, which gateways in several folders share. */
  abstract String url();

  @BeforeEach
  final void begin() throws SQLException {
    new Database(url(), folder).connect().close();
    caller = new Caller("tenant-" + COUNT.incrementAndGet(), "key", "", "");
  }

  @AfterEach
  final void end() {
    gateways.forEach(TestGateway::close);
  }

  final TestGateway start(Budget budget, String name) throws Exception {
    TestGateway gateway = gateway(budget, name);
    gateways.add(gateway);
    return gateway.started();
  }

  final TestGateway gateway(Budget budget, String name) throws Exception {
    return new TestGateway(url(), Files.createDirectories(folder.resolve(name)), budget);
  }

  final Budget budget(long limit, BudgetPeriod period) {
    return budget(limit, period, ZoneId.of("Europe/Berlin"));
  }

  final Budget budget(long limit, BudgetPeriod period, ZoneId zone) {
    return new Budget(
        "budget of " + caller.tenant(),
        BudgetScope.TENANT,
        Optional.of(caller.tenant()),
        Optional.empty(),
        period,
        zone,
        limit,
        false,
        Optional.empty());
  }

  static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long for: " + what).isLessThan(end);
      LockSupport.parkNanos(5_000_000);
    }
  }

  private static BudgetState state(TestGateway gateway, Budget budget) {
    return gateway.leases.states(budget).getFirst();
  }

  final long spent(TestGateway gateway, Budget budget) {
    return state(gateway, budget).spentNanoUsd();
  }

  @Test
  void aThousandThreadsThatRaceOneBudgetNeverOvershoot() throws Exception {
    Budget budget = budget(1_000_000, BudgetPeriod.MONTH);
    TestGateway gateway = start(budget, "a");
    race(List.of(gateway), 1_000, 6, budget);
  }

  /** Bifrost#3547: caps for each replica. */
  @Test
  void twoGatewaysShareOneBudgetAndTheirSumNeverExceedsIt() throws Exception {
    Budget budget = budget(1_000_000, BudgetPeriod.MONTH);
    TestGateway one = start(budget, "a");
    TestGateway other = start(budget, "b");
    race(List.of(one, other), 40, 150, budget);
  }

  /** Calls cost up to what they hold; together they could spend twice the limit. */
  final void race(List<TestGateway> racing, int threads, int calls, Budget budget)
      throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger allowed = new AtomicInteger();
    try (ExecutorService callers = Executors.newFixedThreadPool(threads + 1)) {
      Future<Long> highest = callers.submit(() -> watch(over, budget));
      try {
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
          TestGateway gateway = racing.get(i % racing.size());
          all.add(callers.submit(() -> spend(gateway, calls, allowed)));
        }
        for (Future<?> each : all) {
          each.get(120, TimeUnit.SECONDS);
        }
        racing.forEach(gateway -> until("rows", () -> gateway.leases.holding() == 0));
      } finally {
        over.set(true); // or the pool never ends
      }
      assertThat(highest.get(60, TimeUnit.SECONDS)).isLessThanOrEqualTo(budget.limitNanoUsd());
    }
    assertThat(allowed.get()).isLessThan(threads * calls);
    // A fast race is over before a gateway has the rest that another one has leased.
    until(
        "nothing is left unused",
        () -> {
          racing.forEach(gateway -> spend(gateway, 10, allowed));
          return spent(racing.getFirst(), budget) > budget.limitNanoUsd() * 9 / 10;
        });
    racing.forEach(gateway -> until("rows", () -> gateway.leases.holding() == 0));
    assertThat(spent(racing.getFirst(), budget)).isLessThanOrEqualTo(budget.limitNanoUsd());
  }

  private void spend(TestGateway gateway, int calls, AtomicInteger allowed) {
    for (int i = 0; i < calls; i++) {
      long cost = ThreadLocalRandom.current().nextLong(100, 500);
      jumping.run();
      if (gateway.call(caller, 500, cost)) {
        allowed.incrementAndGet();
      }
    }
  }

  /** The highest sum of costs and leases that was ever seen, each as of one moment. */
  private long watch(AtomicBoolean over, Budget budget) throws SQLException {
    String sql =
        "SELECT (SELECT COALESCE(SUM(cost_nano_usd), 0) FROM usage_attempt WHERE tenant = '"
            + caller.tenant()
            + "') + (SELECT COALESCE(SUM(nano_usd), 0) FROM budget_lease WHERE budget = '"
            + budget.id()
            + "')";
    long highest = 0;
    try (Connection connection = new Database(url(), folder).connect()) {
      while (!over.get()) {
        try (ResultSet sum = connection.createStatement().executeQuery(sql)) {
          assertThat(sum.next()).isTrue();
          highest = Math.max(highest, sum.getLong(1));
        }
        LockSupport.parkNanos(2_000_000);
      }
    }
    return highest;
  }

  /** Phantom holds: LiteLLM#40050. Streams never counted: LiteLLM#41610. */
  @Test
  void cancelledStreamsAreChargedAndLeaveNoHold() throws Exception {
    Budget budget = budget(1_000_000_000, BudgetPeriod.MONTH);
    TestGateway gateway = start(budget, "a");
    int streams = 10_000;
    for (int i = 0; i < streams; i++) {
      Call call = gateway.begun();
      assertThat(gateway.hold(call, caller, 1_000)).isInstanceOf(BudgetDecision.Held.class);
      call.beginAttempt(CallFixtures.GPT);
      call.markStreaming();
      call.observe(new ChatEvent.TextDelta(0, "word "));
      call.observe(new ChatEvent.UsageReported(Usage.of(3, 1)));
      call.end(Outcome.CANCELLED, Optional.empty());
      gateway.ledger.settled(call);
    }
    until("rows", () -> gateway.leases.holding() == 0);
    BudgetState state = state(gateway, budget);
    assertThat(state.heldNanoUsd()).isZero();
    assertThat(state.spentNanoUsd()).isEqualTo(4L * streams);
  }

  /** LiteLLM#27639: 429 although nothing was spent. */
  @Test
  void aBudgetWithNothingSpentRefusesNothingThatFits() throws Exception {
    Budget budget = budget(1_000, BudgetPeriod.DAY);
    TestGateway gateway = start(budget, "a");
    assertThat(gateway.call(caller, 1_000, 0)).isTrue();
    until("the row", () -> gateway.leases.holding() == 0);
    assertThat(gateway.call(caller, 1_001, 1)).isFalse();
    assertThat(gateway.call(caller, 1_000, 1_000)).isTrue();
    until("the row", () -> gateway.leases.holding() == 0);
    assertThat(gateway.call(caller, 1, 1)).isFalse();
  }

  @Test
  void aRefusalSaysWhichBudgetAndWhenItBeginsAgain() throws Exception {
    Budget budget = budget(1_000, BudgetPeriod.DAY);
    TestGateway gateway = start(budget, "a");
    gateway.call(caller, 1_000, 1_000);
    until("the row", () -> gateway.leases.holding() == 0);
    BudgetDecision.Refused refused =
        (BudgetDecision.Refused) gateway.hold(gateway.begun(), caller, 10);
    assertThat(refused.problem().status()).isEqualTo(429);
    assertThat(refused.problem().code()).isEqualTo("insufficient_quota");
    assertThat(refused.problem().type()).isEqualTo("insufficient_quota");
    assertThat(refused.problem().message())
        .contains(budget.id(), "tenant " + caller.tenant(), "0.000001 USD a day")
        .contains("0.000001 USD are spent", "0.00000001 USD", "2026-11-22T00:00:00+01:00");
    long seconds = refused.problem().retryAfter().orElseThrow().toSeconds();
    assertThat(seconds).isEqualTo(Duration.ofHours(13).plusMinutes(30).toSeconds());
  }

  /** LiteLLM#29576, #39726: a counter that a reset leaves behind. */
  @Test
  void aNewWindowBeginsWithTheWholeLimitAndTheOldOneKeepsItsCost() throws Exception {
    Budget budget = budget(1_000, BudgetPeriod.DAY);
    TestGateway gateway = start(budget, "a");
    assertThat(gateway.call(caller, 900, 900)).isTrue();
    until("the row", () -> gateway.leases.holding() == 0);
    assertThat(gateway.call(caller, 900, 900)).isFalse();
    gateway.now.addAndGet(Duration.ofHours(13).plusMinutes(31).toMillis());
    assertThat(gateway.call(caller, 900, 900)).isTrue();
    until("the row", () -> gateway.leases.holding() == 0);
    assertThat(spent(gateway, budget)).isEqualTo(900);
    assertThat(gateway.call(caller, 900, 900)).isFalse();
  }

  @Test
  void whatCallsCostLessThanTheyHeldIsAvailableAgain() throws Exception {
    Budget budget = budget(10_000, BudgetPeriod.TOTAL);
    TestGateway gateway = start(budget, "a");
    for (int i = 0; i < 90; i++) {
      assertThat(gateway.call(caller, 1_000, 100)).as("call " + i).isTrue();
      if (i > 75) { // little is left: the next call needs what this one has given back
        until("the row of call " + i, () -> gateway.leases.holding() == 0);
      }
    }
    until("rows", () -> gateway.leases.holding() == 0);
    assertThat(spent(gateway, budget)).isEqualTo(9_000);
  }

  /** A call that ends without a row in the ledger must not hold anything for ever. */
  @Test
  void aCallThatFailsBeforeAnAttemptGivesItsHoldBack() throws Exception {
    Budget budget = budget(1_000, BudgetPeriod.TOTAL);
    TestGateway gateway = start(budget, "a");
    for (int i = 0; i < 20; i++) {
      Call call = gateway.begun();
      assertThat(gateway.hold(call, caller, 1_000)).isInstanceOf(BudgetDecision.Held.class);
      call.end(Outcome.FAILED, Optional.empty());
      gateway.ledger.settled(call);
    }
    until("rows", () -> gateway.leases.holding() == 0);
    assertThat(spent(gateway, budget)).isZero();
  }

  /** A process that ends without ending its calls: the next one charges what they sent. */
  @Test
  void theNextProcessChargesInterruptedCallsAndKeepsNoHold() throws Exception {
    Budget budget = budget(1_000_000, BudgetPeriod.MONTH);
    TestGateway killed = gateway(budget, "a").started();
    List<Call> running = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Call call = killed.begun();
      assertThat(killed.hold(call, caller, 10_000)).isInstanceOf(BudgetDecision.Held.class);
      killed.ledger.held(call);
      running.add(call);
    }
    killed.ledger.close();
    TestGateway next = start(budget, "a");
    until("the journal", next.ledger::leftIsStored);
    UsageRecord row = next.ledger.of(running.getFirst().requestId()).getFirst();
    assertThat(row.problem()).contains("interrupted");
    assertThat(row.estimated()).isTrue();
    assertThat(row.costNanoUsd()).hasValue(row.usage().input());
    assertThat(next.call(caller, 10_000, 100)).isTrue();
    until("the row", () -> next.leases.holding() == 0);
    BudgetState state = state(next, budget);
    assertThat(state.heldNanoUsd()).isZero();
    assertThat(state.spentNanoUsd()).isEqualTo(50 * row.usage().input() + 100);
    killed.leases.close();
  }

  /** What a gateway does not use is given to one that needs it. */
  @Test
  void aGatewayGetsWhatAnotherLeasesAndDoesNotUse() throws Exception {
    Budget budget = budget(100_000, BudgetPeriod.MONTH);
    TestGateway one = start(budget, "a");
    assertThat(one.call(caller, 60_000, 10)).isTrue();
    until("the row", () -> one.leases.holding() == 0);
    TestGateway other = start(budget, "b");
    until("a lease", () -> other.call(caller, 99_000, 1));
  }

  /** What others hold for running calls looks unused until they renew their leases. */
  @Test
  void aBudgetThatOthersHoldMakesFewCallsWaitBeforeTheyAreRefused() throws Exception {
    Budget budget = budget(100_000, BudgetPeriod.MONTH);
    TestGateway other = start(budget, "a");
    Call running = other.begun();
    assertThat(other.hold(running, caller, 99_000)).isInstanceOf(BudgetDecision.Held.class);
    TestGateway one = start(budget, "b");
    for (int i = 0; i < 300; i++) {
      assertThat(one.call(caller, 50_000, 1)).isFalse();
    }
    assertThat(one.waited.get()).isLessThan(100);
    running.end(Outcome.FAILED, Optional.empty());
    other.ledger.settled(running);
  }

  /** A gateway that never comes back: its lease counts until it was not renewed for a while. */
  @Test
  void theLeaseOfADeadGatewayIsAvailableAfterAWhile() throws Exception {
    Budget budget = budget(100_000, BudgetPeriod.TOTAL);
    lease(budget, "dead", 90_000, CallFixtures.NOW);
    TestGateway gateway = start(budget, "a");
    assertThat(gateway.call(caller, 50_000, 1)).isFalse();
    gateway.later.addAndGet(LeaseThread.SILENCE.minusSeconds(60).toNanos());
    assertThat(gateway.call(caller, 50_000, 1)).as("it may come back").isFalse();
    gateway.later.addAndGet(Duration.ofSeconds(61).toNanos());
    until("the end", () -> gateway.call(caller, 50_000, 1));
  }

  private void lease(Budget budget, String owner, long amount, long millis) throws SQLException {
    try (Connection connection = new Database(url(), folder).connect()) {
      connection.setAutoCommit(false);
      BudgetAccount account = budget.onlyAccount(millis).orElseThrow();
      LeaseRows.lock(connection, account);
      LeaseRows.add(connection, account, new LeaseRows.Addition(owner, amount, millis));
      connection.commit();
    }
  }

  /** Every day and key would leave a row of each table for ever. */
  @Test
  void theRowsOfPastWindowsAreDeletedAndThoseOfTheCurrentOneStay() throws Exception {
    Budget budget = budget(100_000, BudgetPeriod.DAY);
    lease(budget, "another", 10, CallFixtures.NOW - Duration.ofDays(3).toMillis());
    TestGateway gateway = start(budget, "a");
    assertThat(gateway.call(caller, 50_000, 1)).isTrue();
    assertThat(rows("budget_lease", budget)).isEqualTo(2);
    gateway.later.addAndGet(LeaseThread.SILENCE.plusHours(1).toNanos());
    until("the end of the lease", () -> rows("budget_lease", budget) == 1);
    gateway.later.addAndGet(Duration.ofHours(1).toNanos());
    until("the end of the account", () -> rows("budget_account", budget) == 1);
    assertThat(gateway.call(caller, 50_000, 1)).isTrue();
  }

  private int rows(String table, Budget budget) {
    String sql = "SELECT COUNT(*) FROM " + table + " WHERE budget = ?";
    try (Connection connection = new Database(url(), folder).connect();
        PreparedStatement count = connection.prepareStatement(sql)) {
      count.setString(1, budget.id());
      try (ResultSet found = count.executeQuery()) {
        assertThat(found.next()).isTrue();
        return found.getInt(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
