package dev.serai.memory.budgets;

import static dev.serai.memory.budgets.BudgetContract.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.budget.Budget;
import dev.serai.core.budget.BudgetPeriod;
import dev.serai.core.budget.BudgetScope;
import dev.serai.core.budget.alert.AlertReceiver;
import dev.serai.core.caller.Caller;
import dev.serai.core.time.Ticker;
import dev.serai.memory.budgets.BudgetAlerts.Outcome;
import dev.serai.memory.database.Database;
import dev.serai.memory.database.Sql;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of alerts on every database. Every test has a budget and a receiver of its own. */
abstract class AlertContract {
  private static final AtomicInteger COUNT = new AtomicInteger();

  @TempDir Path folder;

  private final List<AutoCloseable> opened = new ArrayList<>();

  /** What the receiver has taken: the ID and the body of each message. */
  private final List<String> ids = new CopyOnWriteArrayList<>();

  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private Caller caller;
  private volatile boolean down;

  /** The database, which gateways in several folders share. */
  abstract String url();

  @BeforeEach
  final void begin() throws SQLException {
    new Database(url(), folder).connect().close();
    caller = new Caller("alerted-" + COUNT.incrementAndGet(), "key", "", "");
  }

  @AfterEach
  final void end() throws Exception {
    for (AutoCloseable one : opened.reversed()) {
      one.close();
    }
  }

  private Budget budget(BudgetPeriod period, boolean hard) {
    return budget(period, hard, Optional.of(caller.tenant()));
  }

  /** A budget of one tenant, or of each. */
  private Budget budget(BudgetPeriod period, boolean hard, Optional<String> tenant) {
    return new Budget(
        "budget of " + caller.tenant(),
        BudgetScope.TENANT,
        tenant,
        Optional.empty(),
        period,
        ZoneId.of("Europe/Berlin"),
        1_000,
        false,
        Optional.empty(),
        hard);
  }

  private TestGateway gateway(Budget budget, String name) throws Exception {
    TestGateway gateway =
        new TestGateway(url(), Files.createDirectories(folder.resolve(name)), budget).started();
    opened.add(gateway);
    return gateway;
  }

  private BudgetAlerts alerts(TestGateway gateway) {
    AlertReceiver receiver =
        new AlertReceiver(caller.tenant(), List.of(80, 95, 100), Set.of(), Set.of());
    BudgetAlerts alerts =
        new BudgetAlerts(
            gateway.leases,
            new BudgetAlerts.Audience(List.of(receiver), this::receive),
            new Database(url(), folder),
            () -> Instant.ofEpochMilli(gateway.now.get()),
            Ticker.SYSTEM,
            BackgroundThreads.unreported());
    opened.add(alerts);
    alerts.start();
    return alerts;
  }

  private CompletableFuture<Optional<String>> receive(String receiver, String id, byte[] body) {
    if (down) {
      return CompletableFuture.completedFuture(Optional.of("the receiver is down"));
    }
    assertThat(receiver).isEqualTo(caller.tenant());
    ids.add(id);
    bodies.add(new String(body, StandardCharsets.UTF_8));
    return CompletableFuture.completedFuture(Optional.empty());
  }

  private void untilTaken(int messages) {
    until(messages + " messages", () -> ids.size() >= messages);
  }

  private long taken(int percent) {
    return bodies.stream().filter(body -> body.contains("\"percent\":" + percent + ",")).count();
  }

