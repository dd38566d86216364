package dev.serai.memory.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.call.Call;
import dev.serai.core.caller.Caller;
import dev.serai.core.chat.Usage;
import dev.serai.core.experiment.Experiment;
import dev.serai.core.experiment.Experiment.Status;
import dev.serai.core.experiment.Experiment.Unit;
import dev.serai.core.experiment.Rounds;
import dev.serai.core.experiment.assigned.AssignedModel;
import dev.serai.core.experiment.assigned.Assignment;
import dev.serai.core.experiment.result.ObservedCall;
import dev.serai.core.experiment.result.ObservedCall.Kind;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.routing.Decision;
import dev.serai.core.routing.Plan;
import dev.serai.core.routing.PolicyFeatures;
import dev.serai.core.usage.Dimension;
import dev.serai.core.usage.RecordedDecision;
import dev.serai.core.usage.UsageQuery;
import dev.serai.core.usage.UsageRecord;
import dev.serai.core.usage.UsageTotals;
import dev.serai.memory.database.Database;
import dev.serai.memory.database.Sql;
import dev.serai.memory.experiments.ObservedCalls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which rows a call has and by which IDs they are found, on every database. */
abstract class LedgerRowsContract extends LedgerContract {
  /** A process that is killed leaves its folder as it is, and its lock is free. */
  @Test
  void aCallThatAKillInterruptedIsRecordedOnceByTheNextProcess() throws Exception {
    Path state = Files.createDirectories(folder.resolve("killed"));
    Caller caller = new Caller("killed", "", "", "");
    String ended = CallFixtures.id(CallFixtures.NOW);
    String running = CallFixtures.id(CallFixtures.NOW);
    Ledger killed = open(CallFixtures.NOW, state);
    assertThat(killed.of("any")).as("it has its files").isEmpty();
    for (String id : List.of(running, ended)) {
      Call call = CallFixtures.begun(id, "m");
      call.setCaller(caller);
      killed.admitted(call);
    }
    settle(killed, CallFixtures.answered(ended, Usage.of(1, 1)), caller);
    assertThat(killed.of(ended)).hasSize(1);
    Path list = state.resolve("journal/running-calls");
    byte[] left = Files.readAllBytes(list);
    killed.close();
    Files.write(list, left);

    for (int start = 0; start < 2; start++) {
      try (Ledger next = open(CallFixtures.NOW, state)) {
        assertThat(next.of(running))
            .extracting(UsageRecord::problem)
            .containsExactly(Optional.of("interrupted"));
        assertThat(next.of(ended)).as("ended before, and not noted yet").hasSize(1);
        assertThat(next.of(ended).getFirst().outcome()).isEqualTo(Call.Outcome.ANSWERED);
      }
    }
    UsageTotals totals = totals("killed").getFirst();
    assertThat(totals.requests()).as("in sums too").isEqualTo(2);
    assertThat(totals.failed()).isEqualTo(1);
  }

  @Test
  void aCallIsFoundByTheIdOfItsClientTheNewestFirst() {
    String given = "theirs:" + CallFixtures.id(0);
    String older = CallFixtures.id(CallFixtures.NOW);
    String newer = CallFixtures.id(CallFixtures.NOW + 1);
    for (String id : List.of(newer, older)) {
      Call call = CallFixtures.failedOver(id, Usage.of(1, 1));
      call.setClientHeaders(new HeaderFields().add("x-request-id", given));
      ledger.settled(call);
    }

    assertThat(ledger.of(given))
        .hasSize(2)
        .allMatch(row -> row.requestId().equals(newer))
        .allMatch(row -> row.clientRequestId().equals(given));
    assertThat(ledger.of(older)).allMatch(row -> row.requestId().equals(older));
    assertThat(ledger.of("")).isEmpty();
  }

