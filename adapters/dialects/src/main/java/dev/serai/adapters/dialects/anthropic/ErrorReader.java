package dev.serai.adapters.dialects.anthropic;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.translation.ProviderProblems;
import dev.serai.core.dialect.Destination;
import dev.serai.core.http.Headers;
import dev.serai.core.problem.ProviderProblem;

/**
 * An error as the provider tells it: {@code {"type":"error","error":{"type","message"}}}. Its type
 * says more than the status: a rate limit inside a 500 is a rate limit.
 *
 * @param type empty if the provider told none
 */
record ErrorReader(String type, String message) {
  private static final ErrorReader UNTOLD = new ErrorReader("", "");

  /** Reads the body of a failure; one that is not in the grammar tells nothing. */
  static ErrorReader of(byte[] body) {
    try {
      JsonCursor cursor = new JsonCursor().over(body, 0, body.length);
      ErrorReader error = UNTOLD;
      cursor.enterObject();
      while (cursor.nextMember()) {
        if (cursor.nameIs(MemberNames.ERROR) && cursor.peek() == '{') {
          error = take(cursor);
        } else {
          cursor.skip();
        }
      }
      return error;
    } catch (MalformedInput e) {
      return UNTOLD;
    }
  }

  /** Takes the object that is the value of {@code error}. */
  static ErrorReader take(JsonCursor cursor) {
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
    return new ErrorReader(type, message);
  }

  /** The failure of an answer with that status. */
  ProviderProblem problem(int status, Headers headers, Destination destination) {
    ProviderProblem.Builder problem =
        ProviderProblems.byStatus(destination, statusFor(status), headers, message);
    if (tooLong()) {
      problem.code("context_length_exceeded");
    }
    return problem.build();
  }

  /** The failure of a stream, or of a whole answer, that began as a success. */
  ProviderProblem problem(Destination destination) {
    return problem(500, Headers.NONE, destination);
  }

  private int statusFor(int status) {
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

  private boolean tooLong() {
    return type.equals("invalid_request_error")
        && (message.startsWith("prompt is too long") || message.contains("exceed context limit"));
  }
}
