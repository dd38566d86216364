package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.core.RequestOptions;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIException;
import com.openai.errors.OpenAIIoException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.RateLimitException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartImage;
import com.openai.models.chat.completions.ChatCompletionContentPartText;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenAI's client for Java, unmodified, with nothing but its base URL set. */
class JavaClientTest {
  private static final String PNG = "data:image/png;base64,iVBORw0KGgo=";

  @TempDir static Path folder;
  private static Stage stage;
  private static OpenAIClient client;

  @BeforeAll
  static void start() {
    stage = Stage.quick(folder);
    client = stage.openAi();
  }

  @AfterAll
  static void stop() {
    client.close();
    stage.close();
  }

  private static ChatCompletionCreateParams.Builder ask(String model) {
    return ChatCompletionCreateParams.builder().model(model).addUserMessage("Hello");
  }

  private static ChatCompletion chat(ChatCompletionCreateParams.Builder question) {
    return client.chat().completions().create(question.build());
  }

  private static StreamResponse<ChatCompletionChunk> stream(
      ChatCompletionCreateParams.Builder question) {
    return client.chat().completions().createStreaming(question.build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "anthropic", "ollama", "bedrock", "gemini"})
  void chats(String p) {
    ChatCompletion reply = chat(ask(p + "/text").temperature(0.2).maxCompletionTokens(100));
    ChatCompletion.Choice choice = reply.validate().choices().getFirst();
    assertThat(choice.message().content()).contains(ClientSettings.HELLO);
    assertThat(choice.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
    assertThat(reply.usage().orElseThrow().promptTokens()).isEqualTo(11);
    assertThat(reply.usage().orElseThrow().completionTokens()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "anthropic", "ollama", "bedrock", "gemini"})
  void streams(String p) {
    ChatCompletionStreamOptions usage =
        ChatCompletionStreamOptions.builder().includeUsage(true).build();
    ChatCompletionAccumulator all = ChatCompletionAccumulator.create();
    try (var chunks = stream(ask(p + "/text").streamOptions(usage))) {
      chunks.stream().forEach(all::accumulate);
    }
    ChatCompletion reply = all.chatCompletion();
    assertThat(reply.choices().getFirst().message().content()).contains(ClientSettings.HELLO);
    assertThat(reply.usage().orElseThrow().totalTokens()).isEqualTo(18);
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "anthropic", "ollama", "bedrock", "gemini"})
  void callsToolsInParallel(String p) {
    checkCalls(chat(withTools(p)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "anthropic", "ollama", "bedrock", "gemini"})
  void readsStreamedArguments(String p) {
    ChatCompletionAccumulator all = ChatCompletionAccumulator.create();
    try (var chunks = stream(withTools(p))) {
      chunks.stream().forEach(all::accumulate);
    }
    checkCalls(all.chatCompletion());
  }

  private static ChatCompletionCreateParams.Builder withTools(String p) {
    return ask(p + "/tools-parallel")
        .parallelToolCalls(true)
        .addFunctionTool(function("get_weather"))
        .addFunctionTool(function("get_time"));
  }

  private static FunctionDefinition function(String name) {
    FunctionParameters parameters =
        FunctionParameters.builder()
            .putAdditionalProperty("type", JsonValue.from("object"))
            .putAdditionalProperty("properties", JsonValue.from(Map.of()))
            .build();
    return FunctionDefinition.builder().name(name).parameters(parameters).build();
  }

  private static void checkCalls(ChatCompletion reply) {
    ChatCompletion.Choice choice = reply.choices().getFirst();
    assertThat(choice.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
    List<ChatCompletionMessageFunctionToolCall> calls =
        choice.message().toolCalls().orElseThrow().stream().map(c -> c.asFunction()).toList();
    assertThat(calls)
        .extracting(c -> c.function().name())
        .containsExactly("get_weather", "get_time");
    assertThat(Caller.parse(calls.get(0).function().arguments()))
        .isEqualTo(Caller.parse("{\"city\":\"Zürich\",\"days\":2}"));
    assertThat(Caller.parse(calls.get(1).function().arguments()))
        .isEqualTo(Caller.parse("{\"zone\":\"CET\"}"));
  }

  /** What the client derives a schema from. */
  static final class Person {
    public String name = "";
    public int age;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "openai/structured",
        "anthropic/claude-sonnet-4-5--structured",
        "ollama/structured",
        "gemini/structured",
        "bedrock/anthropic.claude-3-haiku-20240307-v1:0--structured"
      })
  void getsStructuredOutput(String model) {
    var question = ask(model).responseFormat(Person.class).build();
    Person person =
        client
            .chat()
            .completions()
            .create(question)
            .choices()
            .getFirst()
            .message()
            .content()
            .orElseThrow();
    assertThat(person.name).isEqualTo("Ada");
    assertThat(person.age).isEqualTo(36);
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "anthropic", "ollama", "bedrock", "gemini"})
  void sendsAnImage(String p) {
    var url = ChatCompletionContentPartImage.ImageUrl.builder().url(PNG).build();
    ChatCompletion reply =
        chat(
            ChatCompletionCreateParams.builder()
                .model(p + "/image")
                .addUserMessageOfArrayOfContentParts(
                    List.of(
                        ChatCompletionContentPart.ofText(
                            ChatCompletionContentPartText.builder().text("What?").build()),
                        ChatCompletionContentPart.ofImageUrl(
                            ChatCompletionContentPartImage.builder().imageUrl(url).build()))));
    assertThat(reply.choices().getFirst().message().content()).contains("A red square.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "anthropic", "ollama", "bedrock", "gemini"})
  void leavingAStreamCancelsTheProvidersRequest(String p) {
    OneOfThree.takesLessThan(
        Duration.ofSeconds(1), run -> leftUntilCancelled(p, "java-" + run + p + "--long-stream"));
  }

  private static Duration leftUntilCancelled(String p, String model) {
    Instant left;
    try (var chunks = stream(ask(p + "/" + model))) {
      Iterator<ChatCompletionChunk> events = chunks.stream().iterator();
      for (int i = 0; i < 5; i++) {
        events.next();
      }
      left = Instant.now();
    }
    CompletableFuture<Instant> cancelled = stage.provider().received(model).getFirst().cancelled();
    assertThat(cancelled).succeedsWithin(Duration.ofSeconds(30));
    return Duration.between(left, cancelled.join());
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "anthropic", "ollama", "bedrock", "gemini"})
  void knowsEveryKindOfError(String p) {
    fails(p + "/error-400", BadRequestException.class, 400);
    fails(p + "/error-404", NotFoundException.class, 404);
    fails(p + "/no/such/model--error-404", NotFoundException.class, 404);
    fails("no-such-model", NotFoundException.class, 404);
    fails(p + "/error-500", InternalServerException.class, 500);
    OpenAIServiceException credentials =
        fails(p + "/error-401", InternalServerException.class, 502);
    assertThat(credentials).hasMessageNotContaining("what a provider says");
    OpenAIServiceException limited = fails(p + "/error-429", RateLimitException.class, 429);
    assertThat(limited.headers().values("retry-after")).containsExactly("2");
  }

  private static OpenAIServiceException fails(
      String model, Class<? extends OpenAIServiceException> type, int status) {
    OpenAIServiceException failure = catchThrowableOfType(type, () -> chat(ask(model)));
    assertThat(failure).as(model).isNotNull();
    assertThat(failure.statusCode()).isEqualTo(status);
    return failure;
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "anthropic", "ollama", "bedrock", "gemini"})
  void aStreamThatBreaksIsAnError(String p) {
    StringBuilder text = new StringBuilder();
    assertThatThrownBy(
            () -> {
              try (var chunks = stream(ask(p + "/error-after-200"))) {
                chunks.stream()
                    .forEach(c -> text.append(c.choices().getFirst().delta().content().orElse("")));
              }
            })
        .isInstanceOf(OpenAIException.class);
    assertThat(text).hasToString("Hello, wörld");
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "anthropic", "ollama", "bedrock", "gemini"})
  void timesOutByItselfAndReportsTimeoutsOfTheGateway(String p) {
    RequestOptions hurried = RequestOptions.builder().timeout(Duration.ofMillis(400)).build();
    assertThatThrownBy(
            () -> client.chat().completions().create(ask(p + "/hang-before-head").build(), hurried))
        .isInstanceOf(OpenAIIoException.class);
    fails(p + "/hang-before-head", InternalServerException.class, 504);
  }
}
