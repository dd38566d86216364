package dev.serai.core.usage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoughTokensTest {
  @ParameterizedTest
  @CsvSource({"0, 0, 0", "1, 0, 1", "4, 1, 1", "5, 1, 2", "8, 2, 2"})
  void fourBytesCountAsAToken(long size, long down, long up) {
    assertThat(RoughTokens.of(size)).isEqualTo(down);
    assertThat(RoughTokens.roundedUp(size)).isEqualTo(up);
  }
}
