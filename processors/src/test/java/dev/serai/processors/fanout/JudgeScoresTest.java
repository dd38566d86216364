package dev.serai.processors.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JudgeScoresTest {
  @Test
  void scoresAreReadInTheOrderInWhichTheResponsesWereShown() {
    JudgeScores read = JudgeScores.of("{\"scores\": [7, 9.5, 10]}", List.of(2, 0, 1)).orElseThrow();
    assertThat(read.scores()).containsExactly(0.95, 1.0, 0.7);
    assertThat(read.best()).isEqualTo(1);
  }

  @Test
  void ofEqualScoresTheFirstIsTheBest() {
    assertThat(JudgeScores.of("{\"scores\":[8,8]}", List.of(1, 0)).orElseThrow().best()).isZero();
  }

  @Test
  void scoresWithinOtherTextAreReadAndTheLastOnesCount() {
    String text = "First {\"scores\": [1, 2]}, but then:\n```json\n{ \"scores\" : [ 3 , 4 ] }\n```";
    assertThat(JudgeScores.of(text, List.of(0, 1)).orElseThrow().scores())
        .containsExactly(0.3, 0.4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "The second one.",
        "{\"scores\": []}",
        "{\"scores\": [1]}",
        "{\"scores\": [1, 2, 3]}",
        "{\"scores\": [1, 11]}",
        "{\"scores\": [1, -2]}",
        "{\"scores\": [1, 10.5]}",
        "{\"scores\": [1, 2",
        "{\"scores\": [1, \"2\"]}"
      })
  void anythingElseIsIgnored(String text) {
    assertThat(JudgeScores.of(text, List.of(0, 1))).isEmpty();
  }
}
