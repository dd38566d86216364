package dev.serai.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.serai.config.state.MemorySettings.Embeddings;
import dev.serai.config.state.SemanticCacheSettings;
import dev.serai.core.request.CacheMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @ParameterizedTest
  @CsvSource({
    "threshold, 85",
    "threshold, 1.01",
    "threshold, -1",
    "threshold, .nan",
    "threshold, NaN",
    "threshold, .inf",
    "max_temperature, 2.5",
    "max_temperature, -1",
    "max_temperature, NaN"
  })
  void aNumberOutOfItsRangeIsRefusedWithItsPlace(String member, String value, @TempDir Path home) {
    Folder folder = new Folder(home);
    folder.yaml("cache: {semantic: {%s: %s}}\n".formatted(member, value));
    assertThat(folder.problems(Map.of("OPENAI_API_KEY", "k")))
        .singleElement()
        .asString()
        .contains("serai.yaml:1: cache.semantic." + member, "0 to 1");
  }

  @Test
  void notANumberIsOutOfEachRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> semantic(Double.NaN, 0.5))
        .withMessageContaining("threshold must be 0 to 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> semantic(0.9, Double.NaN))
        .withMessageContaining("max_temperature must be 0 to 1");
  }

  private static SemanticCacheSettings semantic(double threshold, double maxTemperature) {
    return new SemanticCacheSettings(
        Embeddings.MINILM, threshold, maxTemperature, Duration.ofMillis(100));
  }
}
