package dev.serai.adapters.dialects.gemini;

import dev.serai.adapters.dialects.json.ErrorBody;
import dev.serai.adapters.dialects.tool.ToolArguments;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.Conversation.InlineSource;
import dev.serai.core.chat.Conversation.UploadedSource;
import dev.serai.core.chat.Conversation.UrlSource;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.GatewayProblem;

/** What whole answers and streams have in common. */
final class ResponseParts {
  /** What a refusal says when the provider gives no words for it. */
  static final String REFUSAL = "The model refused to answer.";

  private ResponseParts() {}

  /** A failure as the body of an answer or an event of a stream: at most 1 KB. */
  static byte[] problem(GatewayProblem problem) {
    return ErrorBody.of(problem.message(), message -> problem(problem, message));
  }

  private static byte[] problem(GatewayProblem problem, String message) {
    JsonWriter out = new JsonWriter(256).beginObject().name("error").beginObject();
    out.member("code", problem.status()).member("message", message);
    out.member("status", status(problem.status()));
    problem
        .retryAfter()
        .ifPresent(
            wait -> {
              out.name("details").beginArray().beginObject();
              out.member("@type", "type.googleapis.com/google.rpc.RetryInfo");
              out.member("retryDelay", (wait.toMillis() + 999) / 1000 + "s");
              out.endObject().endArray();
            });
    return out.endObject().endObject().bytes();
  }

  /** The word of google.rpc.Code for an HTTP status. */
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

  static void text(JsonWriter out, String text, boolean thought) {
    out.beginObject().member("text", text);
    if (thought) {
      out.member("thought", true);
    }
    out.endObject();
  }

  /** A thought, told or hidden, with what its provider wants back with it. */
  static void thought(JsonWriter out, String text, OpaqueState state) {
    out.beginObject().member("thought", true);
    if (!text.isEmpty()) {
      out.member("text", text);
    }
    out.member("thoughtSignature", ThoughtSignatures.write(state)).endObject();
  }

  static void picture(JsonWriter out, ImagePart picture) {
    out.beginObject();
    switch (picture.source()) {
      case InlineSource inline -> {
        out.name("inlineData").beginObject().member("mimeType", inline.mediaType());
        out.member("data", inline.base64());
      }
      case UrlSource remote -> out.name("fileData").beginObject().member("fileUri", remote.url());
      case UploadedSource own -> out.name("fileData").beginObject().member("fileUri", own.fileId());
    }
    out.endObject().endObject();
  }

  static void call(JsonWriter out, ToolCall call) {
    out.beginObject().name("functionCall").beginObject();
    out.member("id", call.id()).member("name", call.name()).name("args");
    ToolArguments.write(out, call.arguments());
    out.endObject();
    call.state().ifPresent(state -> out.member("thoughtSignature", ThoughtSignatures.write(state)));
    out.endObject();
  }

  static void finish(JsonWriter out, FinishReason finish) {
    out.member("finishReason", FinishReasons.write(finish));
    String message = FinishReasons.message(finish);
    if (!message.isEmpty()) {
      out.member("finishMessage", message);
    }
  }

  static void head(JsonWriter out, String id, String model) {
    out.member("modelVersion", model);
    if (!id.isEmpty()) {
      out.member("responseId", id);
    }
  }
}
