package dev.serai.gateway.edge.request;

import dev.serai.core.problem.CallerProblem;

/**
 * Reads the path of a request target (RFC 9112, section 3.2). Only the canonical spelling of a path
 * is accepted: empty and dot segments, parameters, backslashes and escapes of characters that need
 * none (RFC 3986, section 6.2.2) are refused, so that a proxy in front of the gateway and the
 * gateway compare the same path. Other escapes stay in the path; routes are compared undecoded.
 */
final class RequestPath {
  private RequestPath() {}

  /**
   * The path without its query.
   *
   * @throws CallerProblem 400 if the target has no path, or one that is not canonical
   */
  static String of(String target) {
    int from = target.startsWith("/") ? 0 : afterAuthority(target);
    int end = target.indexOf('?', from);
    String path = target.substring(from, end < 0 ? target.length() : end);
    check(path);
    return path;
  }

  /**
   * The path of a target that is refused, unchecked: only to find the API that the client uses.
   *
   * @return {@code /} if there is none
   */
  static String shown(String target) {
    int end = target.indexOf('?');
    return target.startsWith("/") ? target.substring(0, end < 0 ? target.length() : end) : "/";
  }

  /** The query without its question mark, undecoded; empty if there is none. */
  static String queryOf(String target) {
    int mark = target.indexOf('?');
    return mark < 0 ? "" : target.substring(mark + 1);
  }

  /**
   * The authority of a target in absolute form, which replaces the Host field (RFC 9112, section
   * 3.2.2); empty for a target in another form.
   */
  static String authorityOf(String target) {
    int authority = target.startsWith("/") ? -1 : target.indexOf("://");
    int path = authority < 0 ? -1 : target.indexOf('/', authority + 3);
    return path < 0 ? "" : target.substring(authority + 3, path);
  }

  /** The index of the path in a target in absolute form, {@code http://host/path}. */
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
    if (from == to) {
      throw CallerProblem.invalid(
          "The request's path has an empty segment: two slashes in a row. Remove one of them; one"
              + " may be the last character of the client's base URL.");
    }
    if (isDots(path, from, to)) {
      throw malformed();
    }
  }

  private static boolean isDots(String path, int from, int to) {
    return (to - from == 1 && path.charAt(from) == '.')
        || (to - from == 2 && path.startsWith("..", from));
  }

  /** Decodes the escape at {@code at}; refuses characters that must not be escaped. */
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
    if (isUnreserved(c) || c < ' ' || c == 0x7f || "\\;%".indexOf(c) >= 0) {
      throw malformed();
    }
    return c;
  }

  private static boolean isUnreserved(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "-._~".indexOf(c) >= 0;
  }

  private static CallerProblem malformed() {
    return CallerProblem.invalid("The request's path is malformed.");
  }
}
