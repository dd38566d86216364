package dev.serai.adapters.dialects.tool.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.translation.Asked;
import dev.serai.core.chat.Conversation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Names and ids that a vendor refuses are replaced one by one, and restored. */
class ToolNamesTest {
  private static final TextLimit LIMIT = TextLimit.words(64);
  private static final String LONG = "list.".repeat(20);

  private static Conversation offering(List<String> names) {
    List<String> tools =
        names.stream()
            .map(name -> "{'type':'function','function':{'name':'" + name + "'}}")
            .toList();
    return Asked.asking("'tools':[" + String.join(",", tools) + "]").conversation();
  }

  @Test
  void aNameThatIsAlreadyTheReplacementOfAnotherStaysItself() {
    for (List<String> names :
        List.of(List.of(LONG, LIMIT.fit(LONG)), List.of(LIMIT.fit(LONG), LONG))) {
      ToolNames fitted = ToolNames.of(offering(names), LIMIT);
      assertThat(fitted.fitted(LIMIT.fit(LONG))).isEqualTo(LIMIT.fit(LONG));
      assertThat(LIMIT.accepts(fitted.fitted(LONG))).isTrue();
      assertThat(fitted.fitted(LONG)).isNotEqualTo(LIMIT.fit(LONG));
      assertThat(fitted.own(fitted.fitted(LONG))).isEqualTo(LONG);
    }
  }

  @Test
  void aNameHasTheSameReplacementInEveryRequest() {
    ToolNames first = ToolNames.of(offering(List.of(LONG)), LIMIT);
    ToolNames later = ToolNames.of(offering(List.of("look", LONG + "2", LONG)), LIMIT);
    assertThat(later.fitted(LONG)).isEqualTo(first.fitted(LONG));
  }

  @Test
  void namesThatAVendorAcceptsAreUnchanged() {
    ToolNames names = ToolNames.of(offering(List.of("look", "a-b_C9", "x".repeat(64))), LIMIT);
    assertThat(names.isEmpty()).isTrue();
  }

  @Test
  void everyReplacementIsAcceptedWhateverTheLimitAndTheText() {
    List<TextLimit> limits =
        List.of(
            LIMIT,
            TextLimit.length(40),
            TextLimit.NONE,
            new TextLimit(9, 9, TextLimit.Characters.ALPHANUMERIC),
            new TextLimit(1, 64, TextLimit.Characters.IDENTIFIER));
    List<String> texts =
        List.of(
            "",
            " ",
            "9lives",
            "-x",
            "a.b",
            "a:b",
            "ä",
            "\uD83D\uDE00".repeat(40),
            LONG,
            LONG + "1");
    for (TextLimit limit : limits) {
      Set<String> fitted = new HashSet<>();
      for (String text : texts) {
        assertThat(limit.accepts(limit.fit(text))).as("%s by %s", text, limit).isTrue();
        fitted.add(limit.fit(text));
      }
      assertThat(fitted).hasSameSizeAs(texts);
    }
  }

  @Test
  void resultsFollowTheCallsOfTheirOwnTurn() {
    CallIds ids = new CallIds(TextLimit.length(40));
    ids.beginMessage();
    String first = ids.ofCall("c");
    String unanswered = ids.ofCall("c");
    ids.beginMessage();
    assertThat(ids.ofResult("c")).isEqualTo(first);
    ids.beginMessage();
    String next = ids.ofCall("c");
    ids.beginMessage();
    assertThat(ids.ofResult("c")).isEqualTo(next).isNotIn(first, unanswered);
  }
}
