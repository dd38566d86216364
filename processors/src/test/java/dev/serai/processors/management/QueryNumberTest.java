package dev.serai.processors.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.problem.CallerProblem;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every list reads its {@code limit} alike. */
class QueryNumberTest {
  @Test
  void aLimitIsANumberUpToTheLargestAndHasADefault() {
    assertThat(QueryNumber.limit(Optional.empty(), 20, 100)).isEqualTo(20);
    assertThat(QueryNumber.limit(Optional.of("1"), 20, 100)).isEqualTo(1);
    assertThat(QueryNumber.limit(Optional.of("0100"), 20, 100)).isEqualTo(100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "101", "-1", "1.5", " 5", "٣", "99999999999999999999"})
  void everyOtherLimitIsRefusedWithTheSameWords(String written) {
    assertThatThrownBy(() -> QueryNumber.limit(Optional.of(written), 20, 100))
        .isInstanceOf(CallerProblem.class)
        .hasMessage("'limit' must be a number from 1 to 100.");
  }
}