  @Test
  void theDecisionIsReadWithTheFirstRowAndHasTheFeaturesOfTheRequest() {
    String id = CallFixtures.id(CallFixtures.NOW);
    Caller caller = new Caller("deciding", "", "", "code");
    Decision byWeight = CallFixtures.decision("priority", Optional.empty(), 0.25);
    settle(CallFixtures.decided(id, byWeight), caller);
    settle(CallFixtures.failedOver(CallFixtures.id(CallFixtures.NOW), Usage.of(1, 1)), caller);

    RecordedDecision kept = ledger.of(id).getFirst().decision().orElseThrow();

    assertThat(kept.strategy()).isEqualTo("priority");
    assertThat(kept.source()).isEqualTo("alias");
    assertThat(kept.choice()).isEqualTo("primary");
    assertThat(kept.candidates()).containsExactly(CallFixtures.GPT, CallFixtures.CLAUDE);
    assertThat(kept.propensity()).hasValue(0.25);
    PolicyFeatures features = kept.features().orElseThrow();
    assertThat(features.task()).as("as the caller says").isEqualTo("code");
    assertThat(features.promptTokens()).isPositive();
    assertThat(features.turns()).isEqualTo(1);
    List<UsageRecord> rows =
        ledger.rows(
            new UsageQuery(0, Long.MAX_VALUE, Map.of(Dimension.TENANT, "deciding"), List.of(), 10));
    assertThat(rows).hasSize(3);
    assertThat(rows).filteredOn(row -> row.decision().isPresent()).hasSize(1);
  }

  @Test
  void theVariantOfACallInAnExperimentIsInItsFirstRow() {
    for (boolean challenger : List.of(true, false)) {
      Assignment assignment = new Assignment("exp-1", "b", challenger);
      String id = CallFixtures.id(CallFixtures.NOW);
      settle(
          CallFixtures.planned(
              id, new Plan("fast", List.of(CallFixtures.GPT), "named").of(assignment)),
          new Caller("trying", "", "", ""));
      RecordedDecision kept = ledger.of(id).getFirst().decision().orElseThrow();
      assertThat(kept.assignment()).contains(assignment);
      assertThat(kept.propensity()).isEmpty();
    }
  }

  @Test
  void theCallsOfAnExperimentAreReadFromTheLedger() throws Exception {
    Plan plan =
        new Plan("fast", List.of(CallFixtures.GPT), "named").of(new Assignment("exp-2", "b", true));
    String id = CallFixtures.id(CallFixtures.NOW);
    settle(CallFixtures.planned(id, plan), new Caller("observed", "k", "s", ""));
    assertThat(ledger.of(id)).hasSize(1);
    try (Connection connection = new Database(url(), folder).connect()) {
      experiment(connection, "observed", CallFixtures.NOW);
      assertThat(ObservedCalls.of(connection, observed("exp-2", CallFixtures.NOW), Kind.CALLS, 10))
          .singleElement()
          .satisfies(
              call -> {
                assertThat(call.requestId()).isEqualTo(id);
                assertThat(call.caller()).isEqualTo(new Caller("observed", "k", "s", ""));
                assertThat(call.variant()).isEqualTo("b");
                assertThat(call.answered()).isTrue();
                assertThat(call.score()).isEmpty();
              });
      assertThat(
              ObservedCalls.of(connection, observed("exp-2", CallFixtures.NOW + 1), Kind.CALLS, 10))
          .as("of a round that begins later")
          .isEmpty();
      assertThat(ObservedCalls.of(connection, observed("exp-2", 0), Kind.CALLS, 0)).isEmpty();
      assertThat(ObservedCalls.of(connection, observed("", 0), Kind.CALLS, 10)).isEmpty();
      experiment(connection, "another", CallFixtures.NOW);
      assertThat(ObservedCalls.of(connection, observed("exp-2", CallFixtures.NOW), Kind.CALLS, 10))
          .as("calls of another tenant")
          .isEmpty();
      experiment(connection, "observed", CallFixtures.NOW + 1);
      assertThat(ObservedCalls.of(connection, observed("exp-2", CallFixtures.NOW), Kind.CALLS, 10))
          .as("calls of an earlier one")
          .isEmpty();
    }
  }

