package dev.serai.processors.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.chat.ChatResponse;
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

class AnswerTest {
  /** JSON without its spaces: enough for these tests. */
  private static Optional<String> json(String text) {
    String json = text.strip();
    return json.startsWith("{") ? Optional.of(json.replace(" ", "")) : Optional.empty();
  }

  private static Answer answer(String text, ToolCall... calls) {
    return of(Parts.of("", text, List.of(calls)), "stop");
  }

  private static Answer of(List<dev.serai.core.chat.Conversation.Part> parts, String finish) {
    ChatResponse.Choice choice =
        new ChatResponse.Choice(0, parts, Optional.empty(), FinishReason.of(finish));
    return Answer.of(
        new ChatResponse("r", "m", 0, List.of(choice), Optional.empty()), AnswerTest::json);
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
    assertThat(answer(one).agrees(answer(other))).isEqualTo(agree);
    assertThat(answer(other).agrees(answer(one))).isEqualTo(agree);
  }

  @Test
  void jsonInABlockOfCodeIsJson() {
    assertThat(answer("```json\n{\"a\": 1}\n```").agrees(answer("{\"a\":1}"))).isTrue();
  }

  @Test
  void callsOfToolsAgreeWhateverTheirOrderAndTheTextBesideThem() {
    ToolCall time = new ToolCall("1", "time", "{\"zone\": \"CET\"}");
    ToolCall weather = new ToolCall("2", "weather", "{}");
    ToolCall same = new ToolCall("3", "time", "{\"zone\":\"CET\"}");
    ToolCall other = new ToolCall("4", "time", "{\"zone\":\"UTC\"}");
    assertThat(answer("Looking.", time, weather).agrees(answer("", weather, same))).isTrue();
    assertThat(answer("", time).agrees(answer("", other))).isFalse();
    assertThat(answer("", time).agrees(answer("", time, weather))).isFalse();
  }

  @Test
  void refusalsAgreeInWhateverPhrase() {
    Answer one = of(Parts.of("", "I will not.", List.of()), "refusal");
    Answer other = of(Parts.of("", "Sorry, no.", List.of()), "refusal");
    assertThat(one.agrees(other)).isTrue();
    assertThat(one.agrees(answer("I will not."))).isFalse();
  }

  private static AnswerGroups groups(String... texts) {
    AnswerGroups groups = new AnswerGroups();
    Stream<String> all = Arrays.stream(texts);
    all.map(AnswerTest::answer).forEach(groups::add);
    return groups;
  }

  @Test
  void theFirstOfTheLargestGroupStandsForIt() {
    AnswerGroups groups = groups("no", "yes", "Yes.", "perhaps");
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
    AnswerGroups groups = groups("", " ", "yes");
    assertThat(groups.representative()).isEqualTo(2);
    assertThat(groups.agreement()).isEqualTo(1);
    assertThat(groups("", "").agreement()).isZero();
  }
}
