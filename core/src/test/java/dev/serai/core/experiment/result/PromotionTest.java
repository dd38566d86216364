package dev.serai.core.experiment.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.caller.Caller;
import dev.serai.core.experiment.Experiment;
import dev.serai.core.experiment.Experiment.Status;
import dev.serai.core.experiment.Experiment.Unit;
import dev.serai.core.experiment.Rounds;
import dev.serai.core.experiment.Variant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Simulated experiments of one call a second, of which each is a session of its own. */
class PromotionTest {
  private static final Promotion.Rules RULES = new Promotion.Rules(0.02, Duration.ofMinutes(10));
  private static final int LOOK = 2_000;
  private static final Experiment START =
      new Experiment(
          "exp-1",
          "shop",
          "fast",
          Unit.SESSION,
          Status.RUNNING,
          List.of(new Variant("a", "p/a", 70), new Variant("b", "p/b", 30)),
          new Rounds(true, 1, 0));

  /** The champions one after the other, as the success rates of a and b over time lead to them. */
  private static String champions(
      int calls, long seed, IntToDoubleFunction rateOfA, IntToDoubleFunction rateOfB) {
    Random random = new Random(seed);
    Experiment now = START;
    List<ObservedCall> round = new ArrayList<>();
    StringBuilder champions = new StringBuilder(now.champion().name());
    for (int i = 1; i <= calls; i++) {
      Caller caller = new Caller("shop", "k", "s" + i, "");
      String variant = now.variant(caller, "r" + i).name();
      double rate = (variant.equals("a") ? rateOfA : rateOfB).applyAsDouble(i);
      round.add(
          new ObservedCall(
              "r" + i,
              caller,
              variant,
              random.nextDouble() < rate,
              OptionalDouble.empty(),
              OptionalLong.empty(),
              1));
      if (i % LOOK == 0) {
        Experiment next = Promotion.next(now, round, RULES, i * 1_000L).orElse(now);
        if (next != now) {
          round.clear();
        }
        if (!next.champion().name().equals(now.champion().name())) {
          champions.append(next.champion().name());
        }
        now = next;
      }
    }
    return champions.toString();
  }

  private static int runsThatChange(int runs, double rateOfA, double rateOfB) {
    int changed = 0;
    for (int run = 0; run < runs; run++) {
      changed += champions(25_000, run, _ -> rateOfA, _ -> rateOfB).length() > 1 ? 1 : 0;
    }
    return changed;
  }

  @Test
  void variantsThatAreAlikeSeldomChangePlaces() {
    assertThat(runsThatChange(30, 0.7, 0.7)).isLessThanOrEqualTo(1);
  }

  @Test
  void aVariantThatIsBetterByLessThanTheMarginIsSeldomPromoted() {
    assertThat(runsThatChange(30, 0.9, 0.915)).isLessThanOrEqualTo(1);
  }

  @Test
  void aBetterVariantIsPromotedOnceAndStays() {
    for (int run = 0; run < 10; run++) {
      assertThat(champions(25_000, run, _ -> 0.7, _ -> 0.85)).isEqualTo("ab");
    }
  }

  @Test
  void aPromotedVariantThatBecomesWorseIsReplacedOnce() {
    for (int run = 0; run < 5; run++) {
      assertThat(champions(40_000, run, _ -> 0.8, i -> i < 15_000 ? 0.95 : 0.5)).isEqualTo("aba");
    }
  }

  @Test
  void aRoundLastsAtLeastItsTime() {
    Promotion.Rules rules = new Promotion.Rules(0, Duration.ofMinutes(10));
    Experiment second = START.nextRound(1_000);
    assertThat(Promotion.mayEnd(second, rules, 600_999)).isFalse();
    assertThat(Promotion.mayEnd(second, rules, 601_000)).isTrue();
    Experiment manual =
        new Experiment("exp-1", "shop", "fast", Unit.SESSION, Status.RUNNING, START.variants());
    assertThat(Promotion.mayEnd(manual, rules, 601_000)).isFalse();
  }

  @Test
  void copiesDoNotUseUpARound() {
    Experiment copied =
        new Experiment(
            "exp-1",
            "shop",
            "fast",
            Unit.SESSION,
            Status.RUNNING,
            List.of(
                new Variant("a", "p/a", 70),
                new Variant("b", "p/b", 30),
                new Variant("new", "p/c", 0, 100)),
            new Rounds(true, 1, 0));
    int most = copied.rounds().maxCalls();
    List<ObservedCall> round = new ArrayList<>();
    for (int i = 1; i < most; i++) {
      Caller caller = new Caller("shop", "k", "s" + i, "");
      round.add(observed(caller, copied.variant(caller, "r" + i).name()));
      round.add(observed(caller, "new"));
    }
    assertThat(Promotion.next(copied, round, RULES, most * 1_000L)).isEmpty();
    round.add(observed(new Caller("shop", "k", "s", ""), "a"));
    assertThat(Promotion.next(copied, round, RULES, most * 1_000L))
        .contains(copied.nextRound(most * 1_000L));
  }

  private static ObservedCall observed(Caller caller, String variant) {
    return new ObservedCall(
        "r", caller, variant, true, OptionalDouble.empty(), OptionalLong.empty(), 1);
  }

  @Test
  void ratesThatSwingLetTheChampionChangeOnceASwingAtMost() {
    int swing = 15_000;
    String champions =
        champions(
            60_000, 1, i -> i / swing % 2 == 0 ? 0.9 : 0.5, i -> i / swing % 2 == 0 ? 0.5 : 0.9);
    assertThat(champions.length() - 1).isBetween(1, 60_000 / swing);
  }
}
