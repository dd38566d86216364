package dev.serai.core.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.serai.core.session.SessionMessage;
import dev.serai.core.session.SessionMessage.Content;
import dev.serai.core.session.SessionMessage.Role;
import dev.serai.core.session.SessionMessage.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is found of a conversation without a model. */
class KeyInformationFinderTest {
  private static final int TOKENS = 2000;
  private static final int AT_A_TIME = 40;
  private static final int CONVERSATIONS = 40;

  private static SessionMessage said(Role role, String text) {
    return new SessionMessage(
        1, "msg_1", Instant.EPOCH, new Content(role, Type.TEXT, text, "{}", false, false));
  }

  private static KeyInformation found(int tokens, SessionMessage... messages) {
    return KeyInformationFinder.find(KeyInformation.NONE, List.of(messages), tokens);
  }

  /** The summary of a conversation that is made step by step, as in a running session. */
  private static KeyInformation compressed(LongConversation conversation, int tokens) {
    KeyInformation summary = KeyInformation.NONE;
    List<SessionMessage> messages = conversation.messages();
    for (int i = 0; i < messages.size(); i += AT_A_TIME) {
      List<SessionMessage> next = messages.subList(i, Math.min(i + AT_A_TIME, messages.size()));
      String stored = KeyInformationFinder.find(summary, next, tokens).text();
      summary = KeyInformation.parse(stored);
    }
    return summary;
  }

  private record Recall(int planted, int found) {
    private Recall and(boolean isFound) {
      return new Recall(planted + 1, found + (isFound ? 1 : 0));
    }

    private double share() {
      return (double) found / planted;
    }
  }

  /** How many facts are in the summaries of conversations, by their kind and of all. */
  private static Map<String, Recall> recalls(LongFunction<LongConversation> made, int tokens) {
    Map<String, Recall> recalls = new TreeMap<>();
    for (long seed = 0; seed < CONVERSATIONS; seed++) {
      LongConversation conversation = made.apply(seed);
      String text = compressed(conversation, tokens).text();
      assertThat(text.length()).isLessThanOrEqualTo(4 * tokens);
      for (LongConversation.Fact fact : conversation.facts()) {
        boolean found = text.contains(fact.statement());
        for (String kind : List.of("all", fact.kind())) {
          recalls.put(kind, recalls.getOrDefault(kind, new Recall(0, 0)).and(found));
        }
      }
    }
    return recalls;
  }

  @Test
  void plantedFactsOfLongConversationsAreInTheirSummaries() {
    for (int tokens : new int[] {TOKENS, TOKENS / 2}) {
      Map<String, Recall> recalls = recalls(seed -> LongConversation.of(seed, 200), tokens);
      assertThat(recalls.get("all").planted()).isEqualTo(920);
      if (tokens < TOKENS) {
        recalls.remove("plain"); // what looks like any other sentence is left out first
      }
      assertThat(recalls.values())
          .as(tokens + " tokens: " + recalls)
          .allMatch(recall -> recall.share() >= 0.9);
    }
  }

  @Test
  void factsInOtherWordsAreInTheirSummariesToo() {
    Map<String, Recall> recalls = recalls(seed -> LongConversation.inOtherWords(seed, 200), TOKENS);
    assertThat(recalls.get("all").planted()).isEqualTo(560);
    assertThat(recalls.get("all").share()).as(recalls.toString()).isGreaterThanOrEqualTo(0.9);
  }

  @Test
  void statementsAreListedByWhatTheyAre() {
    KeyInformation found =
        found(
            TOKENS,
            said(Role.USER, "I prefer the night train. How are you?\nWe decided to go to Oslo."),
            said(Role.ASSISTANT, "Fine. Your booking code is QX7-4431."),
            said(Role.USER, "Remind me to call Anna Berg by Friday."));
    assertThat(found.keyPoints())
        .containsExactly(
            "user: I prefer the night train.", "assistant: Your booking code is QX7-4431.");
    assertThat(found.decisions()).containsExactly("user: We decided to go to Oslo.");
    assertThat(found.actionItems()).containsExactly("user: Remind me to call Anna Berg by Friday.");
    assertThat(found.entities()).containsExactly("Oslo", "QX7-4431", "Anna Berg", "Friday");
  }

  @Test
  void theSameMessagesGiveTheSameTextAndItIsReadBack() {
    List<SessionMessage> messages = LongConversation.of(7, 60).messages();
    KeyInformation found = KeyInformationFinder.find(KeyInformation.NONE, messages, TOKENS);
    assertThat(KeyInformationFinder.find(KeyInformation.NONE, messages, TOKENS)).isEqualTo(found);
    assertThat(KeyInformation.parse(found.text())).isEqualTo(found);
  }

  @Test
  void whatIsSaidAgainIsListedOnceAndLast() {
    KeyInformation found =
        found(
            TOKENS,
            said(Role.USER, "My budget is 100 euros."),
            said(Role.USER, "My budget is 200 euros."),
            said(Role.USER, "My budget is 100 euros."));
    assertThat(found.keyPoints())
        .containsExactly("user: My budget is 200 euros.", "user: My budget is 100 euros.");
  }

  @Test
  void theTextIsWithinItsLimitAlsoIfOneSentenceIsLong() {
    SessionMessage[] messages =
        IntStream.range(0, 500)
            .mapToObj(i -> said(Role.USER, "My number " + i + " is in Oslo " + "x ".repeat(900)))
            .toArray(SessionMessage[]::new);
    String text = found(400, messages).text();
    assertThat(text.length()).isBetween(800, 4 * 400);
    assertThat(text).contains("My number 499 is in Oslo").doesNotContain("My number 0 is");
  }

  @Test
  void aTextWithoutSentencesIsReadInTime() {
    String blanks = " ".repeat(1_000_000) + "x".repeat(1_000_000);
    assertTimeoutPreemptively(
        Duration.ofSeconds(10), () -> found(TOKENS, said(Role.USER, blanks)).text());
  }
}
