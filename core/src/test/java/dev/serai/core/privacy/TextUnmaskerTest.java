package dev.serai.core.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextUnmaskerTest {
  private final PiiDetector detector = new PiiDetector(EnumSet.allOf(PiiKind.class), Set.of());
  private final Placeholders placeholders = new Placeholders();

  private String mask(String text) {
    return placeholders.mask(text, detector.find(text));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theResultIsTheSameAtEverySplit(boolean json) {
    mask("a@example.com and -----BEGIN PRIVATE KEY-----\n\"x\\y\"\n-----END PRIVATE KEY-----");
    String reply = "[[EMAIL_1], [EMAIL_2] [SECRET_1][EMAIL_1]] [EMAIL_ [Note] [EMAIL_1";
    String whole = TextUnmasker.whole(placeholders, json, reply);
    assertThat(whole)
        .startsWith("[a@example.com, [EMAIL_2] -----BEGIN PRIVATE KEY-----")
        .contains(json ? "\\n\\\"x\\\\y\\\"\\n" : "\n\"x\\y\"\n")
        .endsWith("a@example.com] [EMAIL_ [Note] [EMAIL_1");
    for (int first = 0; first <= reply.length(); first++) {
      for (int second = first; second <= reply.length(); second++) {
        assertThat(pieces(json, reply, first, second)).isEqualTo(whole);
      }
    }
  }

  private String pieces(boolean json, String reply, int first, int second) {
    TextUnmasker unmasker = new TextUnmasker(placeholders, json);
    return unmasker.take(reply.substring(0, first))
        + unmasker.take(reply.substring(first, second))
        + unmasker.take(reply.substring(second))
        + unmasker.end();
  }

  @Test
  void whatWasMaskedIsRestoredExactly() {
    Random random = new Random(7);
    String[] words = {
      "a@example.com",
      "[EMAIL_1]",
      "[",
      "]",
      "4111 1111 1111 1111",
      "EMAIL_2",
      "+49 30 1234567",
      " ",
      "x",
      "10.1.2.3",
      "[PHONE_1]",
      "{\"k\":",
      "078-05-1120",
      "b@example.com",
      "\n",
      "[IP_1",
    };
    for (int round = 0; round < 2000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 12; i++) {
        text.append(words[random.nextInt(words.length)]).append(random.nextInt(3) == 0 ? "" : " ");
      }
      Placeholders own = new Placeholders();
      own.reserve(text.toString());
      String masked = own.mask(text.toString(), detector.find(text.toString()));
      assertThat(TextUnmasker.whole(own, false, masked)).isEqualTo(text.toString());
    }
  }

  @Test
  void nothingIsFoundInAMaskedText() {
    String masked = mask("a@example.com, 4111 1111 1111 1111; x+49 30 1234567 at 10.1.2.3");
    assertThat(masked).isEqualTo("[EMAIL_1], [CARD_1]; x[PHONE_1] at [IP_1]");
    assertThat(detector.find(masked)).isEmpty();
  }

  @Test
  void aValueKeepsItsPlaceholderAndAnotherGetsTheNext() {
    assertThat(mask("a@example.com b@example.com a@example.com"))
        .isEqualTo("[EMAIL_1] [EMAIL_2] [EMAIL_1]");
    assertThat(mask("b@example.com c@example.com")).isEqualTo("[EMAIL_2] [EMAIL_3]");
  }

  @Test
  void aPlaceholderThatTheCallerWroteIsNotUsed() {
    placeholders.reserve("see [EMAIL_1] and [[EMAIL_3]");
    assertThat(mask("a@example.com b@example.com")).isEqualTo("[EMAIL_2] [EMAIL_4]");
    assertThat(TextUnmasker.whole(placeholders, false, "[EMAIL_1]")).isEqualTo("[EMAIL_1]");
  }

  @Test
  void placeholdersAreNotShownInALog() {
    mask("a@example.com");
    assertThat(placeholders).hasToString("1 placeholders");
  }
}
