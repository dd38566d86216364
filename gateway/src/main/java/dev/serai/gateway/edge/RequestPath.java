package dev.serai.gateway.edge;

import dev.serai.core.problem.CallerProblem;

/**
 * Takes the path out of a request target (RFC 9112, section 3.2). A path has exactly one spelling:
 * empty and dot segments, parameters, backslashes and escapes of characters that need none (RFC
 * 3986, section 6.2.2) are refused, so that what is compared is what everybody else compares.
 * Escapes that remain are left as they are; routes are compared undecoded.
 */
final class RequestPath {
  private RequestPath() {}

  /**
   * The path without its query.
   *
   * @throws CallerProblem 400 for a target that is no path or not canonical
   */
  static String of(String target) {
    int from = target.startsWith("/") ? 0 : afterAuthority(target);
    int end = target.indexOf('?', from);
    String path = target.substring(from, end < 0 ? target.length() : end);
    check(path);
    return path;
  }

  /** What follows the path's question mark, as it came; empty if there is none. */
  static String queryOf(String target) {
    int mark = target.indexOf('?');
    return mark < 0 ? "" : target.substring(mark + 1);
  }

  /** Where the path begins in a target in absolute form, {@code http://host/path}. */
  private static int afterAuthority(String target) {
    int authority = target.indexOf("://");
    int path = authority < 0 ? -1 : target.indexOf('/', authority + 3);
    if (path < 0 || !isHttp(target, authority)) {
      throw malformed();
    }
    return path;
  }

  private static boolean isHttp(String target, int schemeLength) {
    return (schemeLength == 4 && target.regionMatches(true, 0, "http", 0, 4))
        || (schemeLength == 5 && target.regionMatches(true, 0, "https", 0, 5));
  }

  private static void check(String path) {
    int segment = 1;
    int i = 1;
    while (i < path.length()) {
      char c = path.charAt(i);
      int next = i + 1;
      boolean slash = c == '/';
      if (c == '%') {
        slash = escaped(path, i) == '/';
        next = i + 3;
      } else if (c <= ' ' || c >= 0x7f || c == '\\' || c == ';' || c == '#') {
        throw malformed();
      }
      if (slash) {
        checkSegment(path, segment, i);
        segment = next;
      }
      i = next;
    }
    if (isDots(path, segment, path.length())) {
      throw malformed();
    }
  }

  private static void checkSegment(String path, int from, int to) {
    if (from == to || isDots(path, from, to)) {
      throw malformed();
    }
  }

  private static boolean isDots(String path, int from, int to) {
    return (to - from == 1 && path.charAt(from) == '.')
        || (to - from == 2 && path.startsWith("..", from));
  }

  /** The character that the escape at {@code at} stands for, if it may be escaped at all. */
  private static char escaped(String path, int at) {
    if (at + 2 >= path.length()) {
      throw malformed();
    }
    int high = Character.digit(path.charAt(at + 1), 16);
    int low = Character.digit(path.charAt(at + 2), 16);
    if (high < 0 || low < 0) {
      throw malformed();
    }
    char c = (char) (high << 4 | low);
    boolean unreserved =
        (c >= 'a' && c <= 'z')
            || (c >= 'A' && c <= 'Z')
            || (c >= '0' && c <= '9')
            || "-._~".indexOf(c) >= 0;
    if (unreserved || c < ' ' || c == 0x7f || "\\;%".indexOf(c) >= 0) {
      throw malformed();
    }
    return c;
  }

  private static CallerProblem malformed() {
    return CallerProblem.invalid("The request's path is malformed.");
  }
}
