package dev.serai.adapters.dialects.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.translation.Inbound;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.ChatResponse.Choice;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.Conversation.ToolCallPart;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.surface.Surface.ChatEventWriter;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The opaque state of another dialect's provider survives a client of OpenAI's. */
class ReasoningDetailsTest {
  private static final OpenAiSurface SURFACE = new OpenAiSurface(Clock.systemUTC());
  private static final OpaqueState SIGNATURE =
      new OpaqueState("anthropic", "claude", "signature", "c2ln");
  private static final OpaqueState THOUGHT =
      new OpaqueState("gemini", "google", "thought_signature", "dGg=");
  private static final List<Part> RESPONSE =
      List.of(
          new ReasoningPart("I think", Optional.of(SIGNATURE)),
          new ReasoningPart("", Optional.of(SIGNATURE)),
          new ToolCallPart(new ToolCall("call_1", "now", "{}", Optional.of(THOUGHT))));

  @Test
  void stateComesBackWithTheMessageThatTheClientStores() {
    Message back = sentBack(answered()).conversation().messages().get(1);
    assertThat(back.parts()).isEqualTo(RESPONSE);
  }

  @Test
  void aToolResultRefersToTheProvidersOwnId() {
    Message result = sentBack(answered()).conversation().messages().get(2);
    assertThat(result.toolResult().orElseThrow().callId()).isEqualTo("call_1");
  }

  @Test
  void foreignStateIsNotSentToAnOpenAiProvider() {
    ChatRequest request = sentBack(answered());
    byte[] body =
        new OpenAiDialect().writeRequest(request, RequestSplicerTest.target("gpt")).body();
    assertThat(new String(body, UTF_8))
        .doesNotContain("serai1_")
        .doesNotContain("I think")
        .doesNotContain("reasoning")
        .contains("\"tool_call_id\":\"call_1\"", "\"id\":\"call_1\"");
  }

  @Test
  void aStreamContainsEachBlockOnceAsAWhole() {
    ChatEventWriter writer = SURFACE.streamWriter(sentBack(answered()));
    String block =
        new String(writer.write(new ChatEvent.ReasoningDelta(0, "I ")), UTF_8)
            + new String(writer.write(new ChatEvent.ReasoningDelta(0, "think")), UTF_8)
            + new String(writer.write(new ChatEvent.ReasoningState(0, SIGNATURE)), UTF_8);
    assertThat(block)
        .contains("\"reasoning_content\":\"I \"", "\"reasoning_content\":\"think\"")
        .contains("\"type\":\"reasoning.text\",\"text\":\"I think\",\"signature\":\"serai1_");
  }

  /** The message of a response, as the client receives it. */
  private static String answered() {
    byte[] body =
        SURFACE.writeResponse(
            new ChatResponse(
                "id",
                "m",
                1,
                List.of(
                    new Choice(
                        0,
                        RESPONSE,
                        Optional.empty(),
                        new FinishReason(FinishReason.Kind.TOOL_CALLS, "tool_use"))),
                Optional.empty()));
    String text = new String(body, UTF_8);
    int from = text.indexOf("\"message\":") + "\"message\":".length();
    return text.substring(from, text.indexOf(",\"logprobs\""));
  }

  private static ChatRequest sentBack(String message) {
    int from = message.indexOf("\"id\":\"") + "\"id\":\"".length();
    String id = message.substring(from, message.indexOf('"', from));
    return SURFACE.readRequest(
        Inbound.post(
            "/v1/chat/completions",
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"?\"},"
                + message
                + ",{\"role\":\"tool\",\"tool_call_id\":\""
                + id
                + "\",\"content\":\"noon\"}]}"));
  }
}
