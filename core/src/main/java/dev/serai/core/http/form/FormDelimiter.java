package dev.serai.core.http.form;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Searches the bytes before each part of a form: a line break, two hyphens and the boundary (RFC
 * 2046, section 5.1.1). The bytes may come in pieces that are cut anywhere. Not thread-safe.
 */
final class FormDelimiter {
  static final int MAX_BOUNDARY = 70;

  private final byte[] sought;
  private final boolean[] has = new boolean[256];

  /** Bytes matched so far; the first delimiter has no line break before it. */
  private int matched = 2;

  private FormDelimiter(String boundary) {
    sought = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    for (byte b : sought) {
      has[b & 0xff] = true;
    }
  }

  static FormDelimiter none() {
    return new FormDelimiter("");
  }

  static Optional<FormDelimiter> of(String contentType) {
    return HeaderParameters.find(contentType, "boundary")
        .filter(boundary -> !boundary.isEmpty() && boundary.length() <= MAX_BOUNDARY)
        .map(FormDelimiter::new);
  }

  int length() {
    return sought.length;
  }

  /**
   * The offset behind the next delimiter; negative if it is not complete yet. Its first byte occurs
   * in it once, so after a mismatch only that byte can begin another match.
   */
  int next(byte[] bytes, int start) {
    int at = start;
    while (at < bytes.length) {
      if (matched == 0) {
        at = skip(bytes, at);
        if (at >= bytes.length) {
          break;
        }
      }
      byte b = bytes[at++];
      matched = b == sought[matched] ? matched + 1 : b == sought[0] ? 1 : 0;
      if (matched == sought.length) {
        matched = 0;
        return at;
      }
    }
    return -1;
  }

  /** Jumps over bytes in which no match can begin (Boyer and Moore's bad character rule). */
  private int skip(byte[] bytes, int start) {
    int at = start;
    int last = sought.length - 1;
    while (at + last < bytes.length && !has[bytes[at + last] & 0xff]) {
      at += sought.length;
    }
    return at;
  }
}
