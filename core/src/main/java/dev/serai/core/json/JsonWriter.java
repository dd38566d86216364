package dev.serai.core.json;

import dev.serai.core.time.Timestamps;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;

/**
 * Writes JSON (RFC 8259) as UTF-8 bytes. Sets commas and escapes strings. The text is well formed
 * as long as the calls nest properly. Not thread-safe.
 */
public final class JsonWriter {
  private static final String HEX = "0123456789abcdef";
  private static final byte[] NULL = ascii("null");
  private static final byte[] TRUE = ascii("true");
  private static final byte[] FALSE = ascii("false");

  private static final int LARGE = 1 << 20;

  private byte[] out;
  private int size;
  private boolean comma;

  /** A writer for a short text. */
  public JsonWriter() {
    this(256);
  }

  /**
   * @param expected size of the text in bytes; the buffer grows if it is more
   */
  public JsonWriter(int expected) {
    out = new byte[Math.max(expected, 32)];
  }

  /** The bytes of an ASCII text, for constants. */
  public static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** A string as JSON, with its quotes. */
  public static byte[] quoted(String text) {
    return new JsonWriter(text.length() + 8).value(text).bytes();
  }

  public JsonWriter beginObject() {
    return open('{');
  }

  public JsonWriter endObject() {
    return close('}');
  }

  public JsonWriter beginArray() {
    return open('[');
  }

  public JsonWriter endArray() {
    return close(']');
  }

  /** The name of a member; its value follows. */
  public JsonWriter name(String name) {
    separate();
    quote(name);
    put(':');
    comma = false;
    return this;
  }

  public JsonWriter value(String text) {
    separate();
    quote(text);
    return this;
  }

  public JsonWriter value(long number) {
    separate();
    append(ascii(Long.toString(number)));
    return this;
  }

  /**
   * A finite number.
   *
   * @throws IllegalArgumentException if the number is infinite or not a number
   */
  public JsonWriter value(double number) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("JSON has no infinite numbers");
    }
    separate();
    boolean whole = number == Math.rint(number) && Math.abs(number) < 1e15;
    append(ascii(whole ? Long.toString((long) number) : Double.toString(number)));
    return this;
  }

  /** A number with all its digits, without an exponent. */
  public JsonWriter value(BigDecimal number) {
    separate();
    append(ascii(number.toPlainString()));
    return this;
  }

  public JsonWriter value(boolean flag) {
    separate();
    append(flag ? TRUE : FALSE);
    return this;
  }

  public JsonWriter nullValue() {
    separate();
    append(NULL);
    return this;
  }

  /** A value that is JSON already. */
  public JsonWriter json(String text) {
    return json(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A value that is JSON already. */
  public JsonWriter json(byte[] text) {
    separate();
    append(text);
    return this;
  }

  /** Bytes outside the JSON text, such as the lines around an event's data. Resets the comma. */
  public JsonWriter raw(byte[] text) {
    append(text);
    comma = false;
    return this;
  }

  public JsonWriter member(String name, String text) {
    return name(name).value(text);
  }

  /** A time, as {@link Timestamps} has it. */
  public JsonWriter member(String name, Instant time) {
    return name(name).value(Timestamps.text(time));
  }

  public JsonWriter member(String name, long number) {
    return name(name).value(number);
  }

  public JsonWriter member(String name, BigDecimal number) {
    return name(name).value(number);
  }

  public JsonWriter member(String name, boolean flag) {
    return name(name).value(flag);
  }

  /** An array of texts. */
  public JsonWriter member(String name, Collection<String> texts) {
    name(name).beginArray();
    texts.forEach(this::value);
    return endArray();
  }

  /** A member that is {@code null}. */
  public JsonWriter nullMember(String name) {
    return name(name).nullValue();
  }

  /** The text so far, in an array of its own. */
  public byte[] bytes() {
    return Arrays.copyOf(out, size);
  }

  private JsonWriter open(char bracket) {
    separate();
    put(bracket);
    comma = false;
    return this;
  }

  private JsonWriter close(char bracket) {
    put(bracket);
    comma = true;
    return this;
  }

  private void separate() {
    if (comma) {
      put(',');
    }
    comma = true;
  }

  private void quote(String text) {
    put('"');
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\') {
        escape(c);
      } else if (c < 0x80) {
        put(c);
      } else if (c < 0x800) {
        put(0xC0 | c >> 6);
        put(0x80 | c & 0x3F);
      } else if (!Character.isSurrogate(c)) {
        put(0xE0 | c >> 12);
        put(0x80 | c >> 6 & 0x3F);
        put(0x80 | c & 0x3F);
      } else if (i + 1 < length && Character.isSurrogatePair(c, text.charAt(i + 1))) {
        astral(Character.toCodePoint(c, text.charAt(++i)));
      } else {
        // An unpaired surrogate has no UTF-8 form, but an escape can name it.
        unicode(c);
      }
    }
    put('"');
  }

  private void astral(int codePoint) {
    put(0xF0 | codePoint >> 18);
    put(0x80 | codePoint >> 12 & 0x3F);
    put(0x80 | codePoint >> 6 & 0x3F);
    put(0x80 | codePoint & 0x3F);
  }

  private void escape(char c) {
    int at = "\"\\\n\r\t\b\f".indexOf(c);
    if (at < 0) {
      unicode(c);
    } else {
      put('\\');
      put("\"\\nrtbf".charAt(at));
    }
  }

  private void unicode(char c) {
    put('\\');
    put('u');
    for (int shift = 12; shift >= 0; shift -= 4) {
      put(HEX.charAt(c >> shift & 0xF));
    }
  }

  private void put(int b) {
    if (size == out.length) {
      out = Arrays.copyOf(out, grown());
    }
    out[size++] = (byte) b;
  }

  private void append(byte[] text) {
    if (text.length > out.length - size) {
      out = Arrays.copyOf(out, Math.max(grown(), size + text.length));
    }
    System.arraycopy(text, 0, out, size, text.length);
    size += text.length;
  }

  /** A large buffer grows by a quarter, so that a text of many megabytes fits into the heap. */
  private int grown() {
    int length = out.length;
    return length < LARGE ? 2 * length : Math.addExact(length, length / 4);
  }
}
