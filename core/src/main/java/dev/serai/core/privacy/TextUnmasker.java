package dev.serai.core.privacy;

import dev.serai.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;

/**
 * Restores values in a text that arrives in pieces. What may be the beginning of a placeholder is
 * held back until the next piece, so that the result is the same wherever the text is cut. One for
 * each text; not thread-safe.
 */
public final class TextUnmasker {
  private final Placeholders placeholders;
  private final boolean json;
  private final StringBuilder held = new StringBuilder();
  private boolean restored;

  /**
   * @param json whether the text is JSON, so that values are escaped
   */
  public TextUnmasker(Placeholders placeholders, boolean json) {
    this.placeholders = placeholders;
    this.json = json;
  }

  /** Restores a whole text. */
  public static String whole(Placeholders placeholders, boolean json, String text) {
    if (text.indexOf('[') < 0) {
      return text;
    }
    TextUnmasker unmasker = new TextUnmasker(placeholders, json);
    return unmasker.take(text) + unmasker.end();
  }

  /** Takes a piece; returns what is certain so far. */
  public String take(String piece) {
    if (held.isEmpty() && piece.indexOf('[') < 0) {
      return piece;
    }
    StringBuilder out = new StringBuilder(piece.length() + held.length() + 64);
    for (int i = 0; i < piece.length(); i++) {
      take(piece.charAt(i), out);
    }
    return out.toString();
  }

  private void take(char c, StringBuilder out) {
    if (c == '[') {
      out.append(held);
      held.setLength(0);
      held.append(c);
    } else if (held.isEmpty()) {
      out.append(c);
    } else {
      held.append(c);
      if (c == ']') {
        String written = held.toString();
        held.setLength(0);
        out.append(placeholders.value(written).map(this::restore).orElse(written));
      } else if (!mayContinue(c) || held.length() > Placeholders.MAX_LENGTH) {
        out.append(held);
        held.setLength(0);
      }
    }
  }

  private static boolean mayContinue(char c) {
    return Chars.isUpper(c) || Chars.isDigit(c) || c == '_';
  }

  private String restore(String value) {
    restored = true;
    if (!json) {
      return value;
    }
    byte[] quoted = JsonWriter.quoted(value);
    return new String(quoted, 1, quoted.length - 2, StandardCharsets.UTF_8);
  }

  /** Whether what was returned so far differs from what was taken. */
  public boolean differs() {
    return restored || !held.isEmpty();
  }

  /** The text has ended: returns what was held back. */
  public String end() {
    String rest = held.toString();
    held.setLength(0);
    return rest;
  }
}
