package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.errors.AnthropicException;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.errors.BadRequestException;
import com.anthropic.errors.InternalServerException;
import com.anthropic.errors.NotFoundException;
import com.anthropic.errors.RateLimitException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.TextBlock;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Anthropic's client for Java, unmodified, with nothing but its base URL set. */
class AnthropicJavaClientTest {
  @TempDir static Path folder;
  private static Stage stage;
  private static AnthropicClient client;

  @BeforeAll
  static void start() {
    stage = Stage.in(folder);
    client =
        AnthropicOkHttpClient.builder()
            .apiKey("a-caller")
            .baseUrl(stage.url())
            .maxRetries(0)
            .timeout(Stage.PATIENCE)
            .build();
  }

  @AfterAll
  static void stop() {
    client.close();
    stage.close();
  }

  private static MessageCreateParams.Builder ask(String model) {
    return MessageCreateParams.builder().model(model).maxTokens(2048).addUserMessage("Hello");
  }

  private static Message create(MessageCreateParams.Builder question) {
    return client.messages().create(question.build());
  }

  private static Message stream(MessageCreateParams.Builder question) {
    MessageAccumulator all = MessageAccumulator.create();
    try (var events = client.messages().createStreaming(question.build())) {
      events.stream().forEach(all::accumulate);
    }
    return all.message();
  }

  private static String text(Message message) {
    return message.content().stream()
        .flatMap(block -> block.text().stream())
        .map(TextBlock::text)
        .collect(Collectors.joining());
  }

  @ParameterizedTest
  @ValueSource(strings = {"anthropic", "openai", "gemini"})
  void chatsAndStreams(String p) {
    for (Message message :
        List.of(
            create(ask(p + "/text").system("Be brief.").addStopSequence("END")),
            stream(ask(p + "/text")))) {
      assertThat(text(message.validate())).isEqualTo(ClientSettings.HELLO);
      assertThat(message.stopReason()).contains(StopReason.END_TURN);
      assertThat(message.usage().inputTokens()).isEqualTo(8);
      assertThat(message.usage().cacheReadInputTokens()).contains(3L);
      assertThat(message.usage().outputTokens()).isEqualTo(7);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"anthropic", "openai", "gemini"})
  void callsToolsAndHandsTheirResultsBack(String p) {
    for (Message message :
        List.of(
            create(withTools(ask(p + "/tools-parallel"))),
            stream(withTools(ask(p + "/tools-parallel"))))) {
      assertThat(message.stopReason()).contains(StopReason.TOOL_USE);
      List<ToolUseBlock> calls =
          message.content().stream()
              .filter(ContentBlock::isToolUse)
              .map(ContentBlock::asToolUse)
              .toList();
      assertThat(calls).extracting(ToolUseBlock::name).containsExactly("get_weather", "get_time");
      assertThat(calls.getFirst()._input())
          .isEqualTo(JsonValue.from(Map.of("city", "Zürich", "days", 2)));
      List<ContentBlockParam> results =
          calls.stream().map(AnthropicJavaClientTest::result).toList();
      Message told =
          create(
              withTools(ask(p + "/text"))
                  .addMessage(message)
                  .addUserMessageOfContentBlockParams(results));
      assertThat(text(told)).isEqualTo(ClientSettings.HELLO);
    }
  }

  private static ContentBlockParam result(ToolUseBlock call) {
    return ContentBlockParam.ofToolResult(
        ToolResultBlockParam.builder().toolUseId(call.id()).content("blue").build());
  }

  private static MessageCreateParams.Builder withTools(MessageCreateParams.Builder question) {
    return question.addTool(tool("get_weather")).addTool(tool("get_time"));
  }

  private static Tool tool(String name) {
    return Tool.builder()
        .name(name)
        .inputSchema(
            Tool.InputSchema.builder()
                .properties(Tool.InputSchema.Properties.builder().build())
                .build())
        .build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"anthropic", "openai", "gemini"})
  void reasoningArrivesAndIsSentBack(String p) {
    for (Message message : List.of(create(ask(p + "/thinking")), stream(ask(p + "/thinking")))) {
      ContentBlock first = message.content().getFirst();
      assertThat(first.thinking().orElseThrow().thinking()).isEqualTo("Let me think.");
      assertThat(first.thinking().orElseThrow().signature()).isNotEmpty();
      for (String next : List.of(p + "/thinking", "ollama/text")) {
        Message again = create(ask(next).addMessage(message).addUserMessage("Again!"));
        assertThat(text(again)).isNotEmpty();
      }
    }
  }

  @Test
  void listsTheModels() {
    assertThat(client.models().list().data())
        .anySatisfy(
            model -> {
              assertThat(model.id()).isEqualTo("persona/guide");
              assertThat(model.displayName()).isEqualTo("persona/guide");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"anthropic", "openai", "gemini", "bedrock"})
  void knowsEveryKindOfError(String p) {
    fails(p + "/error-400", BadRequestException.class, 400);
    fails(p + "/error-404", NotFoundException.class, 404);
    fails("no-such-model", NotFoundException.class, 404);
    fails(p + "/error-500", InternalServerException.class, 500);
    assertThat(fails(p + "/error-503", InternalServerException.class, 529).body().toString())
        .contains("overloaded_error");
    var limited = fails(p + "/error-429", RateLimitException.class, 429);
    assertThat(limited.headers().values("retry-after")).containsExactly("2");
    assertThatThrownBy(() -> stream(ask(p + "/error-after-200")))
        .isInstanceOf(AnthropicException.class);
  }

  private static AnthropicServiceException fails(
      String model, Class<? extends AnthropicServiceException> type, int status) {
    AnthropicServiceException failure = catchThrowableOfType(type, () -> create(ask(model)));
    assertThat(failure).as(model).isNotNull();
    assertThat(failure.statusCode()).isEqualTo(status);
    return failure;
  }
}
