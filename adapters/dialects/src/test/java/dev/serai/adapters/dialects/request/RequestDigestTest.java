package dev.serai.adapters.dialects.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.json.JsonMembers;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestDigestTest {
  private static Optional<String> digest(String json) {
    return RequestDigest.of(JsonMembers.of(json.getBytes(UTF_8)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\": 1, \"b\": [true, null]}     | {\"b\":[true,null],\"a\":1}",
        "{\"a\": {\"x\": 1, \"y\": 2}}       | {\"a\": {\"y\": 2, \"x\": 1}}",
        "{\"a\": \"\\u0041\"}                | {\"a\": \"A\"}",
        "{\"a\": 1, \"stream\": true}        | {\"a\": 1}",
        "{\"a\": 1, \"model\": \"x\"}        | {\"a\": 1, \"model\": \"y\", \"user\": \"z\"}"
      })
  void requestsThatAskForTheSameHaveTheSameDigest(String one, String two) {
    assertThat(digest(one)).isPresent().isEqualTo(digest(two));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\": 1}                  | {\"a\": 2}",
        "{\"a\": 1}                  | {\"a\": \"1\"}",
        "{\"a\": [1, 2]}             | {\"a\": [2, 1]}",
        "{\"a\": [\"x\", \"y\"]}     | {\"a\": [\"xy\", \"\"]}",
        "{\"a\": [[1], 2]}           | {\"a\": [1, [2]]}",
        "{\"a\": null}               | {}",
        "{\"a\": null}               | {\"a\": \"null\"}",
        "{\"a\": {\"stream\": true}} | {\"a\": {}}",
        "{\"a\": \"b\", \"c\": \"d\"}  | {\"a\": \"b\\\"c\", \"\": \"d\"}",
        "{\"a\": 12, \"b\": 3}       | {\"a\": 1, \"b\": 23}",
        "{\"a\": true}               | {\"a\": \"true\"}"
      })
  void requestsThatDifferHaveDifferentDigests(String one, String two) {
    assertThat(digest(one)).isPresent().isNotEqualTo(digest(two));
  }

  @Test
  void aLargeRequestHasNone() {
    String large = "{\"a\": \"" + "x".repeat(RequestDigest.MAX_BYTES) + "\"}";
    assertThat(digest(large)).isEmpty();
  }

  private static Optional<String> without(String text, String json) {
    return RequestDigest.without(text, JsonMembers.of(json.getBytes(UTF_8)));
  }

  @Test
  void aTextIsLeftOutOfTheMessagesWhereItIsLast() {
    String why = "{\"messages\":[{\"content\":\"why\"},{\"content\":\"why\"}],\"x\":\"why\"}";
    String how = "{\"messages\":[{\"content\":\"why\"},{\"content\":\"how\"}],\"x\":\"why\"}";
    assertThat(without("why", why)).isPresent().isEqualTo(without("how", how));
    assertThat(without("why", how)).isPresent().isNotEqualTo(without("how", how));
    assertThat(without("why", why)).isNotEqualTo(digest(why));
    assertThat(without("when", why)).isEmpty();
    assertThat(without("why", "{\"x\":\"why\"}")).as("not a message").isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"contents\":[{\"parts\":[{\"text\":\"q\"}]}]} |"
            + " {\"contents\":[{\"parts\":[{\"text\":\"?\"}]}]}",
        "{\"input\":\"q\"}                             | {\"input\":\"?\"}",
        "{\"prompt\":\"q\"}                            | {\"prompt\":\"?\"}"
      })
  void everyDialectsMessagesCount(String one, String other) {
    assertThat(without("q", one)).isPresent().isEqualTo(without("?", other));
    assertThat(without("q", one)).isNotEqualTo(without("q", one.replace("}", ",\"seed\":1}")));
  }
}
