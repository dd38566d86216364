package dev.serai.adapters.dialects.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Random;

/** Makes up JSON texts, the same for the same seed. */
final class JsonMaker {
  private static final String[] SCALARS = {
    "null",
    "true",
    "false",
    "0",
    "-0",
    "12",
    "-3.25",
    "1e9",
    "1E-7",
    "123456789012345678901234567890",
  };
  private static final String[] PIECES = {
    "a",
    "content",
    "x".repeat(7),
    "y".repeat(8),
    "z".repeat(33),
    "é",
    "€uro",
    "🌍",
    "\\n",
    "\\\"",
    "\\\\",
    "\\u0041",
    "/",
    " ",
    "{",
    "[",
    ":",
    // Not in names: there the other parser refuses them, against the standard.
    "\\ud83c\\udf0d",
    "\\ud800",
  };
  private static final String[] BLANKS = {"", "", "", " ", "\n", "\r\n\t "};

  private final Random random;
  private final StringBuilder out = new StringBuilder();
  private int names;

  JsonMaker(Random random) {
    this.random = random;
  }

  byte[] text() {
    value(0);
    return out.toString().getBytes(UTF_8);
  }

  private void value(int depth) {
    blank();
    switch (depth > 5 ? random.nextInt(2) : random.nextInt(5)) {
      case 0 -> out.append(SCALARS[random.nextInt(SCALARS.length)]);
      case 1 -> string("");
      case 2 -> array(depth);
      default -> object(depth);
    }
    blank();
  }

  private void array(int depth) {
    out.append('[');
    blank();
    int size = random.nextInt(4);
    for (int i = 0; i < size; i++) {
      out.append(i == 0 ? "" : ",");
      value(depth + 1);
    }
    out.append(']');
  }

  private void object(int depth) {
    out.append('{');
    blank();
    int size = random.nextInt(5);
    for (int i = 0; i < size; i++) {
      out.append(i == 0 ? "" : ",");
      blank();
      string(Integer.toString(names++));
      blank();
      out.append(':');
      value(depth + 1);
    }
    out.append('}');
  }

  private void string(String name) {
    out.append('"').append(name);
    for (int i = random.nextInt(5); i > 0; i--) {
      out.append(PIECES[random.nextInt(PIECES.length - (name.isEmpty() ? 0 : 2))]);
    }
    out.append('"');
  }

  private void blank() {
    out.append(BLANKS[random.nextInt(BLANKS.length)]);
  }
}
