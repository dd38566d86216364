package dev.serai.adapters.dialects.vertex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.anthropic.AnthropicDialect;
import dev.serai.adapters.dialects.bedrock.BedrockDialect;
import dev.serai.adapters.dialects.gemini.GeminiDialect;
import dev.serai.adapters.dialects.ollama.OllamaDialect;
import dev.serai.adapters.dialects.openai.OpenAiDialect;
import dev.serai.core.dialect.Dialect;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models that clients may name in several ways. */
class ModelNamesTest {
  private static final List<Dialect> DIALECTS =
      List.of(
          new GeminiDialect(),
          new VertexDialect(new GeminiDialect(), new AnthropicDialect()),
          new BedrockDialect(),
          new OllamaDialect(),
          new OpenAiDialect());

  private static Dialect dialect(String name) {
    return DIALECTS.stream().filter(d -> d.name().equals(name)).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "gemini, models/gemini-2.5-pro, gemini-2.5-pro",
    "gemini, tunedModels/mine, tunedModels/mine",
    "vertex, google/gemini-2.5-pro, gemini-2.5-pro",
    "vertex, publishers/google/models/gemini-2.5-pro, gemini-2.5-pro",
    "vertex, publishers/anthropic/models/claude-opus-4-5@20251101, claude-opus-4-5@20251101",
    "vertex, anthropic/other, anthropic/other",
    "vertex, endpoints/123, endpoints/123",
    "bedrock, arn:aws:bedrock:us-east-1::foundation-model/a.nova-v1:0, a.nova-v1:0",
    "bedrock, arn:aws:bedrock:eu-west-1:12:inference-profile/eu.amazon.nova, eu.amazon.nova",
    "ollama, q:latest, q",
    "ollama, q:8b, q:8b",
    "openai, models/x, models/x"
  })
  void everyWayToWriteANameLeadsToOne(String dialect, String written, String name) {
    assertThat(dialect(dialect).modelName(written)).isEqualTo(name);
    assertThat(dialect(dialect).modelName(name)).isEqualTo(name);
  }

  @Test
  void theArnOfAnApplicationProfileIsItsOnlyName() {
    String arn = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2";
    assertThat(dialect("bedrock").modelName(arn)).isEqualTo(arn);
  }

  @Test
  void bothNamesOfAModelAreTheSameResource() {
    for (String written :
        List.of("google/gemini-2.5-pro", "publishers/anthropic/models/claude-x")) {
      String name = dialect("vertex").modelName(written);
      assertThat(ModelResource.of(name)).isEqualTo(ModelResource.of(written));
    }
  }
}