  @Test
  void twoGatewaysThatRaceOneBudgetSendEachThresholdOnce() throws Exception {
    Budget budget = budget(BudgetPeriod.MONTH, false);
    List<TestGateway> racing = List.of(gateway(budget, "a"), gateway(budget, "b"));
    List<BudgetAlerts> alerts = racing.stream().map(this::alerts).toList();
    try (ExecutorService callers = Executors.newFixedThreadPool(8)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        TestGateway gateway = racing.get(i % 2);
        all.add(callers.submit(() -> spend(gateway, 30)));
      }
      for (Future<?> each : all) {
        each.get(60, TimeUnit.SECONDS);
      }
    }
    untilTaken(3);
    racing.forEach(gateway -> spend(gateway, 10));
    until("the last call is compared", () -> compared(alerts, 3));
    for (int percent : List.of(80, 95, 100)) {
      assertThat(taken(percent)).as(percent + " %").isOne();
    }
    assertThat(ids).hasSize(3).doesNotHaveDuplicates();
  }

  private void spend(TestGateway gateway, int calls) {
    for (int i = 0; i < calls; i++) {
      gateway.spend(caller, 10);
    }
  }

  private static boolean compared(List<BudgetAlerts> alerts, long sent) {
    return alerts.stream().mapToLong(one -> one.count(Outcome.SENT)).sum() == sent;
  }

  @Test
  void aReceiverThatWasDownGetsEveryMessageOnce() throws Exception {
    down = true;
    TestGateway gateway = gateway(budget(BudgetPeriod.MONTH, false), "a");
    BudgetAlerts alerts = alerts(gateway);
    gateway.spend(caller, 960);
    until("two failures", () -> alerts.count(Outcome.FAILED) >= 2);
    pass(Duration.ofSeconds(2));
    until("two more", () -> alerts.count(Outcome.FAILED) >= 4);
    down = false;
    pass(Duration.ofSeconds(5));
    untilTaken(2);
    until("both are counted", () -> alerts.count(Outcome.SENT) == 2);
    assertThat(taken(80)).isOne();
    assertThat(taken(95)).isOne();
    pass(Duration.ofHours(2));
    gateway.spend(caller, 100);
    untilTaken(3);
    assertThat(taken(100)).isOne();
    assertThat(ids).hasSize(3).doesNotHaveDuplicates();
  }

  @Test
  void aMessageIsNotSentAnyMoreAfterADay() throws Exception {
    down = true;
    TestGateway gateway = gateway(budget(BudgetPeriod.TOTAL, false), "a");
    BudgetAlerts alerts = alerts(gateway);
    gateway.spend(caller, 800);
    until("a failure", () -> alerts.count(Outcome.FAILED) == 1);
    pass(Duration.ofHours(24));
    until("the end", () -> alerts.count(Outcome.GIVEN_UP) == 1);
    down = false;
    pass(Duration.ofHours(24));
    gateway.spend(caller, 150);
    untilTaken(1);
    assertThat(taken(95)).isOne();
    assertThat(ids).hasSize(1);
  }

  /** Lets so much time pass by the clock of the database, for the messages that are stored. */
  private void pass(Duration time) throws SQLException {
    try (Connection connection = new Database(url(), folder).connect()) {
      Sql.run(
          connection,
          "UPDATE budget_alert SET created_ms = created_ms - ?,"
              + " next_ms = CASE WHEN attempts > 0 AND next_ms < ? THEN next_ms - ? ELSE next_ms"
              + " END WHERE receiver = ?",
          time.toMillis(),
          Long.MAX_VALUE,
          time.toMillis(),
          caller.tenant());
    }
  }

  /** Each would take a message that the other is sending for one that is overdue. */
  @Test
  void gatewaysWhoseClocksDifferSendEachMessageOnce() throws Exception {
    Budget budget = budget(BudgetPeriod.TOTAL, false);
    TestGateway ahead = gateway(budget, "a");
    ahead.now.addAndGet(Duration.ofHours(1).toMillis());
    TestGateway behind = gateway(budget, "b");
    List<BudgetAlerts> alerts = List.of(alerts(ahead), alerts(behind));
    down = true;
    ahead.spend(caller, 850);
    until("a failure", () -> failed(alerts) >= 1);
    down = false;
    until("it is sent a second later", () -> compared(alerts, 1));
    behind.spend(caller, 110);
    until("the next one", () -> compared(alerts, 2));
    assertThat(ids).hasSize(2).doesNotHaveDuplicates();
  }

  private static long failed(List<BudgetAlerts> alerts) {
    return alerts.stream().mapToLong(one -> one.count(Outcome.FAILED)).sum();
  }

  @Test
  void aDatabaseWhoseClockIsSetBackDelaysNoMessageForLong() throws Exception {
    down = true;
    TestGateway gateway = gateway(budget(BudgetPeriod.TOTAL, false), "a");
    BudgetAlerts alerts = alerts(gateway);
    gateway.spend(caller, 850);
    until("a failure", () -> alerts.count(Outcome.FAILED) >= 1);
    down = false;
    pass(Duration.ofDays(-400));
    untilTaken(1);
    until("it is counted", () -> alerts.count(Outcome.SENT) == 1);
    assertThat(ids).hasSize(1);
  }

  @Test
  void aNulInTheNameOfATenantCannotBreakAnAlert() throws Exception {
    TestGateway gateway = gateway(budget(BudgetPeriod.MONTH, false, Optional.empty()), "a");
    BudgetAlerts alerts = alerts(gateway);
    gateway.spend(new Caller(caller.tenant() + "\0", "key", "", ""), 850);
    untilTaken(1);
    assertThat(taken(80)).isOne();
    until("it is counted", () -> alerts.count(Outcome.SENT) == 1);
    assertThat(bodies.getFirst()).contains(caller.tenant() + "\uFFFD");
  }

  @Test
  void everyWindowHasItsOwnMessages() throws Exception {
    TestGateway gateway = gateway(budget(BudgetPeriod.DAY, false), "a");
    alerts(gateway);
    gateway.spend(caller, 850);
    untilTaken(1);
    gateway.now.addAndGet(Duration.ofDays(1).toMillis());
    gateway.spend(caller, 10);
    gateway.spend(caller, 790);
    untilTaken(2);
    assertThat(taken(80)).isEqualTo(2);
    assertThat(ids).doesNotHaveDuplicates();
  }

  @Test
  void whatAnEarlierProcessHasSpentIsFoundAtTheStart() throws Exception {
    Budget budget = budget(BudgetPeriod.MONTH, false);
    TestGateway before = gateway(budget, "a");
    before.spend(caller, 850);
    until("the row", () -> spent(before, budget) == 850);
    before.close();
    opened.remove(before);
    alerts(gateway(budget, "a"));
    untilTaken(1);
    assertThat(bodies.getFirst())
        .contains(
            "\"type\":\"budget.threshold_reached\"",
            "\"scope\":\"tenant\"",
            "\"value\":\"" + caller.tenant() + "\"",
            "\"limit\":0.000001,",
            "\"spent\":0.00000085,",
            "\"until\":\"2026-12-01T00:00:00+01:00\"",
            "\"hard\":false");
  }

  private static long spent(TestGateway gateway, Budget budget) {
    return gateway.leases.states(budget).getFirst().spentNanoUsd();
  }

  @Test
  void theFirstRefusalOfAHardBudgetIsAMessageAndALaterOneIsNot() throws Exception {
    TestGateway gateway = gateway(budget(BudgetPeriod.MONTH, true), "a");
    alerts(gateway);
    assertThat(gateway.call(caller, 700, 700)).isTrue();
    until("the row", () -> gateway.leases.holding() == 0);
    assertThat(gateway.call(caller, 1_001, 1)).as("more than the whole budget").isFalse();
    assertThat(gateway.call(caller, 400, 400)).isFalse();
    untilTaken(1);
    assertThat(bodies.getFirst()).contains("\"type\":\"budget.call_refused\"", "\"hard\":true");
    assertThat(gateway.call(caller, 400, 400)).isFalse();
    assertThat(gateway.call(caller, 100, 100)).isTrue();
    untilTaken(2);
    assertThat(taken(80)).isOne();
    assertThat(ids).hasSize(2);
  }

  @Test
  void aLowerLimitReachesThresholdsWithoutAnotherCall() throws Exception {
    Budget budget = budget(BudgetPeriod.MONTH, false);
    TestGateway gateway = gateway(budget, "a");
    alerts(gateway);
    gateway.spend(caller, 500);
    until("the row", () -> spent(gateway, budget) == 500);
    gateway.store(
        new Budget(
            budget.id(),
            budget.scope(),
            budget.value(),
            budget.tenant(),
            budget.period(),
            budget.zone(),
            500,
            false,
            Optional.empty(),
            false));
    untilTaken(3);
    assertThat(ids).hasSize(3).doesNotHaveDuplicates();
  }

  @Test
  void aSoftBudgetForEachValueShowsTheAccountsThatHaveCosts() throws Exception {
    Budget each =
        new Budget(
            "each key of " + caller.tenant(),
            BudgetScope.KEY,
            Optional.empty(),
            Optional.of(caller.tenant()),
            BudgetPeriod.MONTH,
            ZoneId.of("UTC"),
            1_000,
            false,
            Optional.empty(),
            false);
    TestGateway gateway = gateway(each, "a");
    gateway.spend(caller, 1_200);
    until("the account", () -> !gateway.leases.states(each).isEmpty());
    assertThat(spent(gateway, each)).isEqualTo(1_200);
    assertThat(gateway.leases.states(each).getFirst().remaining(1_000)).isZero();
  }
}
