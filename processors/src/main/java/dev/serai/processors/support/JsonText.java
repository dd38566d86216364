package dev.serai.processors.support;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** JSON, written from its beginning to its end (RFC 8259). Not thread-safe. */
public final class JsonText {
  private static final String HEX = "0123456789abcdef";

  private final StringBuilder out = new StringBuilder(512);
  private boolean first = true;

  /** Begins an object, as a value of its own or of a list. */
  public JsonText open() {
    return begin('{');
  }

  /** Begins an object as that field. */
  public JsonText open(String field) {
    name(field);
    first = true;
    out.append('{');
    return this;
  }

  /** Begins a list as that field. */
  public JsonText list(String field) {
    name(field);
    first = true;
    out.append('[');
    return this;
  }

  /** Ends an object. */
  public JsonText close() {
    return end('}');
  }

  /** Ends a list. */
  public JsonText closeList() {
    return end(']');
  }

  public JsonText field(String name, String value) {
    name(name);
    quote(value);
    return this;
  }

  public JsonText field(String name, long value) {
    name(name);
    out.append(value);
    return this;
  }

  public JsonText field(String name, boolean value) {
    name(name);
    out.append(value);
    return this;
  }

  /** A number with all its digits. */
  public JsonText field(String name, BigDecimal value) {
    name(name);
    out.append(value.toPlainString());
    return this;
  }

  /** A field that says that nothing is known. */
  public JsonText unknown(String name) {
    name(name);
    out.append("null");
    return this;
  }

  /** A text as an element of a list. */
  public JsonText element(String value) {
    comma();
    quote(value);
    return this;
  }

  private JsonText begin(char bracket) {
    comma();
    first = true;
    out.append(bracket);
    return this;
  }

  private JsonText end(char bracket) {
    first = false;
    out.append(bracket);
    return this;
  }

  private void name(String name) {
    comma();
    quote(name);
    out.append(':');
  }

  private void comma() {
    if (!first) {
      out.append(',');
    }
    first = false;
  }

  private void quote(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  /** What has been written, as UTF-8. */
  public byte[] bytes() {
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }
}
