package dev.serai.adapters.dialects.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.anthropic.AnthropicDialect;
import dev.serai.adapters.dialects.translation.Asked;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.Conversation.ToolCallPart;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.FinishReason.Kind;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.surface.Surface.ChatEventWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A client of the older {@code functions} reads calls in {@code function_call} only. */
class OlderFunctionsTest {
  private static final ChatRequest OLDER = Asked.asking("'functions':[{'name':'f'}]");
  private static final String TOOLS = "'tools':[{'type':'function','function':{'name':'f'}}]";
  private static final FinishReason CALLS = new FinishReason(Kind.TOOL_CALLS, "tool_use");

  private static String whole(ChatRequest request) {
    ChatResponse.Choice choice =
        new ChatResponse.Choice(
            0,
            List.of(new ToolCallPart(new ToolCall("c1", "f", "{\"a\":1}"))),
            Optional.empty(),
            CALLS);
    ChatResponse response = new ChatResponse("x", "m", 5, List.of(choice), Optional.empty());
    return new String(Asked.SURFACE.writeResponse(request, response), StandardCharsets.UTF_8);
  }

  private static String streamed(ChatRequest request) {
    ChatEventWriter writer = Asked.SURFACE.streamWriter(request);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    List.of(
            new ChatEvent.Started("x", "m", 5),
            new ChatEvent.ToolCallStarted(0, 0, "c1", "f"),
            new ChatEvent.ToolArgumentsDelta(0, 0, "{\"a\""),
            new ChatEvent.ToolArgumentsDelta(0, 0, ":1}"),
            new ChatEvent.Finished(0, CALLS),
            new ChatEvent.Ended())
        .forEach(event -> bytes.writeBytes(writer.write(event)));
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aCallIsAFunctionCall() {
    assertThat(whole(OLDER))
        .contains(
            "\"function_call\":{\"name\":\"f\",\"arguments\":\"{\\\"a\\\":1}\"}",
            "\"finish_reason\":\"function_call\"")
        .doesNotContain("tool_calls");
  }

  @Test
  void aStreamedCallIsAFunctionCallPieceByPiece() {
    assertThat(streamed(OLDER))
        .contains(
            "\"delta\":{\"function_call\":{\"name\":\"f\",\"arguments\":\"\"}}",
            "\"delta\":{\"function_call\":{\"arguments\":\"{\\\"a\\\"\"}}",
            "\"delta\":{\"function_call\":{\"arguments\":\":1}\"}}",
            "\"finish_reason\":\"function_call\"")
        .doesNotContain("tool_calls");
  }

  /** Also one that declares both. */
  @Test
  void aClientOfToolsGetsToolCalls() {
    for (String members : List.of(TOOLS, TOOLS + ",'functions':[{'name':'g'}]", "")) {
      ChatRequest request = Asked.asking(members);
      for (String told : List.of(whole(request), streamed(request))) {
        assertThat(told)
            .contains("\"tool_calls\":[", "\"finish_reason\":\"tool_calls\"")
            .doesNotContain("function_call");
      }
    }
  }

  /** The older form has room for one call. */
  @Test
  void parallelCallsAreNotAskedFor() {
    Asked claude = Asked.of(new AnthropicDialect(), "https://acme.test", "claude-sonnet-4-5");
    assertThat(claude.member("tool_choice", OLDER)).contains("'disable_parallel_tool_use':true");
    assertThat(claude.member("tool_choice", Asked.asking(TOOLS))).isEmpty();
  }
}
