package dev.serai.adapters.dialects.request.prompt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.adapters.dialects.anthropic.AnthropicSurface;
import dev.serai.adapters.dialects.gemini.GeminiSurface;
import dev.serai.adapters.dialects.ollama.OllamaSurface;
import dev.serai.adapters.dialects.openai.CompletionSurface;
import dev.serai.adapters.dialects.openai.OpenAiSurface;
import dev.serai.adapters.dialects.responses.ResponsesSurface;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.model.DefaultParameters;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.prompt.template.ExpandedPrompt;
import dev.serai.core.prompt.template.NamedPrompt;
import dev.serai.core.prompt.template.PromptTemplate.Message;
import dev.serai.core.prompt.template.PromptTemplate.Role;
import dev.serai.core.prompt.template.PromptTemplate.Terms;
import dev.serai.core.surface.Surface;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The messages of a stored prompt in the requests of every API. */
class PromptBodyTest {
  private static final InstantSource CLOCK = InstantSource.system();
  private static final Map<String, Surface> SURFACES =
      Map.of(
          "openai", new OpenAiSurface(CLOCK),
          "responses", new ResponsesSurface(CLOCK),
          "anthropic", new AnthropicSurface(),
          "gemini", new GeminiSurface(),
          "ollama", OllamaSurface.chat(CLOCK));

  private static ExpandedPrompt prompt(Message... messages) {
    return new ExpandedPrompt(
        "p", 1, List.of(messages), new Terms(Optional.of("m"), DefaultParameters.NONE));
  }

  private static Surface surface(String name) {
    return Objects.requireNonNull(SURFACES.get(name));
  }

  private static InboundRequest request(String path, String body) {
    return new InboundRequest("POST", path, "", new HeaderFields(), body.getBytes(UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          openai | {"prompt":{"name":"p"}} | {"messages":[{"role":"system","content":"s"},{"role":"user","content":"u"}],"model":"m"}
          openai | {"model":"a","prompt":{"name":"p"},"messages":[ {"role": "user"} ],"seed":1.50} | {"model":"a","messages":[{"role":"system","content":"s"},{"role":"user","content":"u"},{"role": "user"}],"seed":1.50}
          openai | {"serai":{"prompt":{"name":"p"},"cache":"off"},"messages":[]} | {"serai":{"cache":"off"},"messages":[{"role":"system","content":"s"},{"role":"user","content":"u"}],"model":"m"}
          responses | {"input":"Now","prompt":{"id":"p"},"model":"a"} | {"input":[{"role":"system","content":"s"},{"role":"user","content":"u"},{"role":"user","content":"Now"}],"model":"a"}
          anthropic | {"prompt":{},"system":"own","model":"a"} | {"system":[{"type":"text","text":"s"},{"type":"text","text":"own"}],"model":"a","messages":[{"role":"user","content":"u"}]}
          anthropic | {"prompt":{},"system":[{"text":"own"}],"model":"a"} | {"system":[{"type":"text","text":"s"},{"text":"own"}],"model":"a","messages":[{"role":"user","content":"u"}]}
          anthropic | {"prompt":{},"system":" ","model":"a"} | {"system":[{"type":"text","text":"s"}],"model":"a","messages":[{"role":"user","content":"u"}]}
          gemini | {"prompt":{},"generateContentRequest":{"prompt":{},"contents":[1]}} | {"generateContentRequest":{"contents":[{"role":"user","parts":[{"text":"u"}]},1],"systemInstruction":{"parts":[{"text":"s"}]}}}
          gemini | {"prompt":{},"contents":{"parts":[]}} | {"contents":[{"role":"user","parts":[{"text":"u"}]},{"parts":[]}],"systemInstruction":{"parts":[{"text":"s"}]}}
          gemini | {"prompt":{},"system_instruction":{"parts":[{"text":"own"}]}} | {"system_instruction":{"parts":[{"text":"s"},{"text":"own"}]},"contents":[{"role":"user","parts":[{"text":"u"}]}]}
          ollama | {"prompt":{},"model":"a"} | {"model":"a","messages":[{"role":"system","content":"s"},{"role":"user","content":"u"}]}
          """)
  void thePromptGoesBeforeWhatTheRequestSays(String surface, String body, String expected) {
    byte[] made =
        surface(surface)
            .withPrompt(
                body.getBytes(UTF_8),
                prompt(new Message(Role.SYSTEM, "s"), new Message(Role.USER, "u")));
    assertThat(new String(made, UTF_8)).isEqualTo(expected);
  }

  @Test
  void aRequestThatNamesAPromptIsNotReadWithoutIt() {
    for (Surface surface : SURFACES.values()) {
      InboundRequest named =
          request(
              "/v1beta/models/a:generateContent",
              "{\"model\":\"a\",\"prompt\":{\"name\":\"p\",\"version\":\"2\",\"variables\":{\"x\":1.50}}}");
      assertThatThrownBy(() -> surface.readRequest(named))
          .isInstanceOfSatisfying(
              NamedPrompt.class,
              problem -> {
                assertThat(problem.reference().name()).isEqualTo("p");
                assertThat(problem.reference().model()).isEqualTo("a");
                assertThat(problem.reference().version()).hasValue(2);
                assertThat(problem.reference().variables().get("x")).hasToString("1.50");
              });
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          gemini | {"prompt":{},"systemInstruction":"text"} | systemInstruction
          gemini | {"prompt":{},"generateContentRequest":[]} | generateContentRequest
          gemini | {"prompt":{},"contents":[1],"generateContentRequest":{}} | not both
          openai | {"prompt":{},"metadata":{"a":1,"a":2}} | twice
          """)
  void aMemberThatThePromptCannotBePutIntoIsNamed(String surface, String body, String text) {
    assertThatThrownBy(
            () ->
                surface(surface)
                    .withPrompt(body.getBytes(UTF_8), prompt(new Message(Role.SYSTEM, "s"))))
        .isInstanceOf(CallerProblem.class)
        .hasMessageContaining(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"prompt\":{\"name\":\"p\"},\"generateContentRequest\":{\"contents\":[1]}}",
        "{\"generateContentRequest\":{\"prompt\":{\"name\":\"p\"},\"contents\":[1]}}"
      })
  void aCountOfTokensNamesAPromptOutsideOrInsideItsRequest(String body) {
    InboundRequest named = request("/v1beta/models/a:countTokens", body);
    assertThatThrownBy(() -> surface("gemini").readRequest(named)).isInstanceOf(NamedPrompt.class);
    byte[] made =
        surface("gemini").withPrompt(body.getBytes(UTF_8), prompt(new Message(Role.USER, "u")));
    assertThat(surface("gemini").readRequest(named.with(made)).isTokenCount()).isTrue();
  }

  @Test
  void aPromptThatOpenAiStoresStaysInTheRequest() {
    String body = "{\"model\":\"a\",\"prompt\":{\"id\":\"pmpt_1\"},\"input\":\"x\"}";
    assertThat(surface("responses").readRequest(request("/v1/responses", body)).bytes())
        .isEqualTo(body.getBytes(UTF_8));
  }

  @Test
  void aCompletionTakesNoPrompt() {
    Surface completions = new CompletionSurface(CLOCK);
    assertThatThrownBy(() -> completions.withPrompt(new byte[0], prompt()))
        .isInstanceOf(CallerProblem.class);
    assertThatThrownBy(
            () ->
                OllamaSurface.generate(CLOCK)
                    .withPrompt("{}".getBytes(UTF_8), prompt(new Message(Role.ASSISTANT, "a"))))
        .isInstanceOf(CallerProblem.class)
        .hasMessageContaining("/api/chat");
  }
}
