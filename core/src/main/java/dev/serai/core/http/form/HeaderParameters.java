package dev.serai.core.http.form;

import java.util.Optional;

/** Reads the parameters of a header field (RFC 9110, section 5.6.6). Pure. */
final class HeaderParameters {
  private HeaderParameters() {}

  /** The value of a parameter, quoted or not. */
  static Optional<String> find(String header, String name) {
    for (int at = semicolon(header, 0); at >= 0; at = semicolon(header, at + 1)) {
      int from = at + 1;
      while (from < header.length() && header.charAt(from) == ' ') {
        from++;
      }
      if (header.regionMatches(true, from, name + "=", 0, name.length() + 1)) {
        return Optional.of(value(header, from + name.length() + 1));
      }
    }
    return Optional.empty();
  }

  /** The next semicolon that is not between quotes. */
  private static int semicolon(String header, int from) {
    boolean quoted = false;
    for (int i = from; i < header.length(); i++) {
      char c = header.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ';' && !quoted) {
        return i;
      }
    }
    return -1;
  }

  private static String value(String header, int from) {
    boolean quoted = from < header.length() && header.charAt(from) == '"';
    int start = quoted ? from + 1 : from;
    int end = header.indexOf(quoted ? '"' : ';', start);
    return header.substring(start, end < 0 ? header.length() : end).strip();
  }
}
