package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.genai.Client;
import com.google.genai.errors.ApiException;
import com.google.genai.errors.ClientException;
import com.google.genai.errors.ServerException;
import com.google.genai.types.Content;
import com.google.genai.types.CountTokensConfig;
import com.google.genai.types.EmbedContentConfig;
import com.google.genai.types.EmbedContentResponse;
import com.google.genai.types.FinishReason;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import com.google.genai.types.ListModelsConfig;
import com.google.genai.types.Model;
import com.google.genai.types.Part;
import com.google.genai.types.Tool;
import dev.serai.e2e.provider.NonChatReplies;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Google's client for Gemini for Java, unmodified, with nothing but its base URL set. */
class GeminiJavaClientTest {
  private static final GenerateContentConfig PLAIN = GenerateContentConfig.builder().build();
  private static final GenerateContentConfig TOOLS =
      GenerateContentConfig.builder()
          .tools(
              Tool.builder()
                  .functionDeclarations(function("get_weather"), function("get_time"))
                  .build())
          .build();

  private static final List<Float> VECTOR =
      List.of(NonChatReplies.VECTOR[0], NonChatReplies.VECTOR[1], NonChatReplies.VECTOR[2]);

  @TempDir static Path folder;
  private static Stage stage;
  private static Client client;

  @BeforeAll
  static void start() {
    stage = Stage.in(folder);
    client = client(HttpOptions.builder());
  }

  private static Client client(HttpOptions.Builder options) {
    HttpRetryOptions once = HttpRetryOptions.builder().attempts(1).build();
    return Client.builder()
        .apiKey("a-caller")
        .httpOptions(options.baseUrl(stage.url()).timeout(30_000).retryOptions(once).build())
        .build();
  }

  @AfterAll
  static void stop() {
    client.close();
    stage.close();
  }

  private static FunctionDeclaration function(String name) {
    return FunctionDeclaration.builder()
        .name(name)
        .parametersJsonSchema(Map.of("type", "object", "properties", Map.of()))
        .build();
  }

  private static GenerateContentResponse ask(String model) {
    return client.models.generateContent(model, "Hello", PLAIN);
  }

  private static List<GenerateContentResponse> stream(String model, GenerateContentConfig config) {
    List<GenerateContentResponse> chunks = new ArrayList<>();
    try (var all = client.models.generateContentStream(model, "Hello", config)) {
      all.forEach(chunks::add);
    }
    return chunks;
  }

  @ParameterizedTest
  @ValueSource(strings = {"gemini", "openai", "anthropic"})
  void generates(String p) {
    GenerateContentResponse reply = ask(p + "/text");
    assertThat(reply.text()).isEqualTo(ClientSettings.HELLO);
    assertThat(reply.finishReason().knownEnum()).isEqualTo(FinishReason.Known.STOP);
    assertThat(reply.usageMetadata().orElseThrow().promptTokenCount()).contains(11);
    assertThat(reply.usageMetadata().orElseThrow().candidatesTokenCount()).contains(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gemini", "openai", "anthropic"})
  void streams(String p) {
    List<GenerateContentResponse> chunks = stream(p + "/text", PLAIN);
    StringBuilder text = new StringBuilder();
    chunks.forEach(chunk -> text.append(chunk.text() == null ? "" : chunk.text()));
    assertThat(text).hasToString(ClientSettings.HELLO);
    assertThat(chunks).hasSizeGreaterThan(4);
    assertThat(chunks.getLast().usageMetadata().orElseThrow().totalTokenCount()).contains(18);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gemini", "openai", "anthropic"})
  void callsToolsAndHandsTheirResultsBack(String p) {
    GenerateContentResponse reply =
        client.models.generateContent(p + "/tools-parallel", "Weather?", TOOLS);
    checkCalls(reply.functionCalls());
    checkCalls(
        stream(p + "/tools-parallel", TOOLS).stream()
            .flatMap(chunk -> chunk.functionCalls().stream())
            .toList());
    Content asked = Content.fromParts(Part.fromText("Weather?"));
    Content calls = reply.candidates().orElseThrow().getFirst().content().orElseThrow();
    Content results =
        Content.fromParts(
            Part.fromFunctionResponse("get_weather", Map.of("sky", "blue")),
            Part.fromFunctionResponse("get_time", Map.of("time", "noon")));
    GenerateContentResponse told =
        client.models.generateContent(p + "/text", List.of(asked, calls, results), TOOLS);
    assertThat(told.text()).isEqualTo(ClientSettings.HELLO);
  }

  private static void checkCalls(List<FunctionCall> calls) {
    assertThat(calls)
        .extracting(call -> call.name().orElseThrow())
        .containsExactly("get_weather", "get_time");
    assertThat(calls.getFirst().args()).contains(Map.of("city", "Zürich", "days", 2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1beta", "v1"})
  void listsTheModelsAndCounts(String version) {
    try (Client other = client(HttpOptions.builder().apiVersion(version))) {
      assertThat(other.models.list(ListModelsConfig.builder().build()))
          .extracting(Model::name)
          .contains(Optional.of("models/persona/guide"));
      assertThat(
              other
                  .models
                  .countTokens("openai/text", "Hello you", CountTokensConfig.builder().build())
                  .totalTokens()
                  .orElseThrow())
          .isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gemini/e", "openai/e", "openai/numbers-only", "ollama/e"})
  void embedsInTheOrderOfTheContents(String model) {
    EmbedContentConfig config = EmbedContentConfig.builder().taskType("RETRIEVAL_QUERY").build();
    EmbedContentResponse several = client.models.embedContent(model, List.of("a", "b"), config);
    assertThat(several.embeddings().orElseThrow()).hasSize(2);
    assertThat(several.embeddings().orElseThrow())
        .allSatisfy(each -> assertThat(each.values().orElseThrow()).isEqualTo(VECTOR));
    assertThat(client.models.embedContent(model, "a", config).embeddings().orElseThrow())
        .hasSize(1);
  }

  /** The client sends every request as a batch; the older ones ask for one content. */
  @ParameterizedTest
  @ValueSource(strings = {"gemini/e", "openai/e", "ollama/e"})
  void anEmbeddingOfOneContentIsAnsweredInItsForm(String model) {
    String body = "{\"content\":{\"parts\":[{\"text\":\"a\"}]}}";
    Caller.Reply reply;
    try (Caller caller = new Caller(stage.url())) {
      reply = caller.post("/v1/models/" + model + ":embedContent", body);
    }
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().at("/embedding/values").size()).isEqualTo(VECTOR.size());
    if (!model.startsWith("gemini")) {
      assertThat(reply.json().at("/usageMetadata/promptTokenCount").asInt())
          .isEqualTo(NonChatReplies.TOKENS);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gemini", "openai", "anthropic"})
  void knowsEveryKindOfError(String p) {
    fails(p + "/error-400", ClientException.class, 400);
    fails("no-such-model", ClientException.class, 404);
    assertThat(fails(p + "/error-429", ClientException.class, 429).status())
        .isEqualTo("RESOURCE_EXHAUSTED");
    fails(p + "/error-500", ServerException.class, 500);
    assertThatThrownBy(() -> stream(p + "/error-after-200", PLAIN)).isNotNull();
  }

  private static ApiException fails(String model, Class<? extends ApiException> type, int status) {
    ApiException failure = catchThrowableOfType(type, () -> ask(model));
    assertThat(failure).as(model).isNotNull();
    assertThat(failure.code()).isEqualTo(status);
    return failure;
  }
}
