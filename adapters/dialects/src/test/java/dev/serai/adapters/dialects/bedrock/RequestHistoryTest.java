package dev.serai.adapters.dialects.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.translation.Asked;
import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.CacheMark;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.Conversation.ResponseFormat;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.chat.Conversation.Sampling;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.Tool;
import dev.serai.core.chat.Conversation.ToolCallPart;
import dev.serai.core.chat.Conversation.ToolChoice;
import dev.serai.core.chat.Conversation.ToolResult;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.request.ChatRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What comes back to the provider: its own state, marks for its cache, failed tools. */
class RequestHistoryTest {
  private static final Optional<CacheMark> MARK = Optional.of(new CacheMark(Optional.empty()));
  private static final Optional<CacheMark> HOUR = Optional.of(new CacheMark(Optional.of("1h")));

  private final Asked claude = model("anthropic.claude-sonnet-4-20250514-v1:0");
  private final Asked llama = model("meta.llama3-3-70b-instruct-v1:0");

  private static Asked model(String name) {
    return Asked.of(new BedrockDialect(), "https://bedrock-runtime.us-east-1.amazonaws.com", name);
  }

  private static Message user(Part... parts) {
    return Message.of(Role.USER, List.of(parts));
  }

  private static Message assistant(Part... parts) {
    return Message.of(Role.ASSISTANT, List.of(parts));
  }

  private static Message result(ToolResult answered, Part... parts) {
    return new Message(
        Role.TOOL, List.of(parts), Optional.empty(), Optional.empty(), Optional.of(answered));
  }

  private static ChatRequest said(List<Tool> tools, Message... messages) {
    Conversation conversation =
        new Conversation(
            List.of(messages),
            tools,
            new ToolChoice.Unset(Optional.empty()),
            new ResponseFormat.Unset(),
            Sampling.UNSET,
            Map.of());
    return new Spoken(conversation);
  }

  /** A request of a dialect that says more than OpenAI's. */
  private record Spoken(Conversation conversation) implements ChatRequest {
    @Override
    public String dialect() {
      return "spoken";
    }

    @Override
    public byte[] bytes() {
      return new byte[0];
    }

    @Override
    public String model() {
      return "m";
    }

    @Override
    public boolean streaming() {
      return false;
    }

    @Override
    public boolean wantsUsage() {
      return false;
    }
  }

  private static ReasoningPart reasoning(
      String text, String dialect, String provider, String kind) {
    return new ReasoningPart(text, Optional.of(new OpaqueState(dialect, provider, kind, "c2ln")));
  }

  @Test
  void itsOwnReasoningGoesBackSignedAndHiddenReasoningUnchanged() {
    ChatRequest request =
        said(
            List.of(),
            user(new TextPart("x")),
            assistant(
                reasoning("Hm.", "bedrock", "acme", "signature"),
                reasoning("", "bedrock", "acme", "redactedContent"),
                new TextPart("y")),
            user(new TextPart("z")));
    assertThat(claude.member("messages", request))
        .contains(
            "[{'reasoningContent':{'reasoningText':{'text':'Hm.','signature':'c2ln'}}},"
                + "{'reasoningContent':{'redactedContent':'c2ln'}},{'text':'y'}]");
    assertThat(claude.dropped(request)).isEmpty();
  }

  @Test
  void anotherProvidersReasoningIsLeftOutAndUnsignedReasoningIsText() {
    ChatRequest request =
        said(
            List.of(),
            user(new TextPart("x")),
            assistant(
                reasoning("theirs", "gemini", "gemini", "thoughtSignature"),
                reasoning("elsewhere", "bedrock", "other", "signature"),
                new ReasoningPart("mine"),
                new TextPart("y")),
            user(new TextPart("z")));
    assertThat(claude.member("messages", request))
        .contains("'content':[{'text':'mine'},{'text':'y'}]")
        .doesNotContain("theirs", "elsewhere");
    assertThat(claude.dropped(request)).containsExactly("messages.reasoning_content");
  }

  @Test
  void onlyClaudeTakesSignaturesOfAnthropicsApi() {
    ChatRequest request =
        said(
            List.of(),
            user(new TextPart("x")),
            assistant(reasoning("Hm.", "anthropic", "", "signature"), new TextPart("y")),
            user(new TextPart("z")));
    assertThat(claude.member("messages", request)).contains("'signature':'c2ln'");
    assertThat(llama.member("messages", request)).doesNotContain("c2ln", "Hm.");
  }

