package dev.serai.adapters.dialects.gemini;

import dev.serai.adapters.dialects.problem.ErrorBody;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.time.WholeSeconds;
import java.util.Locale;

/** Writes a problem in the form of Google's APIs. */
final class ErrorWriter {
  private ErrorWriter() {}

  /** A problem as the body of a reply or an event of a stream: at most 1 KB. */
  static byte[] write(GatewayProblem problem) {
    return ErrorBody.of(problem.message(), message -> write(problem, message));
  }

  private static byte[] write(GatewayProblem problem, String message) {
    JsonWriter out = new JsonWriter(256).beginObject().name("error").beginObject();
    out.member("code", problem.status()).member("message", message);
    out.member("status", status(problem.status()));
    problem
        .retryAfter()
        .ifPresent(
            wait -> {
              out.name("details").beginArray().beginObject();
              out.member("@type", "type.googleapis.com/google.rpc.RetryInfo");
              out.member("retryDelay", WholeSeconds.of(wait) + "s");
              out.endObject();
              explain(out, problem);
              out.endArray();
            });
    return out.endObject().endObject().bytes();
  }

  private static void explain(JsonWriter out, GatewayProblem problem) {
    if (!problem.explanation().isEmpty()) {
      out.beginObject().member("@type", "type.googleapis.com/google.rpc.ErrorInfo");
      out.member("reason", problem.code().toUpperCase(Locale.ROOT)).member("domain", "serai");
      ErrorBody.explain(out, "metadata", problem);
      out.endObject();
    }
  }

  /** The name of google.rpc.Code for an HTTP status. */
  private static String status(int status) {
    return switch (status) {
      case 401 -> "UNAUTHENTICATED";
      case 403 -> "PERMISSION_DENIED";
      case 404 -> "NOT_FOUND";
      case 409 -> "ABORTED";
      case 429 -> "RESOURCE_EXHAUSTED";
      case 499 -> "CANCELLED";
      case 500 -> "INTERNAL";
      case 501 -> "UNIMPLEMENTED";
      case 504, 408 -> "DEADLINE_EXCEEDED";
      default -> status >= 500 ? "UNAVAILABLE" : "INVALID_ARGUMENT";
    };
  }
}