  @Test
  void copiesOfCallsAreReadApartFromCalls() throws Exception {
    Assignment shadow = new Assignment("exp-2", "new", true);
    Plan plan = new Plan("fast", List.of(CallFixtures.GPT), "named");
    List<String> copies =
        List.of(CallFixtures.id(CallFixtures.NOW), CallFixtures.id(CallFixtures.NOW));
    for (String id : copies) {
      Call copy = CallFixtures.planned(id, plan.of(shadow));
      copy.assign(new AssignedModel(shadow, "fast", true));
      settle(copy, new Caller("copied", "k", "s", ""));
    }
    String id = CallFixtures.id(CallFixtures.NOW);
    settle(
        CallFixtures.planned(id, plan.of(new Assignment("exp-2", "now", false))),
        new Caller("copied", "k", "s", ""));
    assertThat(ledger.of(id)).hasSize(1);
    try (Connection connection = new Database(url(), folder).connect()) {
      experiment(connection, "copied", CallFixtures.NOW);
      Experiment experiment = observed("exp-2", CallFixtures.NOW);
      assertThat(ObservedCalls.of(connection, experiment, Kind.CALLS, 1))
          .as("older copies leave room for it")
          .extracting(ObservedCall::requestId)
          .containsExactly(id);
      assertThat(ObservedCalls.of(connection, experiment, Kind.COPIES, 10))
          .extracting(ObservedCall::requestId)
          .containsExactlyElementsOf(copies);
    }
  }

  @Test
  void copiesAreSeenByThoseWhoReadAllUsageAndNeverCountAsCalls() {
    Assignment shadow = new Assignment("exp-3", "new", true);
    Plan plan = new Plan("fast", List.of(CallFixtures.GPT), "named");
    String copied = CallFixtures.id(CallFixtures.NOW);
    Call copy = CallFixtures.planned(copied, plan.of(shadow));
    copy.assign(new AssignedModel(shadow, "fast", true));
    settle(copy, new Caller("apart", "k", "s", "copying"));
    settle(answered(5), new Caller("apart", "k", "s", ""));

    assertThat(ledger.of(copied, Optional.of("apart"))).isEmpty();
    assertThat(ledger.of(copied)).hasSize(1);
    assertThat(ledger.rows(ofApart(false))).hasSize(1);
    assertThat(ledger.rows(ofApart(true))).hasSize(2);
    List<Dimension> kinds = List.of(Dimension.TENANT, Dimension.KEY, Dimension.TAG, Dimension.HOUR);
    for (Dimension by : kinds) { // from sums by day and by hour, and from rows
      assertThat(ledger.totals(ofApart(false, by)))
          .as(by.name())
          .singleElement()
          .satisfies(sum -> assertThat(sum.requests()).isOne())
          .satisfies(sum -> assertThat(sum.attempts()).isOne())
          .satisfies(sum -> assertThat(sum.undeliveredNanoUsd()).isZero());
      assertThat(ledger.totals(ofApart(true, by)))
          .as(by.name())
          .singleElement()
          .satisfies(sum -> assertThat(sum.requests()).isOne())
          .satisfies(sum -> assertThat(sum.attempts()).isEqualTo(2));
    }
    List<UsageQuery> summary = List.of(ofApart(false), ofApart(false, Dimension.TASK_TYPE));
    assertThat(ledger.totals(summary).getFirst().getFirst().attempts()).isOne();
    assertThat(ledger.totals(summary).getLast()).as("without its task type").hasSize(1);
    assertThat(ledger.totals(ofApart(true, Dimension.TASK_TYPE)))
        .extracting(UsageTotals::requests)
        .containsExactlyInAnyOrder(0L, 1L);
  }

  private static UsageQuery ofApart(boolean copies, Dimension... by) {
    Map<Dimension, String> filters = Map.of(Dimension.TENANT, "apart");
    return new UsageQuery(0, Long.MAX_VALUE, filters, List.of(by), 10, copies);
  }

