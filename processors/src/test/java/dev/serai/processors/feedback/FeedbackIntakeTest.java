package dev.serai.processors.feedback;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.serai.core.bandit.Bandit;
import dev.serai.core.bandit.BanditContext;
import dev.serai.core.features.TaskCluster;
import dev.serai.core.feedback.Feedback;
import dev.serai.processors.routing.strategy.Bandits;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a score counts that comes some time after its call. */
class FeedbackIntakeTest {
  private static final Duration HALF_LIFE = Duration.ofHours(6);
  private static final String ARM = "p/m";
  private static final double WEIGHT = 0.4;

  private final ObservedCalls calls = new ObservedCalls();

  @ParameterizedTest
  @ValueSource(ints = {0, 6, 24, 60})
  void aScoreHasFadedAsMuchAsTheCallThatItIsAbout(int hours) {
    assertThat(meanAfterAScoreOfZero(HALF_LIFE, Duration.ofHours(hours)))
        .isEqualTo(1 - WEIGHT, within(1e-9));
  }

  @Test
  void withoutAHalfLifeNothingFades() {
    assertThat(meanAfterAScoreOfZero(Duration.ZERO, Duration.ofDays(300)))
        .isEqualTo(1 - WEIGHT, within(1e-9));
  }

  @Test
  void aCallOfAnotherGatewayWhoseClockIsAheadCountsAsOneOfNow() {
    assertThat(meanAfterAScoreOfZero(HALF_LIFE, Duration.ofHours(-1)))
        .isEqualTo(1 - WEIGHT, within(1e-9));
  }

  /** The mean reward of an arm whose only call gets a score so long after it began. */
  private double meanAfterAScoreOfZero(Duration halfLife, Duration late) {
    Bandits bandits = calls.bandits(halfLife);
    bandits.open(ObservedCalls.MODEL);
    Bandit bandit = requireNonNull(bandits.inUse().get(ObservedCalls.MODEL));
    BanditContext context = Bandits.context(Optional.empty());
    bandit.learn(context, ARM, 1);
    calls.pass(late);
    Feedback score = new Feedback("r", "shop", "key", Optional.empty(), 0, "", 0);
    FeedbackIntake intake = new FeedbackIntake(calls, bandits, calls.clock);
    assertThat(intake.take(calls.of("r"), score)).isTrue();
    return bandit.mean(ARM, TaskCluster.CHAT.ordinal(), 0).orElseThrow();
  }
}
