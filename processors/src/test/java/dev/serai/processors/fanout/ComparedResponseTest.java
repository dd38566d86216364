package dev.serai.processors.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.Parts;
import dev.serai.core.chat.ToolCall;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparedResponseTest {
  /** JSON without its spaces: enough for these tests. */
  private static Optional<String> json(String text) {
    String json = text.strip();
    return json.startsWith("{") ? Optional.of(json.replace(" ", "")) : Optional.empty();
  }

  private static ComparedResponse response(String text, ToolCall... calls) {
    return of(Parts.of("", text, List.of(calls)), "stop");
  }

  private static ComparedResponse of(List<Part> parts, String finish) {
    ChatResponse.Choice choice =
        new ChatResponse.Choice(0, parts, Optional.empty(), FinishReason.of(finish));
    return ComparedResponse.of(
        new ChatResponse("r", "m", 0, List.of(choice), Optional.empty()),
        ComparedResponseTest::json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Paris | paris. | true",
        "**Paris** |  Paris! | true",
        "It is 42 | It is 43 | false",
        "Yes, it is | No, it is | false",
        "The large ship left the old port at noon with all of its crew | The large ship left the old"
            + " port at noon with its crew | true",
        "The capital of France is Paris | The capital of France is Lyon | false",
        "東京です | 東京です。 | true",
        "{\"a\": 1} | {\"a\":1} | true",
        "{\"a\": 1} | {\"a\":2} | false",
        "{\"a\": 1} | It is one | false"
      })
  void textsAgreeByTheirNumbersAndVocabularyAndJsonByItsValue(
      String one, String other, boolean agree) {
    assertThat(response(one).agrees(response(other))).isEqualTo(agree);
    assertThat(response(other).agrees(response(one))).isEqualTo(agree);
  }

  @Test
  void jsonInABlockOfCodeIsJson() {
    assertThat(response("```json\n{\"a\": 1}\n```").agrees(response("{\"a\":1}"))).isTrue();
  }

  @Test
  void callsOfToolsAgreeWhateverTheirOrderAndTheTextBesideThem() {
    ToolCall time = new ToolCall("1", "time", "{\"zone\": \"CET\"}");
    ToolCall weather = new ToolCall("2", "weather", "{}");
    ToolCall same = new ToolCall("3", "time", "{\"zone\":\"CET\"}");
    ToolCall other = new ToolCall("4", "time", "{\"zone\":\"UTC\"}");
    assertThat(response("Looking.", time, weather).agrees(response("", weather, same))).isTrue();
    assertThat(response("", time).agrees(response("", other))).isFalse();
    assertThat(response("", time).agrees(response("", time, weather))).isFalse();
  }

  @Test
  void refusalsAgreeInWhateverPhrase() {
    ComparedResponse one = of(Parts.of("", "I will not.", List.of()), "refusal");
    ComparedResponse other = of(Parts.of("", "Sorry, no.", List.of()), "refusal");
    assertThat(one.agrees(other)).isTrue();
    assertThat(one.agrees(response("I will not."))).isFalse();
  }

  private static ResponseGroups groups(String... texts) {
    ResponseGroups groups = new ResponseGroups();
    Stream<String> all = Arrays.stream(texts);
    all.map(ComparedResponseTest::response).forEach(response -> groups.add(response, 1));
    return groups;
  }

  @Test
  void theFirstOfTheLargestGroupStandsForIt() {
    ResponseGroups groups = groups("no", "yes", "Yes.", "perhaps");
    assertThat(groups.representative()).isEqualTo(1);
    assertThat(groups.agreement()).isEqualTo(0.5);
  }

  @Test
  void ofEqualGroupsTheFirstOneCounts() {
    assertThat(groups("no", "yes").representative()).isZero();
    assertThat(groups("a", "b", "b", "a").representative()).isZero();
  }

  @Test
  void anAnswerWithoutContentHasNoVote() {
    ResponseGroups groups = groups("", " ", "yes");
    assertThat(groups.representative()).isEqualTo(2);
    assertThat(groups.agreement()).isEqualTo(1);
    assertThat(groups("", "").agreement()).isZero();
  }
}
