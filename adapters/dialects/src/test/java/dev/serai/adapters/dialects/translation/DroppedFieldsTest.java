package dev.serai.adapters.dialects.translation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.chat.ChatEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of what is dropped are sent in a header: few, short and in ASCII. */
class DroppedFieldsTest {
  private final DroppedFields dropped = new DroppedFields();

  @Test
  void namesBehindTheFirstThirtyTwoAreCounted() {
    List<ChatEvent> events = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      dropped.add("unknown_" + i, events::add);
      dropped.add("unknown_" + i, events::add);
    }
    assertThat(dropped.names()).hasSize(33).startsWith("unknown_0").endsWith("and 368 more");
    assertThat(events).hasSize(32);
  }

  @Test
  void thirtyTwoNamesAreAll() {
    for (int i = 0; i < 32; i++) {
      dropped.add("unknown_" + i);
    }
    assertThat(dropped.names()).hasSize(32).endsWith("unknown_31");
  }

  @Test
  void endlessNamesAreCountedUpToABound() {
    for (int i = 0; i < 10_000; i++) {
      dropped.add("unknown_" + i);
    }
    assertThat(dropped.names()).endsWith("and 4096 or more");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "messages[0].content | messages[0].content",
        "größe | gr%C3%B6%C3%9Fe",
        "名 | %E5%90%8D",
        "a b,c | a%20b%2Cc",
        "100% | 100%25",
      })
  void otherCharactersArePercentEncoded(String name, String expected) {
    dropped.add(name);
    assertThat(dropped.names()).containsExactly(expected);
  }

  @Test
  void namesThatDifferInOtherCharactersStayDifferent() {
    dropped.add("é");
    dropped.add("è");
    assertThat(dropped.names()).hasSize(2);
  }

  @Test
  void aLongNameIsNotCutWithinACharacter() {
    dropped.add("x".repeat(95) + "é");
    dropped.add("é".repeat(100));
    assertThat(dropped.names()).containsExactly("x".repeat(95), "%C3%A9".repeat(16));
  }
}
