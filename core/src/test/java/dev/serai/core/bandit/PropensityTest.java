package dev.serai.core.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The propensity of an option is how often it is chosen when the same question is asked again. */
class PropensityTest {
  private static final int ASKED = 10_000;
  private static final BanditContext CODE = BanditContext.of(2);

  @ParameterizedTest
  @CsvSource({
    "THOMPSON, 0", "THOMPSON, 5", "THOMPSON, 60", "THOMPSON, 1000",
    "POOLED, 0", "POOLED, 5", "POOLED, 60", "POOLED, 1000",
    "UCB, 0", "UCB, 60", "LINUCB, 0", "LINUCB, 60"
  })
  void itIsTheShareOfTheChoices(BanditAlgorithm algorithm, int learned) {
    SplittableRandom random = new SplittableRandom(learned);
    Bandit bandit =
        new Bandit(BanditRules.of(algorithm), () -> random, InstantSource.fixed(Instant.EPOCH));
    List<Option> options = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      options.add(new Option("model-" + i, 0.03 * i, 0));
    }
    for (int i = 0; i < learned; i++) {
      BanditContext context = BanditContext.of(random.nextInt(4));
      Choice choice = bandit.choose(context, options);
      double rate = 0.5 + 0.04 * choice.index() + 0.1 * (context.cluster() % 2);
      bandit.learn(context, choice.arm(), random.nextDouble() < rate ? 1 : 0);
    }
    int[] chosen = new int[options.size()];
    for (int i = 0; i < ASKED; i++) {
      chosen[bandit.choose(CODE, options).index()]++;
    }
    Choice choice = bandit.choose(CODE, options);
    for (int i = 0; i < chosen.length; i++) {
      assertThat(choice.propensity(i)).isCloseTo(chosen[i] / (double) ASKED, within(0.03));
    }
  }
}
