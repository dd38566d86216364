package dev.serai.adapters.dialects.tool.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys of the outermost object are replaced, in whatever pieces it comes. */
class KeyRewriterTest {
  private static final Map<String, String> KEYS = Map.of("a", "long key", "é", "e");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"a\":1} | {\"long key\":1}",
        "{ \"b\" : \"a\" , \"a\" : {\"a\":[\"a\",{\"a\":2}]} } "
            + "| { \"b\" : \"a\" , \"long key\" : {\"a\":[\"a\",{\"a\":2}]} }",
        "{\"\\u00e9\":\"}\\\"{\",\"a\":\"\\\\\"} | {\"e\":\"}\\\"{\",\"long key\":\"\\\\\"}",
        "[\"a\",\"a\"] | [\"a\",\"a\"]",
        "\"a\" | \"a\"",
        "{\"a\":1,\"a | {\"long key\":1,\"a",
        "{\"a\":\"cut off | {\"long key\":\"cut off",
        "{\"\\q\":1} | {\"\\q\":1}",
        "no json | no json",
      })
  void keysOfTheOutermostObjectAreReplaced(String given, String expected) {
    assertThat(KeyRewriter.whole(given, KEYS)).isEqualTo(expected);
    KeyRewriter inPieces = new KeyRewriter(KEYS);
    StringBuilder all = new StringBuilder();
    given.chars().forEach(c -> all.append(inPieces.add(Character.toString(c))));
    assertThat(all.append(inPieces.rest())).hasToString(expected);
  }
}
