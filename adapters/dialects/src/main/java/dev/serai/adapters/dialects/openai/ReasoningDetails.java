package dev.serai.adapters.dialects.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.translation.OpaqueStateCodec;
import dev.serai.adapters.dialects.translation.RequestFields;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.dialect.Destination;
import dev.serai.core.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reasoning in OpenAI's dialect. Its text stands in {@code reasoning_content}; what the provider
 * wants back with it in {@code reasoning_details}, the member that OpenRouter introduced and that
 * clients hand back as it is (openrouter.ai/docs, Reasoning Tokens).
 */
final class ReasoningDetails {
  /** The member's name. */
  static final String NAME = "reasoning_details";

  private static final String KIND = "reasoning_content";

  private ReasoningDetails() {}

  /** The reasoning of an assistant's message in a request. */
  static List<Part> read(RequestFields message) {
    List<Part> parts = new ArrayList<>();
    for (RequestFields detail : message.objects(NAME)) {
      String carrier = detail.text("signature").or(() -> detail.text("data")).orElse("");
      String text = detail.text("text").or(() -> detail.text("summary")).orElse("");
      Optional<OpaqueState> state = OpaqueStateCodec.decode(carrier);
      if (state.isPresent() || !text.isEmpty()) {
        parts.add(new ReasoningPart(text, state));
      }
    }
    if (parts.isEmpty()) {
      message
          .text(KIND)
          .or(() -> message.any("reasoning").filter(JsonNode::isTextual).map(JsonNode::textValue))
          .filter(text -> !text.isEmpty())
          .ifPresent(text -> parts.add(new ReasoningPart(text)));
    }
    return parts;
  }

  /**
   * Writes one block of reasoning that has a state.
   *
   * @param index how many blocks came before it in the choice: clients that add up the lists of a
   *     stream merge what has the same index, and OpenAI's own fails on what has none
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

  /**
   * The state of reasoning that the provider wants back as text: it says whose the text is, so that
   * no other is given it.
   */
  static Optional<OpaqueState> wantedBack(Destination destination) {
    return Quirk.REASONING_CONTENT.of(destination)
        ? Optional.of(new OpaqueState(OpenAiDialect.NAME, destination.provider().name(), KIND, ""))
        : Optional.empty();
  }

  /** The text that goes back to {@code target}: what it thought itself or nobody claims. */
  static String ownText(List<Part> parts, Destination destination) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      if (part instanceof ReasoningPart reasoning && mayGoTo(destination, reasoning)) {
        text.append(reasoning.text());
      }
    }
    return text.toString();
  }

  /** Whether {@code target} may be given a thought: its own, or one that nobody claims. */
  static boolean mayGoTo(Destination destination, ReasoningPart reasoning) {
    Optional<OpaqueState> state = reasoning.state();
    return state.isEmpty()
        || state.get().belongsTo(OpenAiDialect.NAME, destination.provider().name());
  }
}
