package dev.serai.adapters.dialects.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.anthropic.AnthropicDialect;
import dev.serai.adapters.dialects.bedrock.BedrockDialect;
import dev.serai.adapters.dialects.gemini.GeminiDialect;
import dev.serai.adapters.dialects.ollama.OllamaDialect;
import dev.serai.adapters.dialects.openai.OpenAiDialect;
import dev.serai.adapters.dialects.responses.ResponsesDialect;
import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.http.ProviderRequest.ReplyKind;
import dev.serai.core.model.DefaultParameters;
import dev.serai.core.model.ModelParameters;
import dev.serai.core.provider.ProviderProfile;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parameters of a model in the requests of every dialect. */
class ParameterNamesTest {
  private static final Map<String, Dialect> DIALECTS =
      Map.of(
          "openai", new OpenAiDialect(),
          "responses", new ResponsesDialect(),
          "anthropic", new AnthropicDialect(),
          "gemini", new GeminiDialect(),
          "ollama", new OllamaDialect(),
          "bedrock", new BedrockDialect());

  private static final DefaultParameters SAMPLING =
      new DefaultParameters(Optional.of(0.2), Optional.of(0.9), Optional.of(500), Optional.of(7));

  private static final ModelParameters ALL =
      new ModelParameters(SAMPLING, Optional.of("low"), Map.of(), Set.of());

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          openai | {"model":"a"} | {"temperature":0.2,"top_p":0.9,"max_completion_tokens":500,"seed":7,"reasoning_effort":"low","model":"a"}
          openai | {"max_tokens":9,"top_p":null,"temperature":1} | {"seed":7,"reasoning_effort":"low","max_tokens":9,"top_p":null,"temperature":1}
          responses | {"reasoning":{"summary":"auto"},"temperature":1} | {"top_p":0.9,"max_output_tokens":500,"reasoning":{"effort":"low","summary":"auto"},"temperature":1}
          anthropic | {"max_tokens":9} | {"temperature":0.2,"top_p":0.9,"output_config":{"effort":"low"},"max_tokens":9}
          gemini | {"contents":[]} | {"generationConfig":{"temperature":0.2,"topP":0.9,"maxOutputTokens":500,"seed":7,"thinkingConfig":{"thinkingLevel":"low"}},"contents":[]}
          gemini | {"generation_config":{"top_p":1, "thinkingConfig": {}}} | {"generation_config":{"temperature":0.2,"maxOutputTokens":500,"seed":7,"top_p":1, "thinkingConfig": {"thinkingLevel":"low"}}}
          ollama | {"options":{"seed":1},"think":false} | {"options":{"temperature":0.2,"top_p":0.9,"num_predict":500,"seed":1},"think":false}
          ollama | {"options":null} | {"think":"low","options":null}
          bedrock | {"messages":[]} | {"inferenceConfig":{"temperature":0.2,"topP":0.9,"maxTokens":500},"messages":[]}
          openai | {} | {"temperature":0.2,"top_p":0.9,"max_completion_tokens":500,"seed":7,"reasoning_effort":"low"}
          """)
  void whatARequestSetsStaysAndTheRestIsAdded(String dialect, String body, String expected) {
    assertThat(written(dialect, body, ALL)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          openai | {"max_tokens":9,"x":1,"max_completion_tokens":8,"temperature":1} | {"max_tokens":500,"x":1,"max_completion_tokens":500,"temperature":0.2}
          gemini | {"generationConfig":{"temperature":1,"maxOutputTokens": 9 }} | {"generationConfig":{"temperature":0.2,"maxOutputTokens": 500 }}
          gemini | {"generationConfig":7} | {"generationConfig":{"temperature":0.2,"maxOutputTokens":500}}
          """)
  void aForcedParameterReplacesThatOfTheRequest(String dialect, String body, String expected) {
    DefaultParameters some =
        new DefaultParameters(
            Optional.of(0.2), Optional.empty(), Optional.of(500), Optional.empty());
    ModelParameters forced =
        new ModelParameters(some, Optional.empty(), Map.of(), Set.of("temperature", "max_tokens"));
    assertThat(written(dialect, body, forced)).isEqualTo(expected);
  }

  @Test
  void membersOfTheBodyAreMergedIntoThoseOfTheRequest() {
    ModelParameters further =
        new ModelParameters(
            DefaultParameters.NONE,
            Optional.of("high"),
            Map.of("reasoning", "{\"summary\":\"auto\",\"a\\\"b\":[1]}", "top_k", "40"),
            Set.of("top_k"));
    assertThat(written("responses", "{\"reasoning\":{\"summary\":\"none\"},\"top_k\":1}", further))
        .isEqualTo(
            "{\"reasoning\":{\"effort\":\"high\",\"a\\\"b\":[1],\"summary\":\"none\"},\"top_k\":40}");
  }

  @Test
  void aRequestThatSetsAllOfThemStaysTheSameBytes() {
    byte[] body =
        "{\"temperature\":1,\"top_p\":1,\"max_tokens\":1,\"seed\":1,\"reasoning_effort\":\"low\"}"
            .getBytes(UTF_8);
    assertThat(over("openai", "/chat/completions", body, ALL).body()).isSameAs(body);
  }

  @Test
  void theLegacyCompletionsHaveTheirOwnNames() {
    byte[] sent = over("openai", "/completions", "{\"prompt\":\"a\"}".getBytes(UTF_8), ALL).body();
    assertThat(new String(sent, UTF_8))
        .isEqualTo(
            "{\"temperature\":0.2,\"top_p\":0.9,\"max_tokens\":500,\"seed\":7,\"prompt\":\"a\"}");
  }

  @Test
  void aLimitThatTheDialectHasWrittenIsReplacedIfTheRequestHasNone() {
    assertThat(written("anthropic", "{\"max_tokens\":4096}", ALL.forUnlimited()))
        .contains("\"max_tokens\":500");
  }

  private static String written(String dialect, String body, ModelParameters parameters) {
    return new String(over(dialect, "/chat", body.getBytes(UTF_8), parameters).body(), UTF_8);
  }

  private static ProviderRequest over(
      String dialect, String path, byte[] body, ModelParameters parameters) {
    Dialect known = Objects.requireNonNull(DIALECTS.get(dialect));
    ProviderProfile profile =
        new ProviderProfile("p", dialect, Optional.empty(), Optional.empty(), Set.of(), List.of());
    return known.withParameters(
        ProviderRequest.post(path, new HeaderFields(), body, ReplyKind.WHOLE),
        parameters,
        new Destination(profile, "m", Optional.empty()));
  }
}
