package dev.serai.core.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.guard.GuardedText.Source;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamedTextTest {
  private final List<String> found = new ArrayList<>();

  private static Guard guard(String name, boolean blocks, String... patterns) {
    return new Guard(
        name,
        EnumSet.allOf(GuardDirection.class),
        blocks,
        true,
        Set.of(),
        TextPatterns.of(List.of(patterns)));
  }

  private StreamedText text(Source source, Guard... guards) {
    found.clear();
    return new StreamedText(source, List.of(guards), guard -> found.add(guard.name()));
  }

  /** What is released of a text that is cut at two places. */
  private static String released(StreamedText text, String whole, int first, int second) {
    return text.take(whole.substring(0, first))
        + text.take(whole.substring(first, second))
        + text.take(whole.substring(second))
        + text.end();
  }

  @Test
  void aForbiddenPhraseIsNeverReleasedAtAnySplit() {
    String whole = "Well, the Secret  Sauce is made.";
    for (int first = 0; first <= whole.length(); first++) {
      for (int second = first; second <= whole.length(); second++) {
        StreamedText text = text(Source.ASSISTANT, guard("g", true, "secret sauce"));
        String released = released(text, whole, first, second);
        assertThat("Well, the ").as(first + " " + second).startsWith(released);
        assertThat(text.blocking()).isPresent();
        assertThat(found).containsExactly("g");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"the secret is out", "secret", "a secretary's saucer, secret sauces", ""})
  void aTextWithoutAMatchIsReleasedAsItIsAtAnySplit(String whole) {
    for (int first = 0; first <= whole.length(); first++) {
      for (int second = first; second <= whole.length(); second++) {
        StreamedText text = text(Source.ASSISTANT, guard("g", true, "secret sauce"));
        assertThat(released(text, whole, first, second)).isEqualTo(whole);
        assertThat(text.blocking()).isEmpty();
      }
    }
  }

  @Test
  void aMatchAtTheVeryEndIsFound() {
    StreamedText text = text(Source.ASSISTANT, guard("g", true, "sauce"));
    assertThat(text.take("secret sauce")).isEqualTo("secret ");
    assertThat(text.blocking()).isEmpty();
    assertThat(text.end()).isEmpty();
    assertThat(text.blocking()).isPresent();
  }

  /** In JSON a character may be written as an escape, which may be cut too. */
  @Test
  void aPhraseInEscapesOfJsonIsNeverReleasedAtAnySplit() {
    String whole = "{\"to\":\"s\\u0065cret\\u0020\\nsauce\"}";
    for (int first = 0; first <= whole.length(); first++) {
      for (int second = first; second <= whole.length(); second++) {
        StreamedText text = text(Source.TOOL_ARGUMENTS, guard("g", true, "secret sauce"));
        assertThat("{\"to\":\"").startsWith(released(text, whole, first, second));
        assertThat(text.blocking()).isPresent();
      }
    }
  }

  @Test
  void atMostTheLongestMatchIsHeldBack() {
    StreamedText text = text(Source.ASSISTANT, guard("g", true, "/ab*c/"));
    long held = 0;
    for (int i = 0; i < 5000; i++) {
      held += 1 - text.take(i == 0 ? "a" : "b").length();
      assertThat(held).isLessThanOrEqualTo(1001);
    }
  }

  @Test
  void whatIsOnlyReportedIsNeverHeldBackAndReportedOnce() {
    StreamedText text = text(Source.ASSISTANT, guard("r", false, "sauce"));
    for (String piece : List.of("sau", "ce ", "and sauce", " again sauce.")) {
      assertThat(text.take(piece)).isEqualTo(piece);
    }
    assertThat(text.end()).isEmpty();
    assertThat(found).containsExactly("r");
    assertThat(text.blocking()).isEmpty();
  }

  @Test
  void aPhraseIsNotCompletedAfterAnInterruption() {
    StreamedText text = text(Source.ASSISTANT, guard("g", true, "secret sauce"));
    assertThat(text.take("secret ")).isEmpty();
    assertThat(text.end()).isEqualTo("secret ");
    assertThat(text.take("sauce!")).isEmpty();
    assertThat(text.blocking()).isPresent();
  }

  @Test
  void everyGuardIsAskedInItsOwnWay() {
    StreamedText text = text(Source.ASSISTANT, guard("a", false, "one"), guard("b", true, "two"));
    assertThat(text.take("one ")).isEqualTo("one ");
    assertThat(text.take("two ")).isEmpty();
    assertThat(found).containsExactly("a", "b");
  }
}
