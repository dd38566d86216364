package dev.serai.adapters.dialects.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.translation.OpaqueStateCodec;
import dev.serai.adapters.dialects.translation.RequestFields;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads and writes reasoning in messages. Its text is in {@code reasoning_content}. The opaque
 * state that the provider wants back is in {@code reasoning_details}, a member that OpenRouter
 * introduced and that clients send back unchanged (openrouter.ai/docs, Reasoning Tokens).
 */
final class ReasoningDetails {
  /** The member's name. */
  static final String NAME = "reasoning_details";

  private ReasoningDetails() {}

  /** Reads the reasoning of an assistant message of a request. */
  static List<Part> read(RequestFields message) {
    List<Part> parts = new ArrayList<>();
    for (RequestFields detail : message.objects(NAME)) {
      detail.ignore("index", "type", "format", "id");
      String carrier = detail.text("signature").or(() -> detail.text("data")).orElse("");
      String text = detail.text("text").or(() -> detail.text("summary")).orElse("");
      Optional<OpaqueState> state = OpaqueStateCodec.decode(carrier);
      if (state.isEmpty() && text.isEmpty() && !carrier.isEmpty()) {
        state = Optional.of(hidden(detail));
      }
      if (state.isPresent() || !text.isEmpty()) {
        parts.add(new ReasoningPart(text, state));
      }
    }
    if (parts.isEmpty()) {
      message
          .text(ReturnedReasoning.CONTENT)
          .or(
              () ->
                  message
                      .any(ReturnedReasoning.REASONING)
                      .filter(JsonNode::isTextual)
                      .map(JsonNode::textValue))
          .filter(text -> !text.isEmpty())
          .ifPresent(text -> parts.add(new ReasoningPart(text)));
    }
    return parts;
  }

  /** Encrypted reasoning of a provider of this dialect, which no other can read. */
  private static OpaqueState hidden(RequestFields detail) {
    return new OpaqueState(OpenAiDialect.NAME, "", NAME, "[" + detail.node() + "]");
  }

  /**
   * Writes one block of reasoning that has a state.
   *
   * @param index how many blocks came before it in the choice: clients merge blocks of a stream
   *     with the same index, and OpenAI's own client fails on a block without one
   */
  static void write(JsonWriter out, int index, String text, OpaqueState state) {
    String carrier = OpaqueStateCodec.encode(state);
    out.beginObject().member("index", index);
    if (text.isEmpty()) {
      out.member("type", "reasoning.encrypted").member("data", carrier);
    } else {
      out.member("type", "reasoning.text").member("text", text).member("signature", carrier);
    }
    out.member("format", "serai-v1").endObject();
  }
}
