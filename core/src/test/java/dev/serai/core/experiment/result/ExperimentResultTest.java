package dev.serai.core.experiment.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.caller.Caller;
import dev.serai.core.experiment.Experiment;
import dev.serai.core.experiment.Experiment.Status;
import dev.serai.core.experiment.Experiment.Unit;
import dev.serai.core.experiment.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExperimentResultTest {
  private static final Experiment TWO =
      new Experiment(
          "exp-1",
          "shop",
          "fast",
          Unit.SESSION,
          Status.RUNNING,
          List.of(new Variant("a", "p/a", 1), new Variant("b", "p/b", 1)));

  /** Whether the bounds of two variants with these means ever exclude that they are equal. */
  private static boolean everDiffers(double champion, double challenger, int calls, Random random) {
    ConfidenceSequence a = new ConfidenceSequence(ExperimentResult.ALPHA / 2);
    ConfidenceSequence b = new ConfidenceSequence(ExperimentResult.ALPHA / 2);
    for (int i = 0; i < calls; i++) {
      a.add(random.nextDouble() < champion ? 1 : 0);
      b.add(random.nextDouble() < challenger ? 1 : 0);
      if (b.interval().low() > a.interval().high() || b.interval().high() < a.interval().low()) {
        return true;
      }
    }
    return false;
  }

  @Test
  void equalVariantsSeldomDifferHoweverOftenOneLooks() {
    for (double mean : new double[] {0.5, 0.9}) {
      Random random = new Random(7);
      int alarms = 0;
      for (int run = 0; run < 1_000; run++) {
        alarms += everDiffers(mean, mean, 1_000, random) ? 1 : 0;
      }
      assertThat(alarms / 1_000.0).isLessThanOrEqualTo(ExperimentResult.ALPHA);
    }
  }

  @Test
  void theMeanIsSeldomOutsideOfTheBoundsAtAnyMoment() {
    Random random = new Random(11);
    int wrong = 0;
    for (int run = 0; run < 1_000; run++) {
      ConfidenceSequence sequence = new ConfidenceSequence(0.05);
      boolean outside = false;
      for (int i = 0; i < 1_000; i++) {
        sequence.add(random.nextDouble() < 0.8 ? 1 : 0);
        outside |= sequence.interval().low() > 0.8 || sequence.interval().high() < 0.8;
      }
      wrong += outside ? 1 : 0;
    }
    assertThat(wrong / 1_000.0).isLessThanOrEqualTo(0.05);
  }

  @Test
  void aDifferenceEndsTheExperiment() {
    Random random = new Random(3);
    for (int run = 0; run < 50; run++) {
      assertThat(everDiffers(0.6, 0.9, 1_000, random)).isTrue();
    }
  }

  private static ObservedCall call(int session, String variant, double worth) {
    return new ObservedCall(
        "r" + session,
        new Caller("shop", "k", "s" + session, ""),
        variant,
        worth > 0,
        OptionalDouble.of(worth),
        OptionalLong.of(2_000_000),
        500_000);
  }

  private static ExperimentResult result(double worthOfA, double worthOfB, int units) {
    List<ObservedCall> calls = new ArrayList<>();
    for (int i = 0; i < units; i++) {
      calls.add(call(i, i % 2 == 0 ? "a" : "b", i % 2 == 0 ? worthOfA : worthOfB));
    }
    return new ExperimentResult(TWO, calls);
  }

  @Test
  void theBetterChallengerIsPromotedTheWorseIsNotAndFewCallsDecideNothing() {
    assertThat(result(0.2, 0.9, 400).verdict(0).action()).isEqualTo("promote");
    assertThat(result(0.2, 0.9, 400).verdict(0).variant()).contains("b");
    assertThat(result(0.9, 0.2, 400).verdict(0).action()).isEqualTo("keep");
    assertThat(result(0.9, 0.2, 400).verdict(0).variant()).contains("a");
    assertThat(result(0.2, 0.9, 8).verdict(0).action()).isEqualTo("continue");
    assertThat(new ExperimentResult(TWO, List.of()).verdict(0).action()).isEqualTo("continue");
  }

  @Test
  void manyCallsOfOneSessionDecideNothing() {
    List<ObservedCall> calls = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      calls.add(call(1, "a", 0.1));
      calls.add(call(2, "b", 1));
    }
    ExperimentResult result = new ExperimentResult(TWO, calls);
    assertThat(result.verdict(0).action()).isEqualTo("continue");
    assertThat(result.variants().getLast().calls()).isEqualTo(1_000);
    assertThat(result.variants().getLast().units()).isEqualTo(1);
    assertThat(result.variants().getLast().usd().orElseThrow().mean()).isEqualTo(0.002);
    assertThat(result.variants().getLast().seconds().orElseThrow().mean()).isEqualTo(0.5);
  }

  @Test
  void theBoundsOfAFigureAreWithinWhatIsPossible() {
    List<ObservedCall> calls = new ArrayList<>();
    Caller caller = new Caller("shop", "k", "s", "");
    for (int i = 0; i < 10; i++) {
      boolean rare = i == 0;
      calls.add(
          new ObservedCall(
              "r" + i,
              caller,
              i < 5 ? "a" : "b",
              !rare,
              OptionalDouble.of(rare ? 0 : 1),
              OptionalLong.of(rare ? 2_000_000 : 0),
              rare ? 500_000 : 0));
    }
    VariantResult a = new ExperimentResult(TWO, calls).variants().getFirst();
    assertThat(a.seconds().orElseThrow().low()).isZero();
    assertThat(a.seconds().orElseThrow().high()).isGreaterThan(0.1);
    assertThat(a.usd().orElseThrow().low()).isZero();
    assertThat(a.answered().orElseThrow().high()).isEqualTo(1);
    assertThat(a.score().orElseThrow().high()).isEqualTo(1);
  }
}
