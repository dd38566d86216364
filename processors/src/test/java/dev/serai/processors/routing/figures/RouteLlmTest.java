package dev.serai.processors.routing.figures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.bandit.BanditAlgorithm;
import dev.serai.processors.routing.figures.RouteLlm.Curve;
import dev.serai.processors.routing.figures.RouteLlm.Row;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A bandit that knows the features of questions sends the right ones to the expensive model. */
class RouteLlmTest {
  private static final int RUNS = 10;

  private static List<Row> rows(String benchmark) {
    return RouteLlm.rows().stream().filter(row -> row.benchmark().equals(benchmark)).toList();
  }

  @ParameterizedTest
  @CsvSource({"mmlu, 1500, 0.56", "gsm8k, 660, 0.58"})
  void atEveryCostMoreIsRecoveredThanByRandomMixing(String benchmark, int learned, double mean) {
    Curve curve = RouteLlm.curve(rows(benchmark), learned, BanditAlgorithm.LINUCB, RUNS);
    assertThat(curve.recovered()).isGreaterThan(mean);
    for (int level = 0; level < 9; level++) {
      assertThat(curve.levels()[level])
          .as("%d %%", 10 * level + 10)
          .isGreaterThan((level + 1) / 10.0);
    }
  }

  @Test
  void allQuestionsAreThere() {
    assertThat(rows("mmlu")).hasSize(14_042);
    assertThat(rows("gsm8k")).hasSize(1_319);
  }
}
