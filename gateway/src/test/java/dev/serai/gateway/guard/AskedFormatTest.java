package dev.serai.gateway.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.ChatResponse.Choice;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ResponseFormat;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.Parts;
import dev.serai.core.chat.ToolCall;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AskedFormatTest {
  private static final ResponseFormat ANY_JSON = new ResponseFormat.JsonObject();
  private static final String CITY =
      "{\"type\": \"object\", \"required\": [\"city\"],"
          + " \"properties\": {\"city\": {\"type\": \"string\"}}}";

  private final AskedFormat format = new AskedFormat();

  @Test
  void aTextThatIsNotJsonBreaksBothFormats() {
    for (ResponseFormat asked : List.of(ANY_JSON, schema(CITY))) {
      for (String text : List.of("Sure!", "", "{\"city\": \"Lyon\"", "```json\n{}\n```")) {
        assertThat(format.isBroken(asked, saying(text, "stop"))).as(text).isTrue();
      }
      assertThat(format.isBroken(asked, saying("{\"city\": \"Lyon\"}", "stop"))).isFalse();
    }
  }

  @Test
  void jsonThatDoesNotMatchTheSchemaBreaksItAndIsJsonStill() {
    for (int again = 0; again < 2; again++) {
      assertThat(format.isBroken(schema(CITY), saying("{\"city\": 3}", "stop"))).isTrue();
      assertThat(format.isBroken(schema(CITY), saying("{}", "stop"))).isTrue();
    }
    assertThat(format.isBroken(ANY_JSON, saying("{\"city\": 3}", "stop"))).isFalse();
    assertThat(format.isBroken(ANY_JSON, saying("[1]", "stop"))).isFalse();
  }

  @Test
  void aTextThatWasCutRefusedOrFilteredBreaksNoFormat() {
    for (String end : List.of("length", "content_filter", "refusal", "pause_turn", "error")) {
      assertThat(format.isBroken(schema(CITY), saying("{\"ci", end))).as(end).isFalse();
    }
    ChatResponse refused = response(Parts.of("", "", List.of()), Optional.of("No."), "stop");
    assertThat(format.isBroken(ANY_JSON, refused)).isFalse();
  }

  @Test
  void aResponseThatCallsToolsBreaksNoFormat() {
    for (String end : List.of("tool_calls", "stop")) {
      ChatResponse calls =
          response(
              Parts.of("", "I look.", List.of(new ToolCall("c", "look", "{}"))),
              Optional.empty(),
              end);
      assertThat(format.isBroken(ANY_JSON, calls)).as(end).isFalse();
    }
  }

  @Test
  void oneChoiceOfSeveralIsEnough() {
    Choice good = saying("{}", "stop").choices().getFirst();
    Choice bad = saying("no", "stop").choices().getFirst();
    ChatResponse both = new ChatResponse("", "", 0, List.of(good, bad), Optional.empty());
    assertThat(format.isBroken(ANY_JSON, both)).isTrue();
  }

  @Test
  void textThatWasNotAskedToBeJsonBreaksNoFormat() {
    assertThat(format.isBroken(new ResponseFormat.Unset(), saying("Hi", "stop"))).isFalse();
    assertThat(format.isBroken(new ResponseFormat.PlainText(), saying("Hi", "stop"))).isFalse();
  }

  @Test
  void ofASchemaThatCannotBeUsedOnlyTheJsonCounts() {
    String endless = "{\"$ref\": \"#\"}";
    String wrong = "{\"type\": \"thing\"}";
    String large = "{\"const\": 1, \"title\": \"" + "x".repeat(64 * 1024) + "\"}";
    for (String unusable : List.of(endless, wrong, large, "no schema")) {
      assertThat(format.isBroken(schema(unusable), saying("{}", "stop"))).isFalse();
      assertThat(format.isBroken(schema(unusable), saying("no", "stop"))).isTrue();
    }
  }

  @Test
  void aTextThatTakesTooLongToCompareBreaksNoFormat() {
    String slow = "{\"type\": \"string\", \"pattern\": \"^(.*a){12}b$\"}";
    String text = '"' + "a".repeat(200) + "c\"";
    assertThat(format.isBroken(schema(slow), saying(text, "stop"))).isFalse();
  }

  private static ResponseFormat schema(String json) {
    return new ResponseFormat.JsonSchema("answer", json, true);
  }

  private static ChatResponse saying(String text, String end) {
    return response(Parts.of("", text, List.of()), Optional.empty(), end);
  }

  private static ChatResponse response(List<Part> parts, Optional<String> refusal, String end) {
    Choice choice = new Choice(0, parts, refusal, FinishReason.of(end));
    return new ChatResponse("", "", 0, List.of(choice), Optional.empty());
  }
}
