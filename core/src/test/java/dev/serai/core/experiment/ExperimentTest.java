package dev.serai.core.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.serai.core.caller.Caller;
import dev.serai.core.caller.Identity;
import dev.serai.core.experiment.Experiment.Status;
import dev.serai.core.experiment.Experiment.Unit;
import dev.serai.core.experiment.assigned.AssignedModel;
import dev.serai.core.experiment.assigned.Assignment;
import dev.serai.core.problem.CallerProblem;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExperimentTest {
  private static final int UNITS = 20_000;

  private static Experiment experiment(Unit unit, int... weights) {
    List<Variant> variants =
        IntStream.range(0, weights.length)
            .mapToObj(i -> new Variant("v" + i, "m" + i, weights[i]))
            .toList();
    return new Experiment("exp-1", "shop", "fast", unit, Status.RUNNING, variants);
  }

  private static String name(Experiment experiment, String session) {
    return experiment.variant(new Caller("shop", "key", session, ""), "r").name();
  }

  private static double share(Experiment experiment, String variant) {
    int found = 0;
    for (int i = 0; i < UNITS; i++) {
      found += name(experiment, "s" + i).equals(variant) ? 1 : 0;
    }
    return (double) found / UNITS;
  }

  @Test
  void everyVariantHasItsShareOfTheUnits() {
    Experiment three = experiment(Unit.SESSION, 60, 30, 10);
    assertThat(share(three, "v0")).isCloseTo(0.6, within(0.015));
    assertThat(share(three, "v1")).isCloseTo(0.3, within(0.015));
    assertThat(share(three, "v2")).isCloseTo(0.1, within(0.015));
    assertThat(share(experiment(Unit.SESSION, 0, 5), "v0")).isZero();
  }

  @Test
  void aChangeOfAWeightMovesOnlyUnitsToOrFromThatVariant() {
    Experiment before = experiment(Unit.SESSION, 50, 30, 20);
    Experiment after = experiment(Unit.SESSION, 50, 30, 40);
    int moved = 0;
    for (int i = 0; i < UNITS; i++) {
      String was = name(before, "s" + i);
      String is = name(after, "s" + i);
      if (!was.equals(is)) {
        moved++;
        assertThat(is).isEqualTo("v2");
      }
    }
    // from 20 of 100 to 40 of 120
    assertThat((double) moved / UNITS).isCloseTo(1.0 / 3 - 0.2, within(0.015));
  }

  @Test
  void anAssignmentIsTheSameInEveryVersionOfSerai() {
    Experiment half = experiment(Unit.SESSION, 1, 1);
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < 16; i++) {
      names.append(name(half, "s" + i).charAt(1));
    }
    assertThat(names).hasToString("1010000010011001");
  }

  @Test
  void twoExperimentsDivideUnitsIndependently() {
    Experiment one = experiment(Unit.SESSION, 1, 1);
    Experiment other = one.withId("exp-2");
    int same = 0;
    for (int i = 0; i < UNITS; i++) {
      same += name(one, "s" + i).equals(name(other, "s" + i)) ? 1 : 0;
    }
    assertThat((double) same / UNITS).isCloseTo(0.5, within(0.015));
  }

  @Test
  void theUnitIsTheFirstThatIsKnownOfSessionUserKeyAndCall() {
    Caller full = new Caller(Identity.recorded("shop", "web", "ann", "k"), "s", "", Set.of());
    Caller unnamed = new Caller(Identity.recorded("shop", "web", "ann", "k"), "", "", Set.of());
    Caller bare = new Caller("shop", "k", "", "");
    assertThat(Unit.SESSION.of(full, "r")).isEqualTo("session s");
    assertThat(Unit.SESSION.of(unnamed, "r")).isEqualTo("user ann");
    assertThat(Unit.SESSION.of(bare, "r")).isEqualTo("key k");
    assertThat(Unit.USER.of(full, "r")).isEqualTo("user ann");
    assertThat(Unit.USER.of(bare, "r")).isEqualTo("key k");
    assertThat(Unit.KEY.of(full, "r")).isEqualTo("key k");
    assertThat(Unit.SESSION.of(Caller.ANONYMOUS, "r")).isEqualTo("call r");
  }

  @Test
  void onlyWeightsChangeOnceItHasBegun() {
    Experiment running = experiment(Unit.SESSION, 1, 1);
    List<Variant> heavier = List.of(new Variant("v0", "m0", 3), new Variant("v1", "m1", 1));
    assertThat(change(Optional.empty(), Optional.of(heavier)).change(running).variants())
        .isEqualTo(heavier);
    assertThat(change(Optional.of(Status.STOPPED), Optional.empty()).change(running).status())
        .isEqualTo(Status.STOPPED);

    List<Variant> others = List.of(new Variant("v0", "m0", 1), new Variant("v1", "other", 1));
    for (ExperimentRequest refused :
        List.of(
            change(Optional.empty(), Optional.of(others)),
            change(Optional.empty(), Optional.of(heavier.reversed())),
            change(Optional.of(Status.DRAFT), Optional.empty()))) {
      assertThatThrownBy(() -> refused.change(running))
          .isInstanceOfSatisfying(
              CallerProblem.class, why -> assertThat(why.code()).isEqualTo("experiment_begun"));
    }
    Experiment draft =
        new Experiment("exp-1", "shop", "fast", Unit.SESSION, Status.DRAFT, running.variants());
    assertThat(change(Optional.empty(), Optional.of(others)).change(draft).variants())
        .isEqualTo(others);
  }

  @Test
  void aVariantStaysAShadowOrAChallengerOnceTheExperimentHasBegun() {
    Variant now = new Variant("now", "m0", 1);
    Variant shadow = new Variant("new", "m1", 0, 5);
    Variant challenger = new Variant("new", "m1", 0);
    Experiment copied =
        new Experiment("exp-1", "shop", "fast", Unit.SESSION, Status.RUNNING, List.of(now, shadow));
    Experiment divided =
        new Experiment(
            "exp-1", "shop", "fast", Unit.SESSION, Status.STOPPED, List.of(now, challenger));
    for (Experiment begun : List.of(copied, divided)) {
      Variant other = begun == copied ? challenger : shadow;
      assertThatThrownBy(
              () -> change(Optional.empty(), Optional.of(List.of(now, other))).change(begun))
          .isInstanceOfSatisfying(
              CallerProblem.class, why -> assertThat(why.code()).isEqualTo("experiment_begun"));
    }
    List<Variant> more = List.of(now, new Variant("new", "m1", 0, 50));
    assertThat(change(Optional.empty(), Optional.of(more)).change(copied).variants())
        .isEqualTo(more);
  }

  private static ExperimentRequest change(
      Optional<Status> status, Optional<List<Variant>> variants) {
    return new ExperimentRequest(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        status,
        variants,
        Optional.empty());
  }

  @Test
  void aPromotedVariantIsTheChampionWithTheHigherWeightInANewRound() {
    Experiment before = experiment(Unit.SESSION, 90, 5, 10);
    Experiment after = before.promoted("v2", 77);
    assertThat(after.variants())
        .containsExactly(
            new Variant("v2", "m2", 90), new Variant("v1", "m1", 5), new Variant("v0", "m0", 10));
    assertThat(after.rounds()).isEqualTo(new Rounds(false, 2, 77));
    assertThat(after.assigned(after.champion()).assignment().challenger()).isFalse();
    assertThat(share(after, "v2")).isCloseTo(90 / 105.0, within(0.015));
    assertThat(experiment(Unit.SESSION, 10, 90).promoted("v1", 77).champion().weight())
        .isEqualTo(90);
  }

  @Test
  void aShadowVariantGetsCopiesOfItsShareOfTheCallsAndNoCalls() {
    Experiment experiment =
        new Experiment(
            "exp-1",
            "shop",
            "fast",
            Unit.SESSION,
            Status.RUNNING,
            List.of(new Variant("v0", "m0", 1), new Variant("v1", "m1", 0, 25)));
    int copied = 0;
    for (int i = 0; i < UNITS; i++) {
      copied += experiment.shadows("call-" + i).size();
    }
    assertThat((double) copied / UNITS).isCloseTo(0.25, within(0.015));
    assertThat(share(experiment, "v1")).isZero();
    assertThat(experiment(Unit.SESSION, 1, 1).shadows("call-1")).isEmpty();
  }

  @Test
  void theProbabilitiesOfAWrongDecisionInAllRoundsAddUpToTheTotal() {
    double sum = 0;
    for (int round = 1; round < 100_000; round++) {
      sum += new Rounds(true, round, 0).share(0.05);
    }
    assertThat(sum).isLessThan(0.05).isCloseTo(0.05, within(0.0001));
    assertThat(Rounds.MANUAL.share(0.05)).isEqualTo(0.05);
  }

  @Test
  void onlyRunningExperimentsOfTheTenantAndTheModelAreFound() {
    ExperimentSnapshot snapshot = new ExperimentSnapshot();
    Experiment running = experiment(Unit.SESSION, 1, 1);
    Experiment stopped =
        new Experiment("exp-2", "shop", "slow", Unit.SESSION, Status.STOPPED, running.variants());
    snapshot.replace(List.of(running, stopped));
    assertThat(snapshot.find("shop", "fast")).contains(running);
    assertThat(snapshot.find("mill", "fast")).isEmpty();
    assertThat(snapshot.find("shop", "slow")).isEmpty();
  }

  @Test
  void everyVariantButTheFirstIsAChallenger() {
    Experiment experiment = experiment(Unit.SESSION, 1, 1);
    assertThat(experiment.assigned(experiment.variants().getFirst()))
        .isEqualTo(new AssignedModel(new Assignment("exp-1", "v0", false), "m0", false));
    assertThat(experiment.assigned(experiment.variants().getLast()))
        .isEqualTo(new AssignedModel(new Assignment("exp-1", "v1", true), "m1", false));
  }
}
