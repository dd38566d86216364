package dev.serai.adapters.dialects.anthropic;

import dev.serai.adapters.dialects.tool.ToolArguments;
import dev.serai.adapters.dialects.translation.OpaqueStateCodec;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.ChatResponse.Choice;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.ToolCallPart;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.json.JsonWriter;
import java.util.Optional;

/** Writes a whole answer as a message. The grammar knows one choice: the first. */
final class ResponseWriter {
  private ResponseWriter() {}

  static byte[] write(ChatResponse response) {
    JsonWriter out = new JsonWriter(1024).beginObject();
    ResponseParts.head(out, ResponseParts.id(response.id()), response.model());
    out.name("content").beginArray();
    Choice choice = response.choices().getFirst();
    for (Part part : choice.parts()) {
      block(out, part);
    }
    Optional<String> refusal = choice.refusal().filter(text -> !text.isBlank());
    if (refusal.isPresent() && choice.text().isEmpty()) {
      text(out, refusal.get());
    }
    out.endArray();
    ResponseParts.stop(out, choice.finish(), !choice.toolCalls().isEmpty(), refusal);
    ResponseParts.usage(out, response.usage());
    return out.endObject().bytes();
  }

  private static void block(JsonWriter out, Part part) {
    switch (part) {
      case TextPart text -> text(out, text.text());
      case ReasoningPart thought -> thought(out, thought);
      case ToolCallPart called -> {
        out.beginObject().member("type", "tool_use");
        out.member("id", OpaqueStateCodec.callId(called.call().id(), called.call().state()));
        out.member("name", called.call().name()).name("input");
        ToolArguments.write(out, called.call().arguments());
        out.endObject();
      }
      default -> {
        // Models answer with neither pictures nor files here.
      }
    }
  }

  private static void text(JsonWriter out, String text) {
    out.beginObject().member("type", "text").member("text", text).endObject();
  }

  private static void thought(JsonWriter out, ReasoningPart thought) {
    if (thought.text().isEmpty()) {
      thought.state().ifPresent(state -> hidden(out, state));
      return;
    }
    out.beginObject().member("type", "thinking").member("thinking", thought.text());
    out.member(
        ReasoningSignatures.SIGNATURE,
        thought.state().map(OpaqueStateCodec::encode).orElse(ReasoningSignatures.UNSIGNED));
    out.endObject();
  }

  /** A thought that may not be read. */
  static void hidden(JsonWriter out, OpaqueState state) {
    out.beginObject().member("type", ReasoningSignatures.REDACTED);
    out.member("data", OpaqueStateCodec.encode(state)).endObject();
  }
}
