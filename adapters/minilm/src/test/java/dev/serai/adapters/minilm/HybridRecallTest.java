package dev.serai.adapters.minilm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.memory.search.MemorySearch.Mode;
import org.junit.jupiter.api.Test;

/** What the modes of search find of three labelled conversations. */
class HybridRecallTest {
  @Test
  void hybridFindsMoreThanWordsAloneAndMeaningAlone() throws Exception {
    try (Recall recall = new Recall()) {
      for (long seed = 1; seed <= 3; seed++) {
        recall.add(seed);
      }
      double hybrid = Recall.all(recall.of(Mode.HYBRID)).mean();
      assertThat(hybrid)
          .isGreaterThan(Recall.all(recall.of(Mode.KEYWORD)).mean())
          .isGreaterThan(Recall.all(recall.of(Mode.SEMANTIC)).mean())
          .isGreaterThan(0.6);
      assertThat(Recall.all(recall.of(Mode.HYBRID)).questions()).isEqualTo(180);
    }
  }
}
