package dev.serai.adapters.dialects.gemini;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.problem.FieldViolations;
import dev.serai.adapters.dialects.problem.ProviderProblems;
import dev.serai.adapters.dialects.problem.QuotaWait;
import dev.serai.core.dialect.Destination;
import dev.serai.core.http.Headers;
import dev.serai.core.problem.ProviderProblem;

/**
 * Reads an error of Google's APIs (google.rpc.Status): {@code
 * {"error":{"code","message","status","details"}}}, alone or in an array. Its status is more
 * precise than the HTTP status; its details hold the reason, when to retry and the invalid fields.
 *
 * @param code an HTTP status, 0 if absent
 * @param status such as {@code RESOURCE_EXHAUSTED}
 * @param message with the invalid fields of a {@code BadRequest}
 * @param reason of an {@code ErrorInfo}, such as {@code API_KEY_INVALID}
 * @param quota how long to wait, of a {@code RetryInfo}, or of the quota in an {@code ErrorInfo}
 */
record ErrorReader(int code, String status, String message, String reason, QuotaWait quota) {
  private static final ErrorReader EMPTY = new ErrorReader(0, "", "", "", new QuotaWait());

  /** Reads the body of a failure; one that is not in the grammar has no members. */
  static ErrorReader of(byte[] body, int from, int to) {
    try {
      JsonCursor cursor = new JsonCursor().over(body, from, to);
      if (cursor.peek() == '[') {
        cursor.enterArray();
        return cursor.nextElement() ? readRoot(cursor) : EMPTY;
      }
      return readRoot(cursor);
    } catch (MalformedInput e) {
      return EMPTY;
    }
  }

  static ErrorReader of(byte[] body) {
    return of(body, 0, body.length);
  }

  boolean isPresent() {
    return code != 0 || !status.isEmpty() || !message.isEmpty();
  }

  private static ErrorReader readRoot(JsonCursor cursor) {
    ErrorReader error = EMPTY;
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(MemberNames.ERROR) && cursor.peek() == '{') {
        error = take(cursor);
      } else {
        cursor.skip();
      }
    }
    return error;
  }

  private static ErrorReader take(JsonCursor cursor) {
    int code = 0;
    String status = "";
    String message = "";
    Details details = new Details();
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(MemberNames.CODE)) {
        code = (int) Math.clamp(cursor.count(), 0, 999);
      } else if (cursor.nameIs(MemberNames.STATUS) && cursor.peek() == '"') {
        status = cursor.text();
      } else if (cursor.nameIs(MemberNames.MESSAGE) && cursor.peek() == '"') {
        message = cursor.text();
      } else if (cursor.nameIs(MemberNames.DETAILS) && cursor.peek() == '[') {
        details.take(cursor);
      } else {
        cursor.skip();
      }
    }
    String whole = details.violations.appendedTo(message);
    return new ErrorReader(code, status, whole, details.reason, details.wait);
  }

  /** The members of the details that the gateway uses. */
  private static final class Details {
    private String reason = "";
    private final QuotaWait wait = new QuotaWait();
    private final FieldViolations violations = new FieldViolations();

    void take(JsonCursor cursor) {
      cursor.enterArray();
      while (cursor.nextElement()) {
        if (cursor.peek() != '{') {
          cursor.skip();
          continue;
        }
        cursor.enterObject();
        while (cursor.nextMember()) {
          if (cursor.nameIs(MemberNames.REASON) && cursor.peek() == '"') {
            reason = cursor.text();
          } else if (cursor.nameIs(MemberNames.RETRY_DELAY) && cursor.peek() == '"') {
            wait.delay(cursor.text());
          } else if (cursor.nameIs(MemberNames.METADATA) && cursor.peek() == '{') {
            metadata(cursor);
          } else if (cursor.nameIs(MemberNames.FIELD_VIOLATIONS) && cursor.peek() == '[') {
            violations(cursor);
          } else {
            cursor.skip();
          }
        }
      }
    }

    private void metadata(JsonCursor cursor) {
      cursor.enterObject();
      while (cursor.nextMember()) {
        if (cursor.nameIs(MemberNames.QUOTA_RESET_DELAY) && cursor.peek() == '"') {
          wait.resetDelay(cursor.text());
        } else if (cursor.nameIs(MemberNames.QUOTA_RESET_TIME) && cursor.peek() == '"') {
          wait.resetTime(cursor.text());
        } else {
          cursor.skip();
        }
      }
    }

    private void violations(JsonCursor cursor) {
      cursor.enterArray();
      while (cursor.nextElement()) {
        if (cursor.peek() == '{') {
          violation(cursor);
        } else {
          cursor.skip();
        }
      }
    }

    private void violation(JsonCursor cursor) {
      String field = "";
      String description = "";
      cursor.enterObject();
      while (cursor.nextMember()) {
        if (cursor.nameIs(MemberNames.FIELD) && cursor.peek() == '"') {
          field = cursor.text();
        } else if (cursor.nameIs(MemberNames.DESCRIPTION) && cursor.peek() == '"') {
          description = cursor.text();
        } else {
          cursor.skip();
        }
      }
      violations.add(field, description);
    }
  }

  /** The problem of a reply with that HTTP status. */
  ProviderProblem problem(int httpStatus, Headers headers, Destination destination) {
    ProviderProblem.Builder problem =
        ProviderProblems.byStatus(destination, statusFor(httpStatus), reason, message);
    return problem.retryAfter(quota.until(headers)).build();
  }

  /** The problem of a stream or response that began with status 200. */
  ProviderProblem problem(Destination destination) {
    return problem(code >= 400 && code <= 599 ? code : 500, Headers.NONE, destination);
  }

  private int statusFor(int httpStatus) {
    if (reason.equals("API_KEY_INVALID") || reason.equals("API_KEY_EXPIRED")) {
      return 401;
    }
    return switch (status) {
      case "RESOURCE_EXHAUSTED" -> 429;
      case "UNAUTHENTICATED" -> 401;
      case "PERMISSION_DENIED" -> 403;
      case "NOT_FOUND" -> 404;
      case "UNAVAILABLE" -> 503;
      case "DEADLINE_EXCEEDED" -> 504;
      case "INTERNAL", "UNKNOWN", "DATA_LOSS", "ABORTED", "CANCELLED" -> 500;
      case "FAILED_PRECONDITION", "INVALID_ARGUMENT", "OUT_OF_RANGE" -> clientError(httpStatus);
      default -> httpStatus;
    };
  }

  private static int clientError(int httpStatus) {
    return httpStatus >= 400 && httpStatus < 500 ? httpStatus : 400;
  }
}
