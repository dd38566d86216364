package dev.serai.core.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.ResponseFormat;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.chat.Conversation.Sampling;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.ToolChoice;
import dev.serai.core.chat.Conversation.UrlSource;
import dev.serai.core.model.Capability;
import dev.serai.core.model.Modality;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestFeaturesTest {
  private static final Message SYSTEM = message(Role.SYSTEM, "You help travellers.");
  private static final Message HELLO = message(Role.USER, "Where is Lyon?");
  private static final Message RESPONSE = message(Role.ASSISTANT, "In France.");
  private static final Message THANKS = message(Role.USER, "Thanks, and Turin?");

  private static Message message(Role role, String text) {
    return Message.of(role, List.of(new TextPart(text)));
  }

  private static Conversation conversation(Message... messages) {
    return new Conversation(
        List.of(messages),
        List.of(),
        new ToolChoice.Unset(Optional.empty()),
        new ResponseFormat.Unset(),
        Sampling.UNSET,
        Map.of());
  }

  private static RequestFeatures features(Message... messages) {
    return RequestFeatures.of(PromptOutline.of(conversation(messages), false), "");
  }

  @Test
  void aRequestThatContinuesAConversationHasItsKeys() {
    PrefixKeys first = features(SYSTEM, HELLO).prefix();
    assertThat(features(SYSTEM, HELLO, RESPONSE, THANKS).prefix()).isEqualTo(first);
    assertThat(features(SYSTEM, HELLO, RESPONSE, THANKS, RESPONSE, HELLO).prefix())
        .isEqualTo(first);
  }

  @Test
  void anotherConversationSharesTheKeyOfTheSystemPromptOnly() {
    PrefixKeys one = features(SYSTEM, HELLO).prefix();
    PrefixKeys other = features(SYSTEM, THANKS).prefix();
    assertThat(other.system()).isEqualTo(one.system());
    assertThat(other.conversation()).isNotEqualTo(one.conversation());
    assertThat(features(HELLO).prefix().system()).isNotEqualTo(one.system());
  }

  @Test
  void longPromptsThatDifferAtTheirEndHaveDifferentKeys() {
    String text = "All rules of the house. ".repeat(2000);
    PrefixKeys one = features(message(Role.SYSTEM, text + "a"), HELLO).prefix();
    PrefixKeys other = features(message(Role.SYSTEM, text + "b"), HELLO).prefix();
    assertThat(other.system()).isNotEqualTo(one.system());
  }

  /** Replicas of different versions share pins by these keys. */
  @Test
  void theKeysAreTheSameInEveryProcess() {
    assertThat(features(SYSTEM, HELLO).prefix())
        .isEqualTo(new PrefixKeys(-7219227225272705659L, -5546761276505531180L));
  }

  @Test
  void whatTheCallerSaysGoesBeforeTheGuess() {
    PromptOutline outline =
        PromptOutline.of(conversation(message(Role.USER, "Translate into German: hi")), false);
    assertThat(RequestFeatures.of(outline, "").task().cluster()).isEqualTo(TaskCluster.TRANSLATE);
    TaskGuess stated = RequestFeatures.of(outline, " Code ").task();
    assertThat(stated).isEqualTo(new TaskGuess(TaskCluster.CODE, 1, true));
    TaskGuess guess = RequestFeatures.of(outline, "quarterly-report").task();
    assertThat(guess.cluster()).isEqualTo(TaskCluster.TRANSLATE);
    assertThat(guess.stated()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "summary,SUMMARISE", "summarize,SUMMARISE", "coding,CODE", "Translation,TRANSLATE",
    "extraction,EXTRACT", "classification,CLASSIFY", "conversation,CHAT", "maths,REASONING"
  })
  void aTaskTypeHasSynonyms(String word, TaskCluster cluster) {
    assertThat(TaskCluster.named(word)).contains(cluster);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "tests", "codex"})
  void anotherTaskTypeNamesNoCluster(String word) {
    assertThat(TaskCluster.named(word)).isEmpty();
  }

  @Test
  void everyLabelNamesItsCluster() {
    for (TaskCluster cluster : TaskCluster.values()) {
      assertThat(TaskCluster.named(cluster.label())).contains(cluster);
    }
  }

  @Test
  void turnsAndInputsAreThoseOfTheUser() {
    Message image =
        Message.of(
            Role.USER,
            List.of(new ImagePart(new UrlSource("https://a.example/i"), Optional.empty())));
    RequestFeatures features = features(SYSTEM, image, RESPONSE, THANKS, message(Role.TOOL, "sun"));
    assertThat(features.turns()).isEqualTo(2);
    assertThat(features.inputs()).containsExactly(Modality.TEXT, Modality.IMAGE);
    assertThat(features.promptTokens()).isBetween(1000L, 1060L);
    assertThat(features.needs()).isEmpty();
  }

  @Test
  void aStreamIsANeed() {
    PromptOutline outline = PromptOutline.of(conversation(HELLO), true);
    assertThat(outline.needs()).containsExactly(Capability.STREAMING);
  }

  @Test
  void aRequestWithoutAUserHasFeatures() {
    RequestFeatures features = features();
    assertThat(features.turns()).isZero();
    assertThat(features.language()).isEqualTo(LanguageGuess.NONE);
  }

  /**
   * Texts that are expensive for careless code: runs, one word, broken and invisible characters.
   */
  private static List<String> hostile() {
    List<String> texts = new ArrayList<>();
    for (String unit :
        List.of(
            "a",
            "a ",
            "?",
            "\uD800",
            "\uDC00",
            "\u200B",
            "\u202E\u05D0",
            "\u0301",
            "語",
            "```",
            "{",
            "\\",
            "\n",
            "_",
            "translate",
            "\uD83D\uDE00")) {
      texts.add(unit.repeat(10_000_000 / unit.length()));
    }
    return texts;
  }

  @Test
  @Timeout(20)
  void tenMegabytesOfAnythingAreReadInTheTimeOfTheirEnds() {
    for (String text : hostile()) {
      RequestFeatures features = features(message(Role.SYSTEM, text), message(Role.USER, text));
      assertThat(features.turns()).isEqualTo(1);
      assertThat(features.promptTokens()).isGreaterThan(0);
      RequestFeatures again = features(message(Role.SYSTEM, text), message(Role.USER, text));
      assertThat(again).isEqualTo(features);
    }
  }

  @Test
  @Timeout(20)
  void aMessageOfManyPartsIsReadInTheTimeOfItsEnds() {
    List<Conversation.Part> parts = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      parts.add(new TextPart("part " + i));
    }
    PromptOutline outline = PromptOutline.of(conversation(Message.of(Role.USER, parts)), false);
    assertThat(outline.question()).startsWith("part 0\npart 1\n").endsWith("\npart 99999");
  }
}
