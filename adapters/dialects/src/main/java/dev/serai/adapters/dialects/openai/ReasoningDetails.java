package dev.serai.adapters.dialects.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.openai.ReasoningPlace.Placed;
import dev.serai.adapters.dialects.translation.OpaqueStateCodec;
import dev.serai.adapters.dialects.translation.RequestFields;
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

  private static final String ID = "id";

  private ReasoningDetails() {}

  /** Reads the reasoning of an assistant message of a request. */
  static List<Placed> read(RequestFields message) {
    List<Placed> parts = new ArrayList<>();
    for (RequestFields detail : message.objects(NAME)) {
      detail.ignore("index", "type", "format", ID);
      String carrier = detail.text("signature").or(() -> detail.text("data")).orElse("");
      String text = detail.text("text").or(() -> detail.text("summary")).orElse("");
      Optional<OpaqueState> state = OpaqueStateCodec.decode(carrier);
      if (state.isEmpty() && text.isEmpty() && !carrier.isEmpty()) {
        state = Optional.of(hidden(detail));
      }
      if (state.isPresent() || !text.isEmpty()) {
        ReasoningPlace place = ReasoningPlace.read(id(detail));
        parts.add(new Placed(new ReasoningPart(text, state), place));
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
          .ifPresent(
              text -> parts.add(new Placed(new ReasoningPart(text), ReasoningPlace.BEGINNING)));
    }
    return parts;
  }

  /** An id of another type than a text is a provider's: it says no place. */
  private static Optional<String> id(RequestFields detail) {
    return Optional.ofNullable(detail.node().path(ID).textValue());
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
   * @param block a block with a state
   */
  static void write(JsonWriter out, int index, ReasoningPart block, ReasoningPlace place) {
    String carrier = block.state().map(OpaqueStateCodec::encode).orElseThrow();
    String text = block.text();
    out.beginObject().member("index", index);
    place.id().ifPresent(id -> out.member(ID, id));
    if (text.isEmpty()) {
      out.member("type", "reasoning.encrypted").member("data", carrier);
    } else {
      out.member("type", "reasoning.text").member("text", text).member("signature", carrier);
    }
    out.member("format", "serai-v1").endObject();
  }
}
