package dev.serai.adapters.dialects.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.json.JsonWriter;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
  @Test
  void whatIsWrittenIsReadBack() {
    Random random = new Random(5);
    for (int round = 0; round < 5_000; round++) {
      String text = randomText(random);
      byte[] json = new JsonWriter().beginArray().value(text).value(1).endArray().bytes();
      assertThat(StrictJson.tree(json).get(0).textValue()).isEqualTo(text);
      JsonCursor cursor = new JsonCursor().over(json, 0, json.length);
      cursor.enterArray();
      assertThat(cursor.nextElement()).isTrue();
      assertThat(cursor.text()).isEqualTo(text);
    }
  }

  private static String randomText(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(40); i > 0; i--) {
      int bound = new int[] {0x80, 0x800, 0x10000, 0x110000}[random.nextInt(4)];
      int codePoint = random.nextInt(bound);
      // Halves of pairs are left out: the tree's reader has another opinion of them.
      text.appendCodePoint(codePoint >= 0xD800 && codePoint <= 0xDFFF ? 'x' : codePoint);
    }
    return text.toString();
  }

  @Test
  void halfAPairIsWrittenAsAnEscape() {
    assertThat(new String(JsonWriter.quoted("a\ud800b\udc00"), UTF_8))
        .isEqualTo("\"a\\ud800b\\udc00\"");
  }

  @Test
  void numbersKeepTheirMeaning() {
    byte[] json =
        new JsonWriter()
            .beginArray()
            .value(0.2)
            .value(3.0)
            .value(1e300)
            .value(-0.5)
            .endArray()
            .bytes();
    assertThat(new String(json, UTF_8)).isEqualTo("[0.2,3,1.0E300,-0.5]");
    assertThatThrownBy(() -> new JsonWriter().value(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
