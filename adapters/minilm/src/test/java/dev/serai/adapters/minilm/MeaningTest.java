package dev.serai.adapters.minilm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which of 400 labelled pairs of prompts the cache takes for the same question. */
class MeaningTest {
  @Test
  void manyParaphrasesAndHardlyAnyNearMissesAreTheSame() throws Exception {
    ComparedPairs pairs = ComparedPairs.compare(PromptPairs.make(1, 400));
    assertThat(pairs.nearMisses()).isEqualTo(200);
    assertThat(pairs.hits(true, ComparedPairs.THRESHOLD)).isGreaterThanOrEqualTo(0.3);
    assertThat(pairs.falseHits(true, ComparedPairs.THRESHOLD)).isLessThanOrEqualTo(0.01);
    assertThat(pairs.falseHits(false, ComparedPairs.THRESHOLD))
        .as("what embeddings alone would serve wrongly")
        .isGreaterThan(0.2);
  }

  @Test
  void theFalseHitsAreBoundedFromAbove() throws Exception {
    ComparedPairs pairs = ComparedPairs.compare(PromptPairs.make(2, 40));
    assertThat(pairs.bound()).isBetween(0.10, 0.35); // 1 - 0.05^(1/20) is 0.139 without any
  }
}
