package dev.serai.core.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Decodes percent-encoded text (RFC 3986, section 2.1) as UTF-8. */
public final class PercentEncoding {
  private PercentEncoding() {}

  /**
   * Decodes a path segment or another part of a URI, in which a plus sign stands for itself.
   *
   * @throws IllegalArgumentException if an escape is malformed
   */
  public static String decode(String text) {
    return text.indexOf('%') < 0 ? text : decodeForm(text.replace("+", "%2B"));
  }

  /**
   * Decodes a name or value of a form or query, in which a plus sign stands for a space (WHATWG
   * URL, section 5.1).
   *
   * @throws IllegalArgumentException if an escape is malformed
   */
  static String decodeForm(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
