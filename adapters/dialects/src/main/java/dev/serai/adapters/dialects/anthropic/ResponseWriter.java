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
import dev.serai.core.chat.ToolCall;
import dev.serai.core.json.JsonWriter;
import java.util.List;
import java.util.Optional;

/** Writes a core response as a message. The grammar has one choice: the first is written. */
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
      text(out, refusal.get(), List.of());
    }
    out.endArray();
    ResponseParts.stop(out, choice.finish(), !choice.toolCalls().isEmpty(), refusal);
    ResponseParts.usage(out, response.usage());
    return out.endObject().bytes();
  }

  private static void toolUse(JsonWriter out, ToolCall call) {
    out.beginObject().member("type", "tool_use");
    out.member("id", OpaqueStateCodec.callId(call.id(), call.state()));
    out.member("name", call.name()).name("input");
    ToolArguments.write(out, call.arguments());
    out.endObject();
  }

  private static void block(JsonWriter out, Part part) {
    switch (part) {
      case TextPart text -> text(out, text.text(), text.citations());
      case ReasoningPart reasoning -> reasoning(out, reasoning);
      case ToolCallPart called -> toolUse(out, called.call());
      default -> {
        // A message of this dialect has no other blocks.
      }
    }
  }

  private static void text(JsonWriter out, String text, List<String> citations) {
    out.beginObject().member("type", "text").member("text", text);
    if (!citations.isEmpty()) {
      out.name("citations").beginArray();
      citations.forEach(out::json);
      out.endArray();
    }
    out.endObject();
  }

  private static void reasoning(JsonWriter out, ReasoningPart reasoning) {
    if (reasoning.text().isEmpty()) {
      reasoning.state().ifPresent(state -> redacted(out, state));
      return;
    }
    out.beginObject().member("type", "thinking").member("thinking", reasoning.text());
    out.member(
        ReasoningSignatures.SIGNATURE,
        reasoning.state().map(OpaqueStateCodec::encode).orElse(ReasoningSignatures.UNSIGNED));
    out.endObject();
  }

  private static void redacted(JsonWriter out, OpaqueState state) {
    out.beginObject().member("type", ReasoningSignatures.REDACTED);
    out.member("data", OpaqueStateCodec.encode(state)).endObject();
  }
}