  private static Experiment observed(String id, long sinceMillis) {
    Rounds rounds = new Rounds(true, 1, sinceMillis);
    return new Experiment(id, "t", "m", Unit.SESSION, Status.RUNNING, List.of(), rounds);
  }

  /** The experiment that the calls have named, as it is now. */
  private static void experiment(Connection connection, String tenant, long created)
      throws SQLException {
    Sql.run(connection, "DELETE FROM experiment WHERE id = 'exp-2'");
    Sql.run(
        connection,
        "INSERT INTO experiment (id, tenant, model, unit, status, variants, created_ms, updated_ms)"
            + " VALUES ('exp-2', ?, 'm', 'USER', 'RUNNING', '', ?, 0)",
        tenant,
        created);
  }

  @Test
  void nothingIsHeldOfACallThatIsStoredOrSetAside() throws Exception {
    ByteLimit memory = new ByteLimit(1_000);
    Decision byWeight = CallFixtures.decision("priority", Optional.empty(), 0.5);
    Path state = Files.createDirectories(folder.resolve("holding"));
    try (Ledger holding = open(CallFixtures.NOW, state, memory)) {
      String stored = CallFixtures.id(CallFixtures.NOW);
      Usage unpayable = Usage.of(CallFixtures.UNPAYABLE, 0);
      holding.settled(CallFixtures.decided(CallFixtures.id(CallFixtures.NOW), byWeight, unpayable));
      holding.settled(CallFixtures.decided(stored, byWeight));
      assertThat(holding.of(stored)).hasSize(1);
      assertThat(holding.setAside()).isEqualTo(1);
      assertThat(memory.taken()).isZero();
    }
  }

  @Test
  void usageIsGroupedAndFilteredByTeamUserAndTag() {
    settle(answered(100), CallFixtures.caller("people", Set.of("production"), Set.of("a", "A")));
    settle(answered(20), CallFixtures.caller("people", Set.of("production"), Set.of()));
    settle(answered(3), new Caller("people", "k", "", ""));

    assertThat(inputs(totals("people", Dimension.TEAM))).containsExactly(3L, 120L);
    assertThat(inputs(totals("people", Dimension.USER))).containsExactly(3L, 120L);
    List<UsageTotals> tags = totals("people", Dimension.TAG);
    assertThat(tags)
        .extracting(UsageTotals::group)
        .containsExactly(List.of(""), List.of("A"), List.of("a"), List.of("production"));
    assertThat(inputs(tags)).containsExactly(3L, 100L, 100L, 120L);
    assertThat(inputs(totals("people", Dimension.TEAM, Dimension.TAG)))
        .containsExactly(3L, 100L, 100L, 120L);

    assertThat(rowsOf(Dimension.TEAM, "web")).isEqualTo(2);
    assertThat(rowsOf(Dimension.USER, "ann")).isEqualTo(2);
    assertThat(rowsOf(Dimension.TAG, "a")).isEqualTo(1);
    assertThat(rowsOf(Dimension.TAG, "prod")).isZero();
    assertThat(rowsOf(Dimension.TAG, "PRODUCTION")).as("case counts").isZero();
    assertThat(rowsOf(Dimension.TAG, "")).as("without tags").isEqualTo(1);
  }

  private static Call answered(long input) {
    return CallFixtures.answered(CallFixtures.id(CallFixtures.NOW), Usage.of(input, 0));
  }

  private static List<Long> inputs(List<UsageTotals> totals) {
    return totals.stream().map(total -> total.usage().input()).toList();
  }

  /** The number of rows of the tenant people, and the same of sums. */
  private long rowsOf(Dimension only, String value) {
    Map<Dimension, String> filters = Map.of(Dimension.TENANT, "people", only, value);
    UsageQuery query = new UsageQuery(0, Long.MAX_VALUE, filters, List.of(), 100);
    List<UsageRecord> rows = ledger.rows(query);
    assertThat(ledger.totals(query).getFirst().attempts()).isEqualTo(rows.size());
    return rows.size();
  }
}
