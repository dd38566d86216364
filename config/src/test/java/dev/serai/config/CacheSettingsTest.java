package dev.serai.config;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.serai.config.state.MemorySettings.Embeddings;
import dev.serai.config.state.SemanticCacheSettings;
import dev.serai.core.request.CacheMode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CacheSettingsTest {
  @Test
  void questionsAreNotComparedWithoutEmbeddings() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new CacheSettings(
                    CacheMode.SEMANTIC, Duration.ofHours(1), 1, SemanticCacheSettings.defaults()))
        .withMessageContaining("mode semantic needs semantic.embeddings: minilm");
  }

  @Test
  void aCallDoesNotWaitLongForAnEmbedding() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new SemanticCacheSettings(Embeddings.MINILM, 0.9, 0.5, Duration.ofSeconds(6)))
        .withMessageContaining("timeLimit");
  }
}
