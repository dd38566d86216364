package dev.serai.core.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.serai.core.bandit.Choice.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BanditTest {
  private static final BanditContext CHAT = BanditContext.of(0);
  private static final BanditContext CODE = BanditContext.of(1);
  private static final List<Option> BOTH =
      List.of(new Option("a/one", 0, 0.25), new Option("b/two", 0, 0.5));

  private final SplittableRandom random = new SplittableRandom(3);
  private Instant now = Instant.parse("2026-01-05T10:00:00Z");

  private Bandit bandit(BanditRules rules) {
    InstantSource clock = () -> now;
    return new Bandit(rules, () -> random, clock);
  }

  private Bandit bandit(BanditAlgorithm algorithm) {
    return bandit(BanditRules.of(algorithm));
  }

  private static void learn(Bandit bandit, String arm, int successes, int failures) {
    for (int i = 0; i < successes; i++) {
      bandit.learn(CHAT, arm, 1);
    }
    for (int i = 0; i < failures; i++) {
      bandit.learn(CHAT, arm, 0);
    }
  }

  @ParameterizedTest
  @EnumSource(BanditAlgorithm.class)
  void aPenaltyDecidesBetweenEqualArms(BanditAlgorithm algorithm) {
    Bandit bandit = bandit(algorithm);
    learn(bandit, "a/one", 400, 100);
    learn(bandit, "b/two", 400, 100);
    List<Option> options = List.of(new Option("a/one", 0.3, 0), new Option("b/two"));
    Choice choice = bandit.choose(CHAT, options);
    assertThat(choice.arm()).isEqualTo("b/two");
    assertThat(choice.role()).isEqualTo(Role.PRIMARY);
    assertThat(choice.mean(1) - choice.mean(0)).isCloseTo(0.3, within(0.02));
  }

  @ParameterizedTest
  @EnumSource(BanditAlgorithm.class)
  void anArmThatIsNotEligibleIsNotChosen(BanditAlgorithm algorithm) {
    Bandit bandit = bandit(algorithm);
    learn(bandit, "a/one", 100, 0);
    assertThat(bandit.choose(CHAT, List.of(new Option("b/two"))).arm()).isEqualTo("b/two");
  }

  @ParameterizedTest
  @EnumSource(BanditAlgorithm.class)
  void whatIsKnownMayBeStoredAndRestored(BanditAlgorithm algorithm) {
    Bandit bandit = bandit(algorithm);
    learn(bandit, "a/one", 33, 7);
    bandit.learn(CODE, "b/two", 0.375);
    bandit.revise(CODE, "b/two", -0.25);
    String text = bandit.state().text();
    Bandit restored = bandit(algorithm);
    restored.add(BanditState.parse(text));
    assertThat(restored.state().text()).isEqualTo(text);
    assertThat(restored.takeUnshared().isEmpty()).isTrue();
    for (int i = 0; i < 2; i++) {
      Choice before = bandit.choose(CODE, BOTH);
      assertThat(restored.choose(CODE, BOTH).mean(i)).isCloseTo(before.mean(i), within(0.01));
    }
  }

  @Test
  void replicasThatShareWhatTheyLearnedKnowTheSame() {
    Bandit one = bandit(BanditAlgorithm.POOLED);
    Bandit two = bandit(BanditAlgorithm.POOLED);
    learn(one, "a/one", 3, 4);
    learn(two, "a/one", 5, 1);
    learn(two, "b/two", 2, 2);
    learn(one, "b/two", 1, 0);
    BanditState ofOne = one.takeUnshared();
    BanditState ofTwo = two.takeUnshared();
    one.add(BanditState.parse(ofTwo.text()));
    two.add(BanditState.parse(ofOne.text()));
    assertThat(one.state().text()).isEqualTo(two.state().text());
    assertThat(one.takeUnshared().isEmpty()).isTrue();
    assertThat(one.state().arms()).containsExactlyInAnyOrder("a/one", "b/two");
  }

  @Test
  void aStateIsAsOfNow() {
    AtomicLong now = new AtomicLong();
    BanditRules rules =
        new BanditRules(BanditAlgorithm.UCB, Duration.ofHours(1), 2_000, 1_000, true);
    Bandit bandit =
        new Bandit(rules, () -> new SplittableRandom(1), () -> Instant.ofEpochMilli(now.get()));
    bandit.learn(BanditContext.of(0), "a/one", 1);
    now.set(Duration.ofHours(1).toMillis());
    assertThat(bandit.state().text()).contains("a/one\t0.5 ");
  }

  @Test
  void theMeanOfAClusterIsKnownAfterEnoughTrials() {
    Bandit bandit = bandit(BanditAlgorithm.POOLED);
    learn(bandit, "a/one", 6, 3);
    assertThat(bandit.mean("a/one", CHAT.cluster(), 10)).isEmpty();
    learn(bandit, "a/one", 0, 1);
    assertThat(bandit.mean("a/one", CHAT.cluster(), 10)).hasValue(0.6);
    assertThat(bandit.mean("a/one", CHAT.cluster() + 1, 0)).isEmpty();
    assertThat(bandit.mean("b/two", CHAT.cluster(), 0)).isEmpty();
  }

  @Test
  void anotherStrategyKeepsWhatIsKnown() {
    Bandit bandit = bandit(BanditAlgorithm.POOLED);
    learn(bandit, "a/one", 900, 100);
    learn(bandit, "b/two", 100, 900);
    String before = bandit.state().text();
    bandit.apply(BanditRules.of(BanditAlgorithm.UCB));
    assertThat(bandit.state().text()).isEqualTo(before);
    assertThat(bandit.choose(CHAT, BOTH).arm()).isEqualTo("a/one");
    assertThat(bandit.rules().algorithm()).isEqualTo(BanditAlgorithm.UCB);
  }

  @Test
  void whatWasLearnedCountsHalfAfterTheHalfLife() {
    BanditRules rules =
        new BanditRules(BanditAlgorithm.THOMPSON, Duration.ofHours(8), 1e6, 0, true);
    Bandit bandit = bandit(rules);
    learn(bandit, "a/one", 60, 0);
    now = now.plus(Duration.ofHours(8));
    assertThat(bandit.choose(CHAT, BOTH).mean(0)).isCloseTo(31.0 / 32, within(1e-9));
    now = now.plus(Duration.ofDays(60));
    assertThat(bandit.choose(CHAT, BOTH).mean(0)).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void theOldestTrialsFadeOutBeyondTheBound() {
    BanditRules rules = new BanditRules(BanditAlgorithm.THOMPSON, Duration.ZERO, 50, 0, false);
    Bandit bandit = bandit(rules);
    learn(bandit, "a/one", 5_000, 0);
    assertThat(bandit.choose(CHAT, BOTH).mean(0)).isCloseTo(51.0 / 52, within(1e-6));
    learn(bandit, "a/one", 0, 200);
    assertThat(bandit.choose(CHAT, BOTH).mean(0)).isLessThan(0.05);
  }

  @Test
  void whenTheExplorationBudgetIsSpentTheBestIsChosenUntilTheNextDay() {
    BanditRules rules = new BanditRules(BanditAlgorithm.THOMPSON, Duration.ZERO, 1e6, 2, true);
    Bandit bandit = bandit(rules);
    learn(bandit, "a/one", 6, 4);
    learn(bandit, "b/two", 5, 5);
    assertThat(explored(bandit, 1_000)).isEqualTo(4);
    Choice greedy = bandit.choose(CHAT, BOTH);
    assertThat(greedy.propensity()).isEqualTo(1);
    assertThat(greedy.role()).isEqualTo(Role.PRIMARY);
    now = now.plus(Duration.ofDays(1));
    assertThat(explored(bandit, 1_000)).isEqualTo(4);
  }

  private static int explored(Bandit bandit, int calls) {
    int explored = 0;
    for (int i = 0; i < calls; i++) {
      Choice choice = bandit.choose(CHAT, BOTH);
      bandit.follow(choice);
      explored += choice.role() == Role.EXPLORE ? 1 : 0;
    }
    return explored;
  }

  @Test
  void theArmWithTheFewestTrialsIsForgottenForANewOne() {
    Bandit bandit = bandit(BanditAlgorithm.POOLED);
    for (int i = 0; i < Bandit.MAX_ARMS; i++) {
      learn(bandit, "arm-" + i, i == 7 ? 1 : 2, 0);
    }
    learn(bandit, "new", 1, 0);
    assertThat(bandit.state().arms())
        .hasSize(Bandit.MAX_ARMS)
        .contains("new")
        .doesNotContain("arm-7");
    assertThat(BanditState.parse(bandit.state().text()).arms()).hasSize(Bandit.MAX_ARMS);
  }

  @Test
  void noRewardIsLostBetweenThreads() throws InterruptedException {
    Bandit bandit =
        new Bandit(
            BanditRules.of(BanditAlgorithm.POOLED),
            ThreadLocalRandom::current,
            InstantSource.fixed(now));
    List<Thread> threads = new ArrayList<>();
    Bandit other = bandit(BanditAlgorithm.POOLED);
    for (int i = 0; i < 4; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int call = 0; call < 400; call++) {
                      bandit.learn(CHAT, bandit.choose(CHAT, BOTH).arm(), 0.5);
                    }
                  }));
    }
    while (threads.stream().anyMatch(Thread::isAlive)) {
      other.add(bandit.takeUnshared());
    }
    for (Thread thread : threads) {
      thread.join();
    }
    other.add(bandit.takeUnshared());
    assertThat(other.state().text()).isEqualTo(bandit.state().text());
    double trials = bandit.state().sums().values().stream().mapToDouble(Sums::trials).sum();
    assertThat(trials).isEqualTo(1600);
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    Bandit bandit = bandit(BanditAlgorithm.POOLED);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bandit.choose(CHAT, List.of()))
        .withMessage("a choice needs at least one option");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bandit.learn(CHAT, "a/one", Double.NaN))
        .withMessage("a reward is between 0 and 1, not NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bandit.learn(CHAT, "a\none", 1))
        .withMessageContaining("control character");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BanditContext.of(16))
        .withMessage("a cluster is between 0 and 15, not 16");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BanditAlgorithm.of("exp3"))
        .withMessageContaining("use one of ucb, thompson, pooled, linucb");
    assertThat(bandit.state().isEmpty()).isTrue();
  }
}
