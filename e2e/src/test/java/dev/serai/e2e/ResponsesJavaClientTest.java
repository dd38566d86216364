package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.RateLimitException;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenAI's client for Java speaking Responses, unmodified, with nothing but its base URL set. */
class ResponsesJavaClientTest {
  @TempDir static Path folder;
  private static Stage stage;
  private static OpenAIClient client;

  @BeforeAll
  static void start() {
    stage = Stage.in(folder);
    client = stage.openAi();
  }

  @AfterAll
  static void stop() {
    client.close();
    stage.close();
  }

  private static ResponseCreateParams.Builder ask(String model) {
    return ResponseCreateParams.builder().model(model).input("Hello");
  }

  private static Response create(ResponseCreateParams.Builder question) {
    return client.responses().create(question.build());
  }

  private static Response stream(ResponseCreateParams.Builder question) {
    ResponseAccumulator all = ResponseAccumulator.create();
    try (var events = client.responses().createStreaming(question.build())) {
      events.stream().forEach(all::accumulate);
    }
    return all.response();
  }

  private static String text(Response response) {
    return response.output().stream()
        .flatMap(item -> item.message().stream())
        .flatMap(message -> message.content().stream())
        .map(content -> content.asOutputText().text())
        .collect(Collectors.joining());
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "anthropic", "gemini"})
  void respondsAndStreams(String p) {
    for (Response response :
        List.of(create(ask(p + "/text").instructions("Be brief.")), stream(ask(p + "/text")))) {
      assertThat(response.status()).contains(ResponseStatus.COMPLETED);
      assertThat(text(response)).isEqualTo(ClientSettings.HELLO);
      assertThat(response.usage().orElseThrow().inputTokens()).isEqualTo(11);
      assertThat(response.usage().orElseThrow().outputTokens()).isEqualTo(7);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "anthropic", "gemini"})
  void callsToolsAndHandsTheirResultsBack(String p) {
    for (Response response :
        List.of(
            create(withTools(ask(p + "/tools-parallel"))),
            stream(withTools(ask(p + "/tools-parallel"))))) {
      List<ResponseFunctionToolCall> calls =
          response.output().stream()
              .filter(ResponseOutputItem::isFunctionCall)
              .map(ResponseOutputItem::asFunctionCall)
              .toList();
      assertThat(calls)
          .extracting(ResponseFunctionToolCall::name)
          .containsExactly("get_weather", "get_time");
      assertThat(Caller.parse(calls.getFirst().arguments()))
          .isEqualTo(Caller.parse("{\"city\":\"Zürich\",\"days\":2}"));
      List<ResponseInputItem> items = new ArrayList<>();
      for (ResponseFunctionToolCall call : calls) {
        items.add(ResponseInputItem.ofFunctionCall(call));
        items.add(ResponseInputItem.ofFunctionCallOutput(result(call)));
      }
      Response told = create(withTools(ask(p + "/text")).inputOfResponse(items));
      assertThat(text(told)).isEqualTo(ClientSettings.HELLO);
    }
  }

  private static ResponseInputItem.FunctionCallOutput result(ResponseFunctionToolCall call) {
    return ResponseInputItem.FunctionCallOutput.builder()
        .callId(call.callId())
        .output("blue")
        .build();
  }

  private static ResponseCreateParams.Builder withTools(ResponseCreateParams.Builder question) {
    return question.addTool(function("get_weather")).addTool(function("get_time"));
  }

  private static FunctionTool function(String name) {
    FunctionTool.Parameters parameters =
        FunctionTool.Parameters.builder()
            .putAdditionalProperty("type", JsonValue.from("object"))
            .putAdditionalProperty("properties", JsonValue.from(Map.of()))
            .build();
    return FunctionTool.builder().name(name).parameters(parameters).strict(false).build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "anthropic", "gemini"})
  void continuesAResponse(String p) {
    Response first = create(ask(p + "/text"));
    Response second = create(ask(p + "/text").previousResponseId(first.id()));
    assertThat(text(client.responses().retrieve(second.id()))).isEqualTo(ClientSettings.HELLO);
    client.responses().delete(second.id());
    assertThat(
            catchThrowableOfType(
                NotFoundException.class, () -> client.responses().retrieve(second.id())))
        .isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "anthropic", "gemini"})
  void knowsEveryKindOfError(String p) {
    fails(p + "/error-400", BadRequestException.class, 400);
    fails("no-such-model", NotFoundException.class, 404);
    fails(p + "/error-429", RateLimitException.class, 429);
    fails(p + "/error-500", InternalServerException.class, 500);
    try (var events = client.responses().createStreaming(ask(p + "/error-after-200").build())) {
      List<ResponseStreamEvent> all = events.stream().toList();
      assertThat(all.getLast().failed()).isPresent();
    }
  }

  private static void fails(
      String model, Class<? extends OpenAIServiceException> type, int status) {
    OpenAIServiceException failure = catchThrowableOfType(type, () -> create(ask(model)));
    assertThat(failure).as(model).isNotNull();
    assertThat(failure.statusCode()).isEqualTo(status);
  }
}
