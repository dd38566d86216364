package dev.serai.memory.budgets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.budget.Budget;
import dev.serai.core.budget.BudgetDecision;
import dev.serai.core.budget.BudgetPeriod;
import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.chat.Usage;
import dev.serai.memory.database.Database;
import dev.serai.memory.ledger.CallFixtures;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Budgets whose gateways have clocks that differ or jump, on every database. */
abstract class ClockContract extends BudgetContract {
  /** By its clock, each gateway's leases look expired to the other, or valid for an hour more. */
  @Test
  void gatewaysWhoseClocksDifferNeverEndEachOthersLeases() throws Exception {
    Budget budget = budget(1_000_000, BudgetPeriod.MONTH);
    TestGateway ahead = gateway(budget, "a");
    ahead.now.addAndGet(Duration.ofHours(1).toMillis());
    gateways.add(ahead.started());
    TestGateway behind = start(budget, "b");
    race(List.of(ahead, behind), 16, 300, budget);
  }

  @Test
  void clocksThatJumpWhileCallsRunOverspendNothing() throws Exception {
    Budget budget = budget(1_000_000, BudgetPeriod.MONTH);
    TestGateway one = start(budget, "a");
    TestGateway other = start(budget, "b");
    AtomicInteger calls = new AtomicInteger();
    long hour = Duration.ofHours(1).toMillis();
    jumping =
        () -> {
          int count = calls.incrementAndGet();
          if (count % 100 == 0) {
            one.now.addAndGet(count % 200 == 0 ? hour : -hour);
          }
          if (count % 130 == 0) {
            other.now.addAndGet(count % 260 == 0 ? -hour : hour);
          }
        };
    race(List.of(one, other), 16, 300, budget);
  }

  /** What one gateway needs and the other leases is returned whatever their clocks say. */
  @ParameterizedTest
  @ValueSource(longs = {-3600, 3600})
  void aGatewayGetsWhatOneWithAnotherClockDoesNotUse(long seconds) throws Exception {
    Budget budget = budget(100_000, BudgetPeriod.MONTH);
    TestGateway one = gateway(budget, "a");
    one.now.addAndGet(Duration.ofSeconds(seconds).toMillis());
    gateways.add(one.started());
    assertThat(one.call(caller, 60_000, 10)).isTrue();
    until("the row", () -> one.leases.holding() == 0);
    TestGateway other = start(budget, "b");
    until("a lease", () -> other.call(caller, 99_000, 1));
  }

  /** Also by a year, as after a battery of a clock has failed. */
  @ParameterizedTest
  @ValueSource(longs = {1, -1, 24 * 365, -24 * 365})
  void aClockThatJumpsAndComesBackLeavesNothingStuck(long hours) throws Exception {
    Budget budget = budget(100_000, BudgetPeriod.TOTAL);
    TestGateway gateway = start(budget, "a");
    assertThat(gateway.call(caller, 1_000, 100)).isTrue();
    for (long jump : List.of(hours, -hours)) {
      gateway.now.addAndGet(Duration.ofHours(jump).toMillis());
      assertThat(gateway.call(caller, 1_000, 100)).isTrue();
      gateway.later.addAndGet(Duration.ofMinutes(2).toNanos());
      until("a renewal", () -> gateway.call(caller, 1_000, 100));
    }
    until("rows", () -> gateway.leases.holding() == 0);
    assertThat(gateway.call(caller, 99_000, 100)).isTrue();
  }

  /** A suspended machine: its ticker stands still, and others have ended its leases meanwhile. */
  @Test
  void afterAMachineWasSuspendedNoCallIsPaidFromALeaseThatOthersHaveEnded() throws Exception {
    Budget budget = budget(100_000, BudgetPeriod.TOTAL);
    TestGateway suspended = start(budget, "a");
    assertThat(suspended.call(caller, 20_000, 10)).isTrue();
    until("the row", () -> suspended.leases.holding() == 0);
    LocalLease lease = suspended.leases.leases().values().iterator().next();
    until("the refill", () -> lease.available() > 40_000);
    endLeases(suspended);
    TestGateway other = start(budget, "b");
    assertThat(other.call(caller, 99_900, 99_900)).isTrue();
    until("the row", () -> other.leases.holding() == 0);
    assertThat(lease.available()).as("it does not know yet").isGreaterThan(40_000);
    suspended.now.addAndGet(Duration.ofHours(1).toMillis());
    assertThat(suspended.call(caller, 20_000, 10)).isFalse();
  }

  private void endLeases(TestGateway of) throws SQLException {
    try (Connection connection = new Database(url(), folder).connect()) {
      connection.setAutoCommit(false);
      LeaseRows.endAll(connection, of.ledger.journalName());
      connection.commit();
    }
  }

  /** A call that waits for its provider over midnight is of the day in which it was admitted. */
  @Test
  void aCallOverTheEndOfADayIsChargedToTheDayThatHeldIt() throws Exception {
    Budget budget = budget(1_000, BudgetPeriod.DAY);
    TestGateway gateway = start(budget, "a");
    Call late = gateway.begun();
    assertThat(gateway.hold(late, caller, 900)).isInstanceOf(BudgetDecision.Held.class);
    gateway.now.addAndGet(Duration.ofHours(14).toMillis());
    Call early = gateway.begun();
    assertThat(gateway.hold(early, caller, 900)).isInstanceOf(BudgetDecision.Held.class);
    respond(gateway, late);
    respond(gateway, early);
    until("rows", () -> gateway.leases.holding() == 0);
    assertThat(gateway.leases.states(budget).getFirst().spentNanoUsd()).isEqualTo(900);
    gateway.now.set(CallFixtures.NOW);
    assertThat(gateway.leases.states(budget).getFirst().spentNanoUsd()).isEqualTo(900);
  }

  /** Such a day begins within an hour of UTC, and the ledger keeps sums of whole hours. */
  @ParameterizedTest
  @CsvSource({
    "Asia/Kolkata, DAY, 2026-11-21T18:30:00Z",
    "Asia/Kathmandu, MONTH, 2026-12-31T18:15:00Z",
    "Australia/Lord_Howe, DAY, 2026-10-03T13:30:00Z",
    "America/Santiago, DAY, 2026-09-06T04:00:00Z",
    "Pacific/Apia, DAY, 2011-12-30T10:00:00Z",
    "UTC, MONTH, 2028-03-01T00:00:00Z"
  })
  void callsRightBeforeAndAfterMidnightCountInTheirOwnWindows(
      String zone, BudgetPeriod period, Instant midnight) throws Exception {
    Budget budget = budget(1_000, period, ZoneId.of(zone));
    TestGateway gateway = gateway(budget, "a");
    gateway.now.set(midnight.toEpochMilli() - 1);
    gateways.add(gateway.started());
    assertThat(gateway.call(caller, 900, 900)).isTrue();
    until("the row", () -> gateway.leases.holding() == 0);
    assertThat(gateway.call(caller, 900, 900)).isFalse();

    gateway.now.set(midnight.toEpochMilli());
    assertThat(gateway.call(caller, 800, 700)).isTrue();
    until("the row", () -> gateway.leases.holding() == 0);
    assertThat(spent(gateway, budget)).isEqualTo(700);
    gateway.now.set(midnight.toEpochMilli() - 1);
    assertThat(spent(gateway, budget)).isEqualTo(900);
  }

  private static void respond(TestGateway gateway, Call call) {
    call.beginAttempt(CallFixtures.GPT);
    call.recordToken();
    call.current().recordUsage(Usage.of(900, 0));
    call.end(Outcome.ANSWERED, Optional.empty());
    gateway.ledger.settled(call);
  }
}
