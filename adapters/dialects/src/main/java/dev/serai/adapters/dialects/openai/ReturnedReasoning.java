package dev.serai.adapters.dialects.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.dialect.Destination;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Collects from the reply of a provider what it wants back with its reasoning: the name of the
 * member that holds the text, and OpenRouter's {@code reasoning_details}. The state names the
 * provider, so that the reasoning is sent to no other.
 *
 * <p>Pieces of a detail that come after the content end another block; {@link
 * RequestReasoningWriter} joins them. For one choice; not thread-safe.
 */
final class ReturnedReasoning {
  /** Text in a member of this name. */
  static final String CONTENT = "reasoning_content";

  /** Text in a member of this name. */
  static final String REASONING = "reasoning";

  /** Text in parts of this type in the content. */
  static final String THINKING = "thinking";

  /** The details, with their text. */
  static final String DETAILS = ReasoningDetails.NAME;

  private StreamedDetails details = new StreamedDetails();
  private String member = "";
  private boolean isEmptyContent;
  private boolean ended;

  /** Reads the message of a whole response. */
  void takeWhole(JsonNode message) {
    take(message, details::add);
  }

  /** Reads a delta. */
  void take(JsonNode delta) {
    take(delta, details::join);
  }

  private void take(JsonNode message, Consumer<ObjectNode> detailed) {
    isEmptyContent |= message.path(CONTENT).isTextual();
    if (ResponseReader.text(message.path(CONTENT)).isPresent()) {
      member = CONTENT;
    } else if (ResponseReader.text(message.path(REASONING)).isPresent()) {
      member = REASONING;
    } else if (ResponseReader.reasoning(message).isPresent()) {
      member = THINKING;
    }
    for (JsonNode detail : message.path(DETAILS)) {
      if (detail instanceof ObjectNode object) {
        detailed.accept(object);
      }
    }
  }

  /**
   * Ends a block of reasoning: its state, empty if there was none since the last one. Servers of
   * models that require their reasoning back with calls require an empty {@code reasoning_content}
   * too (api-docs.deepseek.com, Thinking Mode).
   *
   * @param calls whether there are calls
   */
  Optional<OpaqueState> end(Destination destination, boolean calls) {
    String empty = calls && isEmptyContent && !ended ? CONTENT : "";
    String text = member.isEmpty() ? empty : member;
    String kind = details.isEmpty() ? text : DETAILS;
    String data = details.isEmpty() ? "" : details.toString();
    details = new StreamedDetails();
    member = "";
    ended |= !kind.isEmpty();
    return kind.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new OpaqueState(OpenAiDialect.NAME, destination.provider().name(), kind, data));
  }
}
