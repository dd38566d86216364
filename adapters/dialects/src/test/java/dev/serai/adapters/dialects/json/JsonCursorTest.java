package dev.serai.adapters.dialects.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCursorTest {
  private static final Pattern HUGE_EXPONENT = Pattern.compile("[0-9][eE][+-]?[0-9]{5}");
  private static final JsonFactory JACKSON =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(JsonCursor.MAX_DEPTH).build())
          .build();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "true",
        "false",
        "0",
        "-0",
        "10",
        "-1.5",
        "1e9",
        "1E+9",
        "1e9999",
        "1E-9999",
        "1e0000000009",
        "2.0e-3",
        "\"\"",
        "\"\\u00e9\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
        "\"\\ud800\"",
        "[]",
        "{}",
        " [ 1 , 2 ] ",
        "\t{\r\n\"a\" : [ { } , [ ] ] , \"\" : null }\n",
        "\"éß€🌍\"",
        "\"\u007f\"",
      })
  void jsonIsTaken(String json) {
    assertThat(accepts(json.getBytes(UTF_8))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "nul",
        "nulll",
        "True",
        "01",
        "-",
        "+1",
        ".5",
        "1.",
        "1e",
        "1e+",
        "1e10000",
        "1E-10000",
        "1e99999999999999999999",
        "0x1",
        "NaN",
        "Infinity",
        "'a'",
        "\"",
        "\"\\",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\\u12",
        "\"a\nb\"",
        "\"a\tb\"",
        "[",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[1 2]",
        "]",
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":1,}",
        "{,}",
        "{a:1}",
        "{\"a\" 1}",
        "{\"a\":1 \"b\":2}",
        "{]",
        "[}",
        "[1}",
        "{\"a\":1]",
        "1 2",
        "{} {}",
        "// c\n1",
        "/* */1",
        "\u00a01",
        "\ufeff1",
      })
  void whatIsNotJsonIsRefused(String text) {
    assertThat(accepts(text.getBytes(UTF_8))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u00c0\u00af",
        "\u00c1\u0081",
        "\u00e0\u0080\u00af",
        "\u00f0\u0080\u0080\u00af",
        "\u00ed\u00a0\u0080",
        "\u00ed\u00bf\u00bf",
        "\u00f4\u0090\u0080\u0080",
        "\u00f8\u0088\u0080\u0080\u0080",
        "\u0080",
        "\u00bf",
        "\u00c3",
        "\u00e2\u0082",
        "\u00f0\u009f\u008c",
        "\u00c3(",
        "\u00fe",
        "\u00ff",
      })
  void bytesThatAreNotUtf8AreRefused(String latin1) {
    for (String around : new String[] {"", "xxxxxxxx", "xxx"}) {
      assertThat(accepts(("\"" + around + latin1 + around + "\"").getBytes(ISO_8859_1))).isFalse();
      assertThat(accepts(("{\"" + latin1 + "\":1}").getBytes(ISO_8859_1))).isFalse();
    }
  }

  @Test
  void nestingIsBounded() {
    assertThat(accepts(nested(JsonCursor.MAX_DEPTH))).isTrue();
    assertThat(accepts(nested(JsonCursor.MAX_DEPTH + 1))).isFalse();
    assertThat(accepts("[".repeat(1_000_000).getBytes(UTF_8))).isFalse();
    assertThat(accepts("{\"a\":".repeat(100_000).getBytes(UTF_8))).isFalse();
  }

  private static byte[] nested(int levels) {
    return ("[{\"a\":".repeat(levels / 2)
            + (levels % 2 == 0 ? "1" : "[]")
            + "}]".repeat(levels / 2))
        .getBytes(UTF_8);
  }

  @Test
  void anErrorTellsWhereAndWhat() {
    assertThatThrownBy(() -> JsonMembers.of("{\"a\":1,}".getBytes(UTF_8)))
        .hasMessage("expected a name in quotes at byte 7");
  }

  /** Every text of a few thousand, and mutations of each: taken by both parsers or by neither. */
  @Test
  void itAgreesWithJacksonOnMutatedTexts() {
    Random random = new Random(20261121);
    int taken = 0;
    for (int round = 0; round < 4_000; round++) {
      byte[] text = new JsonMaker(random).text();
      assertAgrees(text);
      for (int i = 0; i < 10; i++) {
        byte[] mutated = mutate(text, random);
        taken += assertAgrees(mutated) ? 1 : 0;
      }
    }
    assertThat(taken).isBetween(1_000, 39_000);
  }

  @Test
  void itAgreesWithJacksonOnRandomTokens() {
    String[] tokens = {
      "{", "}", "[", "]", ",", ":", "\"a\"", "\"\"", "1", "-2.5e3", "true", "null", " ", "\n", "\\",
      "\"", "é",
    };
    Random random = new Random(7);
    for (int round = 0; round < 100_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(12); i >= 0; i--) {
        text.append(tokens[random.nextInt(tokens.length)]);
      }
      assertAgrees(text.toString().getBytes(UTF_8));
    }
  }

  private static byte[] mutate(byte[] text, Random random) {
    byte[] mutated = text.clone();
    int at = random.nextInt(mutated.length);
    mutated[at] =
        (byte)
            (random.nextBoolean()
                ? random.nextInt(256)
                : "{}[],:\"\\ 0eE.-tn".charAt(random.nextInt(16)));
    return random.nextInt(4) == 0 ? Arrays.copyOf(mutated, at) : mutated;
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "7, 7",
    "10.0, 10",
    "1e1, 10",
    "100e-1, 10",
    "1000000000000000, 1000000000000000",
    "-0, 0",
    "-1, -1",
    "1.5, -1",
    "1e16, -1",
    "true, -1",
    "{}, -1",
    "[7], -1"
  })
  void aWholeNumberIsReadInAnyForm(String json, long expected) {
    byte[] text = ("[" + json + ",7]").getBytes(UTF_8);
    JsonCursor cursor = new JsonCursor().over(text, 0, text.length);
    cursor.enterArray();
    assertThat(cursor.nextElement()).isTrue();
    assertThat(cursor.wholeNumber()).isEqualTo(expected);
    assertThat(cursor.nextElement()).isTrue();
    assertThat(cursor.wholeNumber()).isEqualTo(7);
  }

  private static boolean assertAgrees(byte[] text) {
    boolean ours = accepts(text);
    boolean bound = HUGE_EXPONENT.matcher(new String(text, ISO_8859_1)).find(); // only ours
    if (!bound && ours != jacksonAccepts(text)) {
      assertThat(ours).as("%s", new String(text, ISO_8859_1)).isEqualTo(jacksonAccepts(text));
    }
    return ours;
  }

  static boolean accepts(byte[] text) {
    try {
      JsonCursor cursor = new JsonCursor().over(text, 0, text.length);
      cursor.skip();
      cursor.finish();
      return true;
    } catch (MalformedInput e) {
      assertThat(e.offset()).isBetween(0, text.length);
      return false;
    }
  }

  private static boolean jacksonAccepts(byte[] text) {
    if (!isUtf8(text) || isWide(text)) {
      return false;
    }
    try (JsonParser parser = JACKSON.createParser(text)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        return false;
      }
      parser.skipChildren();
      // Both read on to what follows; skipChildren stops at a broken end without a word.
      return parser.currentToken() != null
          && parser.nextToken() == null
          && !parser.getParsingContext().inObject()
          && !parser.getParsingContext().inArray();
    } catch (IOException e) {
      return false;
    }
  }

  /** The parser guesses UTF-16 and UTF-32 and passes over a byte order mark: RFC 8259 does not. */
  private static boolean isWide(byte[] text) {
    for (byte b : text) {
      if (b == 0) {
        return true;
      }
    }
    return text.length > 2 && text[0] == (byte) 0xEF;
  }

  private static boolean isUtf8(byte[] text) {
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