  @Test
  void onlyClaudeTakesRedactedReasoningOfAnthropicsApi() {
    ChatRequest request =
        said(
            List.of(),
            user(new TextPart("x")),
            assistant(reasoning("", "anthropic", "", "redacted_thinking"), new TextPart("y")),
            user(new TextPart("z")));
    assertThat(claude.member("messages", request))
        .contains("[{'reasoningContent':{'redactedContent':'c2ln'}},{'text':'y'}]");
    assertThat(claude.dropped(request)).isEmpty();
    assertThat(llama.member("messages", request)).doesNotContain("c2ln");
    assertThat(llama.dropped(request)).containsExactly("messages.reasoning_content");
  }

  @Test
  void whatIsHiddenAndNoBlobOrNamesAnotherProviderIsLeftOut() {
    for (OpaqueState foreign :
        List.of(
            new OpaqueState("anthropic", "", "redacted_thinking", "no base64!"),
            new OpaqueState("anthropic", "", "redacted_thinking", ""),
            new OpaqueState("anthropic", "anthropic", "redacted_thinking", "c2ln"),
            new OpaqueState("bedrock", "bedrock-eu", "redactedContent", "c2ln"))) {
      ChatRequest request =
          said(
              List.of(),
              user(new TextPart("x")),
              assistant(new ReasoningPart("", Optional.of(foreign)), new TextPart("y")),
              user(new TextPart("z")));
      assertThat(claude.member("messages", request)).doesNotContain("reasoningContent");
      assertThat(claude.dropped(request)).containsExactly("messages.reasoning_content");
    }
  }

  @Test
  void resultsInARowAreOneTurnAndAFailedOneSaysSo() {
    ToolCall one = new ToolCall("a", "now", "{}");
    ToolCall two = new ToolCall("b", "now", "{\"z\":1}");
    ChatRequest request =
        said(
            List.of(),
            user(new TextPart("x")),
            assistant(new ToolCallPart(one), new ToolCallPart(two)),
            result(new ToolResult("a"), new TextPart("12:00")),
            result(new ToolResult("b", true, Optional.empty()), new TextPart("no clock")),
            user(new TextPart("go on")));
    assertThat(claude.member("messages", request))
        .endsWith(
            "{'role':'user','content':["
                + "{'toolResult':{'toolUseId':'a','content':[{'text':'12:00'}]}},{'toolResult':{'toolUseId':'b','content':[{'text':'no"
                + " clock'}],'status':'error'}},{'text':'go on'}]}]");
  }

  @Test
  void marksStandBehindWhatTheyMark() {
    Tool tool = new Tool("now", Optional.empty(), "{}", false, MARK);
    ChatRequest request =
        said(
            List.of(tool),
            Message.of(Role.SYSTEM, List.of(new TextPart("be kind", HOUR))),
            user(new TextPart("x", MARK)),
            assistant(new ToolCallPart(new ToolCall("a", "now", "{}"))),
            result(new ToolResult("a"), new TextPart("12:00", MARK)));
    String body = claude.body(request);
    assertThat(body)
        .contains("'system':[{'text':'be kind'},{'cachePoint':{'type':'default'}}]")
        .contains("{'text':'x'},{'cachePoint':{'type':'default'}}")
        .contains("'content':[{'text':'12:00'}]}},{'cachePoint':{'type':'default'}}")
        .contains(
            "{'json':{'type':'object','properties':{}}}}},{'cachePoint':{'type':'default'}}]");
    assertThat(claude.dropped(request)).containsExactly("cache_control.ttl");
    assertThat(llama.body(request)).doesNotContain("cachePoint");
    assertThat(llama.dropped(request)).containsExactly("cache_control");
  }

  @Test
  void aFifthMarkIsLeftOut() {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      parts.add(new TextPart("part " + i, MARK));
    }
    ChatRequest request = said(List.of(), Message.of(Role.USER, parts));
    assertThat(claude.body(request).split("cachePoint", -1)).hasSize(5);
    assertThat(claude.dropped(request)).containsExactly("cache_control");
  }
}
