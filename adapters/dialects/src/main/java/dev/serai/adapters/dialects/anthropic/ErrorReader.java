package dev.serai.adapters.dialects.anthropic;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.problem.ProviderProblems;
import dev.serai.core.dialect.Destination;
import dev.serai.core.http.Headers;
import dev.serai.core.problem.ProviderProblem;

/**
 * Reads an error of the Messages API: {@code {"type":"error","error":{"type","message"}}}. The
 * error's type takes precedence over the HTTP status: a rate limit inside a 500 is a rate limit.
 */
final class ErrorReader {
  /** Stands for an error inside a reply of status 200. */
  private static final int STATUS_INSIDE_SUCCESS = 500;

  private static final ErrorObject UNKNOWN = new ErrorObject("", "");

  private ErrorReader() {}

  /**
   * The value of the member {@code error}.
   *
   * @param type empty if the provider sent none
   */
  private record ErrorObject(String type, String message) {}

  /** Reads an error reply. A body that does not follow the grammar leaves only the status. */
  static ProviderProblem read(int status, Headers headers, byte[] body, Destination destination) {
    return problem(parse(body), status, headers, destination);
  }

  /** Reads the {@code error} object of a stream or of a reply that began as a success. */
  static ProviderProblem readObject(JsonCursor cursor, Destination destination) {
    return problem(object(cursor), STATUS_INSIDE_SUCCESS, Headers.NONE, destination);
  }

  private static ErrorObject parse(byte[] body) {
    try {
      JsonCursor cursor = new JsonCursor().over(body, 0, body.length);
      ErrorObject error = UNKNOWN;
      cursor.enterObject();
      while (cursor.nextMember()) {
        if (cursor.nameIs(MemberNames.ERROR) && cursor.peek() == '{') {
          error = object(cursor);
        } else {
          cursor.skip();
        }
      }
      return error;
    } catch (MalformedInput e) {
      return UNKNOWN;
    }
  }

  private static ErrorObject object(JsonCursor cursor) {
    String type = "";
    String message = "";
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(MemberNames.TYPE) && cursor.peek() == '"') {
        type = cursor.text();
      } else if (cursor.nameIs(MemberNames.MESSAGE) && cursor.peek() == '"') {
        message = cursor.text();
      } else {
        cursor.skip();
      }
    }
    return new ErrorObject(type, message);
  }

  private static ProviderProblem problem(
      ErrorObject error, int status, Headers headers, Destination destination) {
    int meant = status(error.type(), status);
    return ProviderProblems.byStatus(destination, meant, headers, error.message()).build();
  }

  private static int status(String type, int status) {
    return switch (type) {
      case "rate_limit_error" -> 429;
      case "overloaded_error" -> 529;
      case "authentication_error" -> 401;
      case "billing_error" -> 402;
      case "permission_error" -> 403;
      case "timeout_error" -> 504;
      case "not_found_error" -> 404;
      case "request_too_large" -> 413;
      case "invalid_request_error" -> status >= 400 && status < 500 ? status : 400;
      default -> status;
    };
  }
}
