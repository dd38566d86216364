package dev.serai.adapters.dialects.json;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads one JSON text (RFC 8259) forward, without a tree and without allocation.
 *
 * <p>Model: a cursor over bytes. The caller enters the objects and arrays it needs and skips the
 * rest; every byte is checked either way. Nesting is at most {@link #MAX_DEPTH}. {@link
 * JsonMembers} rejects duplicate names, where they matter.
 *
 * <pre>
 * cursor.over(bytes, 0, bytes.length).enterObject();
 * while (cursor.nextMember()) {
 *   if (cursor.nameIs(MODEL)) { model = cursor.text(); } else { cursor.skip(); }
 * }
 * cursor.finish();
 * </pre>
 *
 * <p>After {@link #nextMember} and {@link #nextElement} the cursor is at a value, which must be
 * consumed by exactly one of {@code skip}, {@code text}, {@code count}, {@code enterObject} or
 * {@code enterArray}. Every method throws {@link MalformedInput} at the first byte that breaks the
 * grammar. Reusable with {@link #over}. Not thread-safe.
 */
public final class JsonCursor {
  /** How deep objects and arrays may nest. */
  public static final int MAX_DEPTH = 64;

  private static final int MAX_EXPONENT_DIGITS = 4;

  private static final int NONE = -1;

  private byte[] bytes = new byte[0];
  private int limit;
  private int at;
  private int depth;
  private boolean fresh;
  private int nameStart;
  private int nameEnd;
  private boolean nameEscaped;
  private byte[] sought = {};
  private boolean found;

  /** Starts at the first byte of a text; the bytes must not change while it is walked. */
  public JsonCursor over(byte[] text, int from, int to) {
    bytes = text;
    limit = to;
    depth = 0;
    fresh = false;
    at = blank(from);
    return this;
  }

  /** Searches the strings that are skipped for one that begins with these ASCII bytes. */
  public JsonCursor seek(byte[] beginning) {
    sought = beginning;
    found = false;
    return this;
  }

  /** Whether such a string was skipped; one that escapes its first characters is not found. */
  public boolean found() {
    return found;
  }

  /** The first byte of the value the cursor is at, -1 if there is none: '{', '"', 'n', ... */
  public int peek() {
    return at < limit ? bytes[at] : NONE;
  }

  /** The offset the cursor is at: a value's first byte, or the byte after one just taken. */
  public int offset() {
    return at;
  }

  /** Steps into an object. */
  public void enterObject() {
    enter('{', "an object");
  }

  /** Steps into an array. */
  public void enterArray() {
    enter('[', "an array");
  }

  private void enter(char opening, String what) {
    if (peek() != opening) {
      throw new MalformedInput(at, what);
    }
    if (++depth > MAX_DEPTH) {
      throw new MalformedInput(at, "at most " + MAX_DEPTH + " levels");
    }
    at = blank(at + 1);
    fresh = true;
  }

  /**
   * Moves to the value of the next member of the object.
   *
   * @return false after the last one: the cursor is behind the object
   */
  public boolean nextMember() {
    if (closes('}')) {
      return false;
    }
    at = name(at);
    return true;
  }

  /**
   * Moves to the next value of the array.
   *
   * @return false after the last one: the cursor is behind the array
   */
  public boolean nextElement() {
    return !closes(']');
  }

  private boolean closes(char closing) {
    if (!fresh) {
      at = blank(at);
    }
    if (peek() == closing) {
      at++;
      depth--;
      fresh = false;
      return true;
    }
    if (fresh) {
      fresh = false;
    } else if (peek() == ',') {
      at = blank(at + 1);
    } else {
      throw new MalformedInput(at, "',' or '" + closing + "'");
    }
    return false;
  }

  /**
   * Checks that only white space follows the value.
   *
   * @throws MalformedInput if something else follows
   */
  public void finish() {
    at = blank(at);
    if (at < limit) {
      throw new MalformedInput(at, "the end");
    }
  }

  /** The offset of the member's name, inside its quotes. */
  public int nameStart() {
    return nameStart;
  }

  /** The first character of the member's name if it is ASCII, escaped or not; else any other. */
  public int nameFirst() {
    return nameEscaped ? name().codePointAt(0) : bytes[nameStart];
  }

  /** The offset of the quote that ends the member's name. */
  public int nameEnd() {
    return nameEnd;
  }

  /** The member's name. */
  public String name() {
    return JsonStrings.decode(bytes, nameStart, nameEnd);
  }

  /** Whether the member has that ASCII name, escaped or not. */
  public boolean nameIs(byte[] name) {
    if (nameEscaped) {
      return Arrays.equals(name().getBytes(StandardCharsets.UTF_8), name);
    }
    return nameEnd - nameStart == name.length
        && Arrays.equals(bytes, nameStart, nameEnd, name, 0, name.length);
  }

  /** Whether the value is {@code null}; consumes it if so. */
  public boolean takeNull() {
    if (peek() != 'n') {
      return false;
    }
    skip();
    return true;
  }

  /** Takes a string. */
  public String text() {
    int from = at + 1;
    string();
    return JsonStrings.decode(bytes, from, at - 1);
  }

  /**
   * Skips a string; {@link #offset} is then behind its closing quote.
   *
   * @throws MalformedInput if the next value is not a string, or is malformed
   */
  public void string() {
    if (peek() != '"') {
      throw new MalformedInput(at, "a string");
    }
    at = JsonStrings.end(bytes, at + 1, limit);
  }

  /**
   * Checks a string of which the opening quote has been read.
   *
   * @param from the byte after that quote
   * @return the byte after the closing quote
   */
  public static int stringEnd(byte[] text, int from, int to) {
    return JsonStrings.end(text, from, to);
  }

  /**
   * Takes {@code true} or {@code false}.
   *
   * @throws MalformedInput if the next value is neither
   */
  public boolean flag() {
    boolean value = peek() == 't';
    if (!value && peek() != 'f') {
      throw new MalformedInput(at, "true or false");
    }
    skip();
    return value;
  }

  /** Consumes any value; returns it if it is a whole number from 0 to 10^15 in digits, else -1. */
  public long count() {
    int from = at;
    skip();
    return JsonNumbers.count(bytes, from, at);
  }

  /** As {@link #count}, also for other forms of a whole number: {@code 10.0}, {@code 1e1}. */
  public long wholeNumber() {
    int from = at;
    skip();
    return JsonNumbers.whole(bytes, from, at);
  }

  /** Consumes any value; returns it if it is a number of at most 40 characters. */
  public Optional<BigDecimal> decimal() {
    int from = at;
    skip();
    return JsonNumbers.decimal(bytes, from, at);
  }

  /**
   * Takes any value.
   *
   * @throws MalformedInput if the value is malformed or nested too deeply
   */
  public void skip() {
    int levels = 0;
    long objects = 0;
    int p = at;
    while (true) {
      int here = p < limit ? bytes[p] : NONE;
      if (here == '{' || here == '[') {
        if (depth + ++levels > MAX_DEPTH) {
          throw new MalformedInput(p, "at most " + MAX_DEPTH + " levels");
        }
        p = blank(p + 1);
        objects = objects << 1 | (here == '{' ? 1 : 0);
        if (p >= limit || bytes[p] != here + 2) {
          p = here == '{' ? name(p) : p;
          continue;
        }
      } else {
        p = scalar(p, here);
      }
      // Behind a value, or at the bracket that ends an empty object or array.
      while (levels > 0) {
        p = blank(p);
        int follows = p < limit ? bytes[p] : NONE;
        boolean object = (objects & 1) != 0;
        if (follows == ',') {
          p = blank(p + 1);
          p = object ? name(p) : p;
          break;
        }
        if (follows != (object ? '}' : ']')) {
          throw new MalformedInput(p, object ? "',' or '}'" : "',' or ']'");
        }
        p++;
        levels--;
        objects >>>= 1;
      }
      if (levels == 0) {
        at = p;
        return;
      }
    }
  }

  private int scalar(int p, int here) {
    return switch (here) {
      case '"' -> string(p);
      case 't' -> literal(p, "true");
      case 'f' -> literal(p, "false");
      case 'n' -> literal(p, "null");
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number(p);
      default -> throw new MalformedInput(p, "a value");
    };
  }

  private int string(int quote) {
    int from = quote + 1;
    if (sought.length > 0 && from < limit && bytes[from] == sought[0]) {
      int to = Math.min(from + sought.length, limit);
      found |= Arrays.equals(bytes, from, to, sought, 0, sought.length);
    }
    return JsonStrings.end(bytes, from, limit);
  }

  private int literal(int p, String word) {
    for (int i = 0; i < word.length(); i++) {
      if (p + i >= limit || bytes[p + i] != word.charAt(i)) {
        throw new MalformedInput(p, "a value");
      }
    }
    return p + word.length();
  }

  private int number(int from) {
    int p = bytes[from] == '-' ? from + 1 : from;
    p = p < limit && bytes[p] == '0' ? p + 1 : digits(p);
    if (p < limit && bytes[p] == '.') {
      p = digits(p + 1);
    }
    return p < limit && (bytes[p] | 0x20) == 'e' ? exponent(p + 1) : p;
  }

  /** Larger ones make numbers that cannot be calculated with, or only with gigabytes of digits. */
  private int exponent(int from) {
    boolean signed = from < limit && (bytes[from] == '+' || bytes[from] == '-');
    int first = signed ? from + 1 : from;
    int end = digits(first);
    while (first < end && bytes[first] == '0') {
      first++;
    }
    if (end - first > MAX_EXPONENT_DIGITS) {
      throw new MalformedInput(from, "an exponent of at most " + MAX_EXPONENT_DIGITS + " digits");
    }
    return end;
  }

  private int digits(int from) {
    int p = from;
    while (p < limit && bytes[p] >= '0' && bytes[p] <= '9') {
      p++;
    }
    if (p == from) {
      throw new MalformedInput(p, "a digit");
    }
    return p;
  }

  /** Reads a name and its colon; returns the offset of the value. */
  private int name(int quote) {
    if (quote >= limit || bytes[quote] != '"') {
      throw new MalformedInput(quote, "a name in quotes");
    }
    int p = quote + 1;
    while (p < limit && bytes[p] >= ' ' && bytes[p] != '"' && bytes[p] != '\\') {
      p++;
    }
    nameEscaped = p >= limit || bytes[p] != '"';
    p = nameEscaped ? JsonStrings.end(bytes, p, limit) : p + 1;
    nameStart = quote + 1;
    nameEnd = p - 1;
    p = blank(p);
    if (p >= limit || bytes[p] != ':') {
      throw new MalformedInput(p, "':'");
    }
    return blank(p + 1);
  }

  private int blank(int from) {
    int p = from;
    while (p < limit && bytes[p] <= ' ') {
      byte here = bytes[p];
      if (here != ' ' && here != '\n' && here != '\r' && here != '\t') {
        return p;
      }
      p++;
    }
    return p;
  }
}
