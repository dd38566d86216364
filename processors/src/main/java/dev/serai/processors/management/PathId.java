package dev.serai.processors.management;

import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.PercentEncoding;
import dev.serai.core.problem.CallerProblem;

/** Reads the ID that the path of a request names. Pure. */
public final class PathId {
  private PathId() {}

  /**
   * The segment after {@code prefix}, decoded; empty if the path has none.
   *
   * @param prefix with its last slash, for example {@code /v1/keys/}
   * @throws CallerProblem 400 if an escape is malformed
   */
  public static String after(String prefix, InboundRequest request) {
    try {
      return PercentEncoding.decode(segment(prefix, request, 0));
    } catch (IllegalArgumentException e) {
      throw CallerProblem.invalid("id", "The ID in the path is not percent-encoded correctly.");
    }
  }

  /** The segment after the ID, which names an operation; empty if the path has none. */
  public static String operation(String prefix, InboundRequest request) {
    return segment(prefix, request, 1);
  }

  private static String segment(String prefix, InboundRequest request, int index) {
    String path = request.path();
    if (!path.startsWith(prefix)) {
      return "";
    }
    String[] segments = path.substring(prefix.length()).split("/", index + 2);
    return segments.length > index ? segments[index] : "";
  }
}
