package dev.serai.core.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatternSetTest {
  private static boolean found(String pattern, String text) {
    return PatternSet.of(List.of(pattern)).isIn(text);
  }

  @ParameterizedTest
  @CsvSource({
    "drop table, DROP   TABLE users, true",
    "drop table, 'please drop\ttable', true",
    "drop table, dropped tables, false",
    "ass, class, false",
    "ass, an ass., true",
    "c++, I like C++ too, true",
    "größe, die GRÖSSE, false",
    "größe, die GRÖßE!, true",
    "geheim, streng GEHEIM, true",
  })
  void aPhraseIsFoundAsWholeWordsInAnyCase(String phrase, String text, boolean expected) {
    assertThat(found(phrase, text)).isEqualTo(expected);
  }

  @Test
  void severalPatternsAreFoundTogether() {
    PatternSet set = PatternSet.of(List.of("one", "/t[wx]o/", "three"));
    assertThat(List.of("one", "two", "txo", "three")).allMatch(set::isIn);
    assertThat(set.isIn("four, tyo, on e")).isFalse();
    assertThat(PatternSet.NONE.isIn("one")).isFalse();
  }

  /** The JDK's own expressions, which backtrack, say what is right. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ab?c",
        "a(b|c)*d",
        "(a|ab)(c|bcd)",
        "[a-c]{2,3}d",
        "[^ab]d",
        "a.c",
        "\\bab\\b",
        "a+b+",
        "(ab){2}",
        "a{0,2}d",
        "(a|b|c|d)c\\b",
        "\\wd\\s?a",
        "(a*)*b",
        "((a|b){1,2}c){2}",
        "a\\.b"
      })
  void anExpressionFindsWhatTheJdkFinds(String expression) {
    PatternSet ours = PatternSet.of(List.of("/" + expression + "/"));
    Pattern theirs = Pattern.compile(expression);
    Random random = new Random(1);
    for (int i = 0; i < 3000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(9); length > 0; length--) {
        text.append("abcd .".charAt(random.nextInt(6)));
      }
      assertThat(ours.isIn(text.toString()))
          .as(expression + " in '" + text + "'")
          .isEqualTo(theirs.matcher(text).find());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "/a*/;empty text",
        "/(a/;a ( without a )",
        "/a)/;a ) without a (",
        "/*a/;a count without something before it",
        "/a**/;a count after a count",
        "/a{2,1}/;end is below its beginning",
        "/a{9999}/;not a number up to 1000",
        "/(?=a)/;not supported",
        "/^a/;not supported",
        "/\\p/;not supported",
        "/[b-a]/;end is before its beginning",
        "/[a/;ends with a backslash or in a set",
        "/\\u12/;four hexadecimal digits",
        "/((a{1000}){1000}){1000}/;too large",
        "/((a{0}){1000}){1000}/;empty text",
        "' ';is empty"
      })
  void aPatternThatCannotBeUsedIsRefusedWithItsReason(String pattern, String reason) {
    assertThatThrownBy(() -> PatternSet.of(List.of(pattern)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }

  /** Steps are counted in characters: a backtracking search of this text would not end. */
  @Test
  void noTextMakesTheSearchSlow() {
    PatternSet set = PatternSet.of(List.of("/(a+)+b/", "/(a|aa)+c/", "/(\\w+\\s?)*!/"));
    assertThat(set.isIn("a".repeat(200_000))).isFalse();
  }

  @Test
  void aMatchIsAtMostAThousandCharactersLong() {
    assertThat(found("/ab+c/", "a" + "b".repeat(900) + "c")).isTrue();
    assertThat(found("/ab+c/", "a" + "b".repeat(1100) + "c")).isFalse();
  }
}
