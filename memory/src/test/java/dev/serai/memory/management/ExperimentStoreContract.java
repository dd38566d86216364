package dev.serai.memory.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.experiment.Experiment;
import dev.serai.core.experiment.Experiment.Status;
import dev.serai.core.experiment.Experiment.Unit;
import dev.serai.core.experiment.ExperimentStore;
import dev.serai.core.experiment.Rounds;
import dev.serai.core.experiment.Variant;
import dev.serai.core.experiment.result.ObservedCall;
import dev.serai.core.keys.KeyQuery;
import dev.serai.core.problem.CallerProblem;
import dev.serai.memory.database.Database;
import dev.serai.memory.database.Sql;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Experiments that are stored, on every database, with two gateways on one database. */
abstract class ExperimentStoreContract extends LastKeyContract {
  private final String tenant = "t" + UUID.randomUUID();

  private static ExperimentStore of(Opened gateway) {
    return gateway.store().experiments();
  }

  private Experiment experiment(String model, Status status) {
    return new Experiment(
        "",
        tenant,
        model,
        Unit.USER,
        status,
        List.of(
            new Variant("a", "p/m 1", 90),
            new Variant("b", "p/m\\2", 10),
            new Variant("c", "p/c", 0, 5)));
  }

  private static UnaryOperator<Experiment> to(Status status) {
    return one ->
        new Experiment(one.id(), one.tenant(), one.model(), one.unit(), status, one.variants());
  }

  @Test
  void anExperimentIsStoredChangedListedAndDeleted() {
    Experiment one = of(first).create(experiment("fast", Status.DRAFT));
    Experiment other = of(second).create(experiment("slow", Status.DRAFT).withId("e" + tenant));
    assertThat(one.id()).startsWith("exp_");
    assertThat(of(second).find(one.id())).contains(one);
    KeyQuery all = new KeyQuery(Optional.of(tenant), Optional.empty(), 10);
    assertThat(of(first).list(all)).containsExactlyInAnyOrder(one, other);

    Experiment running = to(Status.RUNNING).apply(one);
    assertThat(of(first).change(one.id(), to(Status.RUNNING))).contains(running);
    assertThat(of(second).find(one.id())).contains(running);
    refused("experiment_running", () -> of(second).delete(one.id()));
    of(second).change(one.id(), to(Status.STOPPED));
    assertThat(of(first).delete(one.id())).isTrue();
    assertThat(of(first).delete(one.id())).isFalse();
    assertThat(of(first).change(one.id(), to(Status.RUNNING))).isEmpty();
  }

  @Test
  void oneExperimentRunsForAModelOfATenantAtATime() {
    Experiment one = of(first).create(experiment("fast", Status.RUNNING));
    Experiment draft = of(first).create(experiment("fast", Status.DRAFT));
    refused("experiment_running", () -> of(second).create(experiment("fast", Status.RUNNING)));
    refused("experiment_running", () -> of(second).change(draft.id(), to(Status.RUNNING)));
    assertThat(of(first).find(draft.id()).orElseThrow().status()).isEqualTo(Status.DRAFT);
    of(first).change(one.id(), to(Status.STOPPED));
    assertThat(of(second).change(draft.id(), to(Status.RUNNING))).isPresent();
    refused("experiment_exists", () -> of(first).create(draft));
  }

  @Test
  void aPromotionIsStored() {
    Experiment one = of(first).create(experiment("fast", Status.RUNNING));
    Experiment promoted = one.promoted("b", 1_790_000_000_000L);
    assertThat(of(first).change(one.id(), _ -> promoted)).contains(promoted);
    assertThat(of(second).find(one.id())).contains(promoted);
    Experiment automatic =
        new Experiment(
            "a" + tenant,
            tenant,
            "slow",
            Unit.KEY,
            Status.RUNNING,
            one.variants(),
            new Rounds(true, 1, 0));
    assertThat(of(second).create(automatic)).isEqualTo(automatic);
    assertThat(of(first).find(automatic.id())).contains(automatic);
  }

  @Test
  void anExperimentWithoutCallsHasNone() {
    Experiment one = experiment("fast", Status.RUNNING).withId("e" + tenant);
    assertThat(first.store().observedCalls().of(one, ObservedCall.Kind.CALLS)).isEmpty();
  }

  @Test
  void anIdWhoseCallsAreInTheLedgerIsNotGivenAgain() throws Exception {
    String id = "used" + tenant;
    of(first).create(experiment("fast", Status.STOPPED).withId(id));
    assertThat(of(first).delete(id)).isTrue();
    assertThat(of(second).create(experiment("fast", Status.STOPPED).withId(id)).id())
        .as("it has had no calls")
        .isEqualTo(id);
    assertThat(of(first).delete(id)).isTrue();
    try (Connection connection = new Database(url(), folder).connect()) {
      Sql.run(
          connection,
          "INSERT INTO usage_decision (decision_of, strategy, source, reason, choice, targets,"
              + " candidates, algorithm, kind_of_work, prompt_tokens, turns, traits, experiment)"
              + " VALUES (?, '', '', '', '', 1, '', '', '', 0, 0, '', ?)",
          UUID.randomUUID().toString(),
          id);
    }
    refused(
        "experiment_exists", () -> of(second).create(experiment("fast", Status.DRAFT).withId(id)));
  }

  private static void refused(String code, Runnable change) {
    assertThatThrownBy(change::run)
        .isInstanceOfSatisfying(
            CallerProblem.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(409);
              assertThat(problem.code()).isEqualTo(code);
            });
  }
}
