package dev.serai.adapters.dialects.ollama;

import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.problem.ProviderProblems;
import dev.serai.core.dialect.Destination;
import dev.serai.core.http.Headers;
import dev.serai.core.problem.ProviderProblem;

/**
 * Reads Ollama's errors, {@code {"error":"..."}}: as the body of a failure, and as a chunk after a
 * status of 200, where {@code status} may say more.
 */
final class ErrorReader {
  private ErrorReader() {}

  /** The failure that a reply of that status reports. */
  static ProviderProblem read(int status, Headers headers, byte[] body, Destination destination) {
    return ProviderProblems.byStatus(destination, status, headers, message(body)).build();
  }

  private static String message(byte[] body) {
    FrameScanner chunk = new FrameScanner();
    try {
      chunk.read(body, 0, body.length);
    } catch (MalformedInput e) {
      return "";
    }
    return chunk.error().orElse("");
  }

  /**
   * Checks a chunk.
   *
   * @throws ProviderProblem if it reports an error
   */
  static void check(FrameScanner chunk, Destination destination) {
    if (chunk.error().isPresent()) {
      throw ProviderProblems.byStatus(destination, chunk.status(), chunk.error().get()).build();
    }
  }

  /** The problem of a stream with a line that is not in the grammar. */
  static ProviderProblem malformedLine(Destination destination, boolean last) {
    String what =
        last ? "a stream that ended in the middle of a line" : "a line that cannot be read";
    return ProviderProblems.malformed(destination, what);
  }
}
