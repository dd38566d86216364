package dev.serai.core.offpolicy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.features.TaskCluster;
import dev.serai.core.offpolicy.PastCall.Result;
import dev.serai.core.offpolicy.PolicyReplay.Figures;
import dev.serai.core.offpolicy.PolicyReplay.Report;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.PolicyFeatures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * A world in which a is good at code and b at chat, and both were drawn by weight. What another
 * policy would have reached is known exactly here.
 */
class PolicyReplayTest {
  private static final Candidate A = new Candidate("a", "m");
  private static final Candidate B = new Candidate("b", "m");
  private static final Candidate NEVER = new Candidate("c", "m");

  private final Random random = new Random(17);

  @Test
  void theIntervalsOfAllEstimatorsHaveTheTruth() {
    int[] covered = new int[Estimator.values().length];
    for (int world = 0; world < 100; world++) {
      Report report = PolicyReplay.run(calls(800), byTask());
      assertThat(report.concludes()).isTrue();
      Figures answered = figures(report, "answered");
      for (Estimator estimator : Estimator.values()) {
        Estimate estimate = answered.by(estimator);
        covered[estimator.ordinal()] += estimate.low() <= 0.9 && 0.9 <= estimate.high() ? 1 : 0;
      }
    }
    for (int count : covered) {
      assertThat(count).as("of 100 intervals with a confidence of 95 %").isGreaterThan(88);
    }
  }

  @Test
  void costAndLatencyAreThoseOfTheCandidatesThatThePolicyChooses() {
    Report report = PolicyReplay.run(calls(4_000), always(Map.of(B, 1.0)));
    Estimate cost = figures(report, "cost_usd").by(Estimator.DOUBLY_ROBUST);
    assertThat(cost.value()).isBetween(0.019, 0.021);
    assertThat(figures(report, "cost_usd").past().value()).isBetween(0.011, 0.014);
    assertThat(figures(report, "latency_ms").by(Estimator.SNIPS).value()).isBetween(190.0, 210.0);
    assertThat(report.figures()).extracting(Figures::name).doesNotContain("score");
  }

  @Test
  void callsWithoutAPropensityAndOfOtherModelsAreCountedAndNotUsed() {
    List<PastCall> calls = new ArrayList<>(calls(300));
    PastCall one = calls.getFirst();
    calls.add(
        new PastCall("fast", "t", 0, one.features(), A, OptionalDouble.empty(), one.result()));
    calls.add(new PastCall("other", "t", 0, one.features(), A, OptionalDouble.of(1), one.result()));
    Report report = PolicyReplay.run(calls, byTask());
    assertThat(report.calls()).isEqualTo(302);
    assertThat(report.unknown()).isEqualTo(1);
    assertThat(report.others()).isEqualTo(1);
    assertThat(report.usable()).isEqualTo(300);
  }

  @Test
  void tooFewInformativeCallsAllowNoConclusion() {
    assertThat(PolicyReplay.run(calls(60), byTask()).concludes()).isFalse();
    assertThat(PolicyReplay.run(List.of(), byTask()).concludes()).isFalse();
  }

  @Test
  void aCandidateThatWasNeverChosenAllowsNoConclusionHoweverManyCallsThereAre() {
    Report report = PolicyReplay.run(calls(2_000), always(Map.of(A, 0.8, NEVER, 0.2)));
    assertThat(report.unseen()).isBetween(0.199, 0.201);
    assertThat(report.effective()).isGreaterThan(PolicyReplay.MIN_EFFECTIVE);
    assertThat(report.concludes()).isFalse();
  }

  private static Figures figures(Report report, String name) {
    return report.figures().stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** A with a probability of three quarters; each answers 90 % of its own kind, and 50 % else. */
  private List<PastCall> calls(int count) {
    List<PastCall> calls = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      TaskCluster task = random.nextBoolean() ? TaskCluster.CODE : TaskCluster.CHAT;
      boolean a = random.nextInt(4) < 3;
      boolean own = a == (task == TaskCluster.CODE);
      Result result =
          new Result(
              random.nextDouble() < (own ? 0.9 : 0.5),
              OptionalDouble.of(a ? 0.01 : 0.02),
              a ? 100 : 200,
              OptionalDouble.empty());
      calls.add(
          new PastCall(
              "fast",
              "t",
              i,
              Optional.of(new PolicyFeatures(task.label(), 10, 1, Set.of())),
              a ? A : B,
              OptionalDouble.of(a ? 0.75 : 0.25),
              result));
    }
    return calls;
  }

  /** Each kind of work to the candidate that is good at it. */
  private static PolicyReplay.Policy byTask() {
    return new Fixed() {
      @Override
      public Map<Candidate, Double> chances(PastCall call) {
        if (!call.model().equals("fast")) {
          return Map.of();
        }
        boolean code = call.features().orElseThrow().task().equals("code");
        return Map.of(code ? A : B, 1.0);
      }
    };
  }

  private static PolicyReplay.Policy always(Map<Candidate, Double> chances) {
    return new Fixed() {
      @Override
      public Map<Candidate, Double> chances(PastCall call) {
        return chances;
      }
    };
  }

  /** A policy that learns nothing. */
  private abstract static class Fixed implements PolicyReplay.Policy {
    @Override
    public void learn(PastCall call) {}

    @Override
    public double reward(PastCall call) {
      return call.result().answered() ? 1 : 0;
    }
  }
}
