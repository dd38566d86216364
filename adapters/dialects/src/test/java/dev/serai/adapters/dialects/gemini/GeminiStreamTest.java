package dev.serai.adapters.dialects.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.Usage;
import dev.serai.core.http.Headers;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.surface.Surface;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gemini's side of the gateway: streams written. */
class GeminiStreamTest {
  private static final GeminiSurface SURFACE = new GeminiSurface();

  private static ChatRequest request(String path, String query, String json) {
    byte[] body = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return SURFACE.readRequest(new InboundRequest("POST", path, query, Headers.NONE, body));
  }

  private static String plain(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8).replace('"', '\'');
  }

  private static String streamed(boolean array, ChatEvent... events) {
    ChatRequest asked =
        request(
            "/v1beta/models/m:streamGenerateContent", array ? "" : "alt=sse", "{'contents':[{}]}");
    Surface.ChatEventWriter writer = SURFACE.streamWriter(asked);
    StringBuilder all = new StringBuilder();
    for (ChatEvent event : events) {
      all.append(plain(writer.write(event)));
    }
    return all.toString();
  }

  private static final ChatEvent[] CALLING = {
    new ChatEvent.Started("i", "m", 0),
    new ChatEvent.ToolCallStarted(0, 0, "a", "f"),
    new ChatEvent.ToolCallStarted(0, 1, "b", "g"),
    new ChatEvent.ToolArgumentsDelta(0, 1, "{'k'".replace('\'', '"')),
    new ChatEvent.ToolArgumentsDelta(0, 0, "{}"),
    new ChatEvent.ToolArgumentsDelta(0, 1, ":2}"),
    new ChatEvent.Finished(0, new FinishReason(FinishReason.Kind.TOOL_CALLS, "tool_calls")),
    new ChatEvent.UsageReported(Usage.of(1, 2)),
    new ChatEvent.Ended()
  };
  private static final String TOLD_CALLS =
      "{'candidates':[{'content':{'parts':[{'functionCall':{'id':'a','name':'f','args':{}}},"
          + "{'functionCall':{'id':'b','name':'g','args':{'k':2}}}],'role':'model'},'index':0}],"
          + "'modelVersion':'m','responseId':'i'}";
  private static final String TOLD_END =
      "{'candidates':[{'content':{'parts':[{'text':''}],'role':'model'},'finishReason':'STOP',"
          + "'index':0}],'usageMetadata':{'promptTokenCount':1,'candidatesTokenCount':2,"
          + "'totalTokenCount':3},'modelVersion':'m','responseId':'i'}";

  @Test
  void rule2InterleavedArgumentsBecomeWholeCalls() {
    assertThat(streamed(false, CALLING))
        .isEqualTo("data: " + TOLD_CALLS + "\r\n\r\ndata: " + TOLD_END + "\r\n\r\n");
  }

  @Test
  void aStreamMayBeAnArray() {
    assertThat(streamed(true, CALLING)).isEqualTo("[" + TOLD_CALLS + "\n,\r\n" + TOLD_END + "]");
  }

  @Test
  void rule19AFailureInAStreamIsItsLastEvent() {
    ProviderProblem problem =
        ProviderProblem.of("acme", FailureCause.OVERLOADED, 503).message("Busy.").build();
    String error = "{'error':{'code':503,'message':'Busy.','status':'UNAVAILABLE'}}";
    ChatEvent text = new ChatEvent.TextDelta(0, "x");
    assertThat(streamed(false, text, new ChatEvent.Failed(problem)))
        .endsWith("data: " + error + "\r\n\r\n")
        .doesNotContain("finishReason");
    byte[] array =
        streamed(true, text, new ChatEvent.Failed(problem))
            .replace('\'', '"')
            .getBytes(StandardCharsets.UTF_8);
    assertThat(StrictJson.tree(array).path(1).has("error")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "LENGTH, length, MAX_TOKENS, ''",
    "CONTENT_FILTER, content_filter, SAFETY, ''",
    "REFUSAL, refusal, SAFETY, ''",
    "CONTEXT_FULL, model_context_window_exceeded, MAX_TOKENS, model_context_window_exceeded",
    "PAUSED, pause_turn, OTHER, pause_turn",
    "OTHER, cosmic_ray, OTHER, cosmic_ray"
  })
  void rule14NoReasonBecomesAStop(FinishReason.Kind kind, String raw, String word, String message) {
    String told =
        streamed(
            false, new ChatEvent.Finished(0, new FinishReason(kind, raw)), new ChatEvent.Ended());
    assertThat(told).contains("'finishReason':'" + word + "'");
    assertThat(told.contains("finishMessage")).isEqualTo(!message.isEmpty());
    assertThat(told).contains(message);
  }

  private static String answered(ChatEvent... between) {
    List<ChatEvent> events = new ArrayList<>(List.of(new ChatEvent.Started("i", "m", 0)));
    events.addAll(List.of(between));
    events.add(new ChatEvent.Ended());
    return streamed(false, events.toArray(ChatEvent[]::new));
  }

  @Test
  void whatFollowsACompleteCallIsWrittenBehindIt() {
    String told =
        answered(
            new ChatEvent.TextDelta(0, "before"),
            new ChatEvent.ToolCallStarted(0, 0, "a", "f"),
            new ChatEvent.ToolArgumentsDelta(0, 0, "{}"),
            new ChatEvent.ReasoningDelta(0, "between"),
            new ChatEvent.ToolCallStarted(0, 1, "b", "g"),
            new ChatEvent.ToolArgumentsDelta(0, 1, "{}"),
            new ChatEvent.TextDelta(0, "after"),
            new ChatEvent.Finished(0, new FinishReason(FinishReason.Kind.TOOL_CALLS, "")));
    assertThat(told)
        .containsSubsequence("before", "'name':'f'", "between", "'name':'g'", "after", "STOP")
        .containsOnlyOnce("'name':'f'")
        .containsOnlyOnce("'name':'g'");
  }

  @Test
  void aCallWhoseArgumentsGoOnIsWrittenWhenItIsComplete() {
    String told =
        answered(
            new ChatEvent.ToolCallStarted(0, 0, "a", "f"),
            new ChatEvent.ToolArgumentsDelta(0, 0, "{'k':".replace('\'', '"')),
            new ChatEvent.TextDelta(0, "text"),
            new ChatEvent.ToolArgumentsDelta(0, 0, "1}"),
            new ChatEvent.Finished(0, new FinishReason(FinishReason.Kind.TOOL_CALLS, "")));
    assertThat(told).containsSubsequence("text", "'args':{'k':1}");
  }

  @Test
  void aRefusalBesideTextIsTheMessageOfTheFinish() {
    ChatEvent refusal = new ChatEvent.RefusalDelta(0, "Because.");
    ChatEvent end = new ChatEvent.Finished(0, new FinishReason(FinishReason.Kind.REFUSAL, ""));
    assertThat(answered(new ChatEvent.TextDelta(0, "part"), refusal, end))
        .contains("'finishReason':'SAFETY','finishMessage':'Because.'")
        .doesNotContain("'text':'Because.'");
    assertThat(answered(refusal, end))
        .contains("'text':'Because.'", "'finishReason':'SAFETY'")
        .doesNotContain("finishMessage");
  }
}
