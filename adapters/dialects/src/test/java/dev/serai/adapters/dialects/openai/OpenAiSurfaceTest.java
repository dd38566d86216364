package dev.serai.adapters.dialects.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.translation.Asked;
import dev.serai.adapters.dialects.translation.Inbound;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.ChatResponse.Choice;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.FinishReason.Kind;
import dev.serai.core.chat.Parts;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.chat.Usage;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.surface.Surface.ChatEventWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpenAiSurfaceTest {
  private static final OpenAiSurface SURFACE = new OpenAiSurface(() -> Instant.ofEpochSecond(77));
  private static final FinishReason STOP = new FinishReason(Kind.STOP, "end_turn");
  private static final String HEAD =
      "data: {\"id\":\"id1\",\"object\":\"chat.completion.chunk\",\"created\":5,\"model\":\"m1\","
          + "\"choices\":[";

  @Test
  void aStreamHasOpenAisShape() {
    String text =
        written(
            writer(true),
            new ChatEvent.Started("id1", "m1", 5),
            new ChatEvent.TextDelta(0, "Hé\n"),
            new ChatEvent.ToolCallStarted(0, 0, "call_1", "now"),
            new ChatEvent.ToolArgumentsDelta(0, 0, "{}"),
            new ChatEvent.Finished(0, new FinishReason(Kind.TOOL_CALLS, "tool_use")),
            new ChatEvent.UsageReported(new Usage(10, 4, 3, 0, 1)),
            new ChatEvent.Ended());
    String none = ",\"logprobs\":null,\"finish_reason\":null}],\"usage\":null}\n\n";
    assertThat(text)
        .isEqualTo(
            HEAD
                + "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}"
                + none
                + HEAD
                + "{\"index\":0,\"delta\":{\"content\":\"Hé\\n\"}"
                + none
                + HEAD
                + "{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"call_1\","
                + "\"type\":\"function\",\"function\":{\"name\":\"now\",\"arguments\":\"\"}}]}"
                + none
                + HEAD
                + "{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{"
                + "\"arguments\":\"{}\"}}]}"
                + none
                + HEAD
                + "{\"index\":0,\"delta\":{},\"logprobs\":null,"
                + "\"finish_reason\":\"tool_calls\"}],\"usage\":null}\n\n"
                + HEAD
                + "],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":4,"
                + "\"total_tokens\":14,\"prompt_tokens_details\":{\"cached_tokens\":3},"
                + "\"completion_tokens_details\":{\"reasoning_tokens\":1}}}\n\n"
                + "data: [DONE]\n\n");
  }

  @Test
  void usageIsWrittenOnlyForClientsThatAskForIt() {
    String text =
        written(
            writer(false),
            new ChatEvent.Started("id1", "m1", 0),
            new ChatEvent.TextDelta(1, "x"),
            new ChatEvent.Finished(1, STOP),
            new ChatEvent.UsageReported(Usage.of(1, 1)),
            new ChatEvent.Ended());
    assertThat(text).doesNotContain("usage").contains("\"created\":77").endsWith("[DONE]\n\n");
    assertThat(text).contains("\"index\":1,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}");
  }

  @Test
  void aFailureIsAnErrorEventWithoutDoneAfterIt() {
    GatewayProblem problem =
        ProviderProblem.of("acme", FailureCause.OVERLOADED, 503)
            .code("c")
            .message("no \"luck\"")
            .build();
    String text =
        written(writer(true), new ChatEvent.TextDelta(0, "x"), new ChatEvent.Failed(problem));
    assertThat(text)
        .endsWith(
            "data: {\"error\":{\"message\":\"no \\\"luck\\\"\",\"type\":\"upstream_error\","
                + "\"param\":null,\"code\":\"c\"}}\n\n")
        .doesNotContain("[DONE]")
        .contains("\"finish_reason\":null");
  }

  @Test
  void relayedBytesAreForwardedUnchangedAndNotRepeated() {
    ChatEventWriter writer = writer(true);
    byte[] bytes = "data: {}\n\ndata: [DONE]\n\n".getBytes(UTF_8);
    assertThat(writer.write(new ChatEvent.Relayed(bytes, true))).isSameAs(bytes);
    assertThat(writer.write(new ChatEvent.Finished(0, STOP))).isEmpty();
    assertThat(writer.write(new ChatEvent.UsageReported(Usage.of(1, 1)))).isEmpty();
    assertThat(writer.write(new ChatEvent.Ended())).isEmpty();
  }

  @Test
  void aRefusalWithoutTextGetsADefaultText() {
    String text =
        written(
            writer(false),
            new ChatEvent.Finished(0, new FinishReason(Kind.REFUSAL, "refusal")),
            new ChatEvent.Ended());
    assertThat(text)
        .contains("\"delta\":{\"refusal\":\"The model refused to answer.\"}")
        .contains("\"finish_reason\":\"content_filter\"");
  }

  @Test
  void anUnknownFinishReasonIsNotWrittenAsStop() {
    for (Kind kind : List.of(Kind.OTHER, Kind.PAUSED, Kind.CONTEXT_FULL)) {
      String text = written(writer(false), new ChatEvent.Finished(0, new FinishReason(kind, "w")));
      assertThat(text).contains("\"finish_reason\":\"length\",\"native_finish_reason\":\"w\"");
    }
  }

  @Test
  void aNonStreamingResponseSurvivesARoundTrip() {
    ChatResponse response =
        new ChatResponse(
            "id1",
            "m1",
            5,
            List.of(
                choice(0, Optional.of("a"), List.of()),
                choice(1, Optional.empty(), List.of(new ToolCall("c", "now", "{\"x\":")))),
            Optional.of(new Usage(9, 8, 7, 2, 5)));
    byte[] body = SURFACE.writeResponse(response);
    assertThat(
            new OpenAiDialect()
                .readResponse(Asked.asking(""), body, RequestSplicerTest.target("m")))
        .usingRecursiveComparison()
        .ignoringFieldsMatchingRegexes(".*parts\\.state")
        .isEqualTo(response);
    assertThat(new String(body, UTF_8))
        .startsWith("{\"id\":\"id1\",\"object\":\"chat.completion\",\"created\":5,\"model\":\"m1\"")
        .contains("\"message\":{\"role\":\"assistant\",\"content\":null,\"refusal\":null,");
  }

  private static Choice choice(int index, Optional<String> text, List<ToolCall> calls) {
    return new Choice(
        index,
        Parts.of("thought", text.orElse(""), calls),
        Optional.empty(),
        new FinishReason(Kind.STOP, "stop"));
  }

  @Test
  void aProblemHasOpenAisShapeAndIsSmall() {
    assertThat(new String(SURFACE.writeProblem(CallerProblem.unknownModel("gpt-9")), UTF_8))
        .isEqualTo(
            "{\"error\":{\"message\":\"The model 'gpt-9' does not exist.\","
                + "\"type\":\"invalid_request_error\",\"param\":\"model\","
                + "\"code\":\"model_not_found\"}}");
    for (String letter : List.of("x", "\u0001", "é", "🌍")) {
      byte[] body = SURFACE.writeProblem(CallerProblem.unknownModel(letter.repeat(5_000)));
      assertThat(body).hasSizeLessThanOrEqualTo(1024);
      assertThat(StrictJson.tree(body).at("/error/code").asText()).isEqualTo("model_not_found");
    }
    assertThat(
            new String(
                SURFACE.writeProblem(new CapacityProblem("full", "Later.", Duration.ofSeconds(1))),
                UTF_8))
        .contains("\"param\":null,\"code\":\"full\"");
  }

  private static ChatEventWriter writer(boolean usage) {
    return SURFACE.streamWriter(
        SURFACE.readRequest(
            Inbound.post(
                "/v1/chat/completions",
                "{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":"
                    + usage
                    + "},\"messages\":[{}]}")));
  }

  private static String written(ChatEventWriter writer, ChatEvent... events) {
    StringBuilder text = new StringBuilder();
    for (ChatEvent event : events) {
      text.append(new String(writer.write(event), UTF_8));
    }
    return text.toString();
  }
}
