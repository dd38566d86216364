package dev.serai.adapters.dialects.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.anthropic.AnthropicSurface;
import dev.serai.adapters.dialects.gemini.GeminiSurface;
import dev.serai.adapters.dialects.ollama.OllamaSurface;
import dev.serai.adapters.dialects.openai.CompletionSurface;
import dev.serai.adapters.dialects.openai.OpenAiSurface;
import dev.serai.adapters.dialects.responses.ResponsesSurface;
import dev.serai.core.model.DefaultParameters;
import dev.serai.core.surface.Surface;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parameters of an alias in the requests of every API. */
class DefaultMembersTest {
  private static final InstantSource CLOCK = InstantSource.system();
  private static final Map<String, Surface> SURFACES =
      Map.of(
          "openai", new OpenAiSurface(CLOCK),
          "completions", new CompletionSurface(CLOCK),
          "responses", new ResponsesSurface(CLOCK),
          "anthropic", new AnthropicSurface(),
          "gemini", new GeminiSurface(),
          "ollama", OllamaSurface.chat(CLOCK));

  private static final DefaultParameters ALL =
      new DefaultParameters(Optional.of(0.2), Optional.of(0.9), Optional.of(500), Optional.of(7));

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          openai | {"model":"a"} | {"temperature":0.2,"top_p":0.9,"max_completion_tokens":500,"seed":7,"model":"a"}
          openai | {"model":"a","max_tokens":9,"top_p":1} | {"temperature":0.2,"seed":7,"model":"a","max_tokens":9,"top_p":1}
          openai | {"temperature":null,"top_p":1,"max_tokens":1,"seed":1} | {"temperature":null,"top_p":1,"max_tokens":1,"seed":1}
          completions | {"model":"a"} | {"temperature":0.2,"top_p":0.9,"max_tokens":500,"seed":7,"model":"a"}
          responses | {"model":"a","temperature":1} | {"top_p":0.9,"max_output_tokens":500,"model":"a","temperature":1}
          anthropic | {"model":"a","max_tokens":9} | {"temperature":0.2,"top_p":0.9,"model":"a","max_tokens":9}
          gemini | {"contents":[]} | {"generationConfig":{"temperature":0.2,"topP":0.9,"maxOutputTokens":500,"seed":7},"contents":[]}
          gemini | {"generation_config":{"top_p":1}} | {"generation_config":{"temperature":0.2,"maxOutputTokens":500,"seed":7,"top_p":1}}
          gemini | {"generationConfig":{ }} | {"generationConfig":{"temperature":0.2,"topP":0.9,"maxOutputTokens":500,"seed":7 }}
          ollama | {"model":"a","options":{"seed":1}} | {"model":"a","options":{"temperature":0.2,"top_p":0.9,"num_predict":500,"seed":1}}
          ollama | {"model":"a","options":null} | {"model":"a","options":null}
          openai | {"model": | {"model":
          openai | {} | {}
          """)
  void whatARequestSetsStaysAndTheRestIsAdded(String surface, String body, String expected) {
    Surface api = Objects.requireNonNull(SURFACES.get(surface));
    byte[] added = api.withDefaults(body.getBytes(UTF_8), ALL);
    assertThat(new String(added, UTF_8)).isEqualTo(expected);
  }
}
