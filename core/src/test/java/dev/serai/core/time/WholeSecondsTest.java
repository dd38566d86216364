package dev.serai.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WholeSecondsTest {
  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "999, 1", "1000, 1", "1001, 2", "59999, 60"})
  void aWaitIsNotOverBeforeItsSeconds(long millis, long seconds) {
    assertThat(WholeSeconds.of(Duration.ofMillis(millis))).isEqualTo(seconds);
  }
}
