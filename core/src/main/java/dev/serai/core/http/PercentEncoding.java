package dev.serai.core.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Decodes and encodes percent-encoded text (RFC 3986, section 2.1) as UTF-8. Stateless. */
public final class PercentEncoding {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private PercentEncoding() {}

  /**
   * Percent-encodes all but the unreserved characters (section 2.3).
   *
   * @param kept other ASCII characters that stay as they are
   */
  public static String encode(String text, String kept) {
    StringBuilder encoded = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (isUnreserved(b) || kept.indexOf(b) >= 0) {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(HEX.toHexDigits(b));
      }
    }
    return encoded.toString();
  }

  private static boolean isUnreserved(byte b) {
    return b >= 'a' && b <= 'z'
        || b >= 'A' && b <= 'Z'
        || b >= '0' && b <= '9'
        || "-._~".indexOf(b) >= 0;
  }

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
