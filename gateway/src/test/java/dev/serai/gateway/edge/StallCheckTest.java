package dev.serai.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StallCheckTest {
  private static final long MOST = 8_000;
  private static final long INTERVAL = StallCheck.interval(MOST);

  /** The questions are at intervals that do not depend on when the client stops. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 500, 999, 1000})
  void aClientThatReadsNothingIsNoticedAtMostAQuarterOfTheTimeLate(long stops) {
    StallCheck check = new StallCheck(MOST);
    long now = 0;
    while (!check.isStalled(now, now < stops ? 0 : 100, 7)) {
      now += INTERVAL;
    }

    assertThat(now - stops).isBetween(MOST, MOST + MOST / 4);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 1000})
  void aClientThatReadsAnythingBetweenTwoQuestionsIsNotStalled(long bytes) {
    StallCheck check = new StallCheck(MOST);
    for (long now = 0; now < 10 * MOST; now += INTERVAL) {
      assertThat(check.isStalled(now, 100, now / INTERVAL * bytes)).isFalse();
    }
  }
}
