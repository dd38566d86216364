package dev.serai.adapters.dialects.anthropic;

import dev.serai.adapters.dialects.problem.ErrorBody;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import java.util.Optional;

/**
 * Writes a problem as an error of the Messages API, {@code
 * {"type":"error","error":{type,message},"request_id"}}, in at most 1 KB.
 */
final class ErrorWriter {
  /** "HTTP errors", docs.anthropic.com/en/api/errors. */
  private static final int OVERLOADED = 529;

  private static final String TOO_LONG = "prompt is too long";

  private ErrorWriter() {}

  /** The status: an overloaded provider is 529, and 503 is the gateway's own. */
  static int status(GatewayProblem problem) {
    boolean busy = problem instanceof ProviderProblem && problem.status() == 503;
    return busy ? OVERLOADED : problem.status();
  }

  static byte[] write(GatewayProblem problem, Optional<String> requestId) {
    return ErrorBody.of(message(problem), message -> write(problem, message, requestId));
  }

  private static byte[] write(GatewayProblem problem, String message, Optional<String> requestId) {
    JsonWriter out = new JsonWriter(256).beginObject().member("type", "error");
    out.name("error").beginObject().member("type", type(problem));
    out.member("message", message);
    ErrorBody.explain(out, "explain", problem);
    out.endObject();
    requestId.ifPresent(id -> out.member("request_id", id));
    return out.endObject().bytes();
  }

  private static String type(GatewayProblem problem) {
    return switch (status(problem)) {
      case 401 -> "authentication_error";
      case 402 -> "billing_error";
      case 403 -> "permission_error";
      case 404 -> "not_found_error";
      case 413 -> "request_too_large";
      case 429 -> "rate_limit_error";
      case 504 -> "timeout_error";
      case OVERLOADED -> "overloaded_error";
      default -> problem.status() < 500 ? "invalid_request_error" : "api_error";
    };
  }

  /** Clients that shorten a conversation look for Anthropic's own phrase. */
  private static String message(GatewayProblem problem) {
    String message = problem.message();
    boolean lacksPhrase =
        problem.code().equals("context_length_exceeded") && !message.contains(TOO_LONG);
    return lacksPhrase ? TOO_LONG + ": " + message : message;
  }
}
