package dev.serai.adapters.dialects.gemini;

import dev.serai.adapters.dialects.tool.ToolArguments;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.Conversation.InlineSource;
import dev.serai.core.chat.Conversation.UploadedSource;
import dev.serai.core.chat.Conversation.UrlSource;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.chat.Usage;
import dev.serai.core.json.JsonWriter;

/** Writes the parts that non-streaming responses and streams share. */
final class ResponseParts {
  private ResponseParts() {}

  static void text(JsonWriter out, String text, boolean thought) {
    out.beginObject().member("text", text);
    if (thought) {
      out.member("thought", true);
    }
    out.endObject();
  }

  /** Reasoning, visible or hidden, with the opaque state of its provider. */
  static void reasoning(JsonWriter out, String text, OpaqueState state) {
    out.beginObject().member("thought", true);
    if (!text.isEmpty()) {
      out.member("text", text);
    }
    out.member("thoughtSignature", ThoughtSignatures.write(state)).endObject();
  }

  static void image(JsonWriter out, ImagePart image) {
    out.beginObject();
    switch (image.source()) {
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

  /**
   * Writes why a candidate ended.
   *
   * @param refusal the text of a refusal that is not among the parts; empty if there is none
   */
  static void finish(JsonWriter out, FinishReason finish, String refusal) {
    out.member("finishReason", FinishReasons.write(finish));
    String message = FinishReasons.message(finish, refusal);
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

  /** Writes {@code usageMetadata}. */
  static void usage(JsonWriter out, Usage usage) {
    out.name("usageMetadata").beginObject();
    out.member("promptTokenCount", usage.input());
    out.member("candidatesTokenCount", usage.output() - usage.reasoning());
    out.member("totalTokenCount", usage.total());
    if (usage.cached() > 0) {
      out.member("cachedContentTokenCount", usage.cached());
    }
    if (usage.reasoning() > 0) {
      out.member("thoughtsTokenCount", usage.reasoning());
    }
    out.endObject();
  }
}
