package dev.serai.adapters.dialects.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A tree is as strict as a walk; Jackson as it comes is not. */
class StrictJsonTest {
  private static final ObjectMapper STOCK = new ObjectMapper();

  /** What two readers may read as two things, or what only costs. */
  static final List<Arguments> TRAPS =
      List.of(
          argumentSet("a name twice", utf8("{\"a\":1,\"a\":2}")),
          argumentSet("a name twice, deep inside", utf8("[{\"x\":{\"a\":1,\"b\":0,\"a\":2}}]")),
          argumentSet("a name twice, escaped once", utf8("{\"a\":1,\"\\u0061\":2}")),
          argumentSet("a second text", utf8("{\"a\":1} {\"a\":2}")),
          argumentSet("a bracket too many", utf8("{\"a\":1}}")),
          argumentSet("no JSON behind it", utf8("{\"a\":1} or so")),
          argumentSet("65 levels", utf8("[".repeat(65) + "]".repeat(65))),
          argumentSet("an overlong slash", latin1("{\"a\":\"\u00c0\u00af\"}")),
          argumentSet("an overlong quote", latin1("{\"a\":\"\u00c0\u00a2\"}")),
          argumentSet("another encoding", "{\"a\":1}".getBytes(UTF_16LE)),
          argumentSet("a byte order mark", utf8("\ufeff{\"a\":1}")));

  @ParameterizedTest
  @FieldSource("TRAPS")
  void aTrapIsRefused(byte[] text) {
    assertThatThrownBy(() -> StrictJson.tree(text)).isInstanceOf(MalformedInput.class);
  }

  @Test
  void textsWithTheSameValueHaveTheSameForm() {
    String form = StrictJson.form("{\"a\": [1.0, \"\\u00e9\"], \"b\": null}").orElseThrow();
    assertThat(StrictJson.form(" {\"b\":null,\"a\":[1,\"é\"]}\n")).contains(form);
    assertThat(StrictJson.form("{\"a\":[\"é\",1],\"b\":null}")).isPresent().isNotEqualTo(form);
    assertThat(StrictJson.form("{\"a\":[1,\"é\"],\"b\":\"null\"}").orElseThrow())
        .isNotEqualTo(form);
    assertThat(StrictJson.form("[]")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "text", "1", "\"a\"", "{\"a\":1", "{\"a\":1,\"a\":1}", "[1]x"})
  void anyOtherTextHasNoForm(String text) {
    assertThat(StrictJson.form(text)).isEmpty();
  }

  /** Why there is a reader of our own. */
  @ParameterizedTest
  @FieldSource("TRAPS")
  void theStockMapperTakesIt(byte[] text) {
    assertThatCode(() -> STOCK.readTree(text)).doesNotThrowAnyException();
  }

  @Test
  void theSameNameInAnotherObjectAnd64LevelsAreJson() {
    assertThat(StrictJson.tree(utf8("{\"a\":{\"a\":1},\"b\":[{\"a\":2},{\"a\":3}]}"))).hasSize(2);
    assertThat(StrictJson.tree(utf8("[".repeat(64) + "]".repeat(64)))).hasSize(1);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }

  private static byte[] latin1(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
