package dev.serai.adapters.dialects.json;

import dev.serai.core.json.JsonWriter;
import dev.serai.core.privacy.JsonTexts;
import dev.serai.core.problem.CallerProblem;
import java.nio.charset.StandardCharsets;

/**
 * Rewrites the strings and names of a JSON text in one pass, and copies every other byte unchanged.
 * A string that is JSON itself, such as the arguments of a tool call, is rewritten as JSON, so that
 * values are found and replaced whatever their escapes. Thread-safe.
 */
public final class JsonTextRewriter implements JsonTexts {
  /** How many levels of JSON inside strings are read; below them a string is a text. */
  private static final int MAX_LEVELS = 4;

  /** Shorter numbers are not card numbers. */
  private static final int LONG_NUMBER = 13;

  private final int levels;

  /** Reads JSON inside strings too. */
  public JsonTextRewriter() {
    this(MAX_LEVELS);
  }

  private JsonTextRewriter(int levels) {
    this.levels = levels;
  }

  /** Takes every string as a text. */
  public static JsonTexts ofStrings() {
    return new JsonTextRewriter(0);
  }

  @Override
  public byte[] rewrite(byte[] body, Rewriter rewriter) {
    try {
      return new Pass(body, rewriter, levels).run();
    } catch (MalformedInput e) {
      throw CallerProblem.invalid(
          "The body is not JSON, so it cannot be searched for personal data: " + e.getMessage());
    }
  }

  /** One JSON text. */
  private static final class Pass {
    private final byte[] bytes;
    private final Rewriter rewriter;
    private final int levelsLeft;
    private final JsonCursor cursor;
    private final JsonSplice splice;

    Pass(byte[] bytes, Rewriter rewriter, int levelsLeft) {
      this.bytes = bytes;
      this.rewriter = rewriter;
      this.levelsLeft = levelsLeft;
      cursor = new JsonCursor().over(bytes, 0, bytes.length);
      splice = new JsonSplice(bytes);
    }

    byte[] run() {
      value("");
      cursor.finish();
      return splice.apply();
    }

    private void value(String member) {
      switch (cursor.peek()) {
        case '{' -> object();
        case '[' -> {
          cursor.enterArray();
          while (cursor.nextElement()) {
            value(member);
          }
        }
        case '"' -> string(member);
        default -> number(member);
      }
    }

    private void object() {
      cursor.enterObject();
      while (cursor.nextMember()) {
        String name = cursor.name();
        replace(cursor.nameStart() - 1, cursor.nameEnd() + 1, name, rewriter.rewrite(name, ""));
        value(name);
      }
    }

    private void string(String member) {
      int from = cursor.offset();
      String text = cursor.text();
      String fresh = isJson(text) ? nested(text, member) : rewriter.rewrite(text, member);
      replace(from, cursor.offset(), text, fresh);
    }

    private void number(String member) {
      int from = cursor.offset();
      cursor.skip();
      if (cursor.offset() - from >= LONG_NUMBER) {
        int length = cursor.offset() - from;
        String text = new String(bytes, from, length, StandardCharsets.US_ASCII);
        replace(from, cursor.offset(), text, rewriter.rewrite(text, member));
      }
    }

    private void replace(int from, int to, String text, String fresh) {
      if (!fresh.equals(text)) {
        splice.replace(from, to, JsonWriter.quoted(fresh));
      }
    }

    private boolean isJson(String text) {
      if (levelsLeft == 0 || text.length() < 2) {
        return false;
      }
      String stripped = text.strip();
      char last = stripped.isEmpty() ? ' ' : stripped.charAt(stripped.length() - 1);
      return stripped.startsWith("{") && last == '}' || stripped.startsWith("[") && last == ']';
    }

    /** Checked before anything is rewritten: a text that is nearly JSON is a text. */
    private String nested(String text, String member) {
      byte[] inner = text.getBytes(StandardCharsets.UTF_8);
      try {
        JsonCursor check = new JsonCursor().over(inner, 0, inner.length);
        check.skip();
        check.finish();
      } catch (MalformedInput _) {
        return rewriter.rewrite(text, member);
      }
      byte[] fresh = new Pass(inner, rewriter, levelsLeft - 1).run();
      return fresh == inner ? text : new String(fresh, StandardCharsets.UTF_8);
    }
  }
}
