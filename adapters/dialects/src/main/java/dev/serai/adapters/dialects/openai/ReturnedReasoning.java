package dev.serai.adapters.dialects.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.dialect.Destination;
import java.util.List;
import java.util.Optional;

/**
 * Collects from the reply of a provider what it wants back with its reasoning: the name of the
 * member that holds the text, and OpenRouter's {@code reasoning_details}. The state names the
 * provider, so that the reasoning is sent to no other.
 *
 * <p>Model: a stream has a detail in pieces, which follow each other with the same type and index,
 * the signature in the last one (openrouter.ai/docs, Reasoning Tokens). They are joined, since a
 * signature is of the whole. Encrypted details come whole. For one choice; not thread-safe.
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

  private static final List<String> PIECES = List.of("text", "summary");
  private static final int MAX_DETAILS = 1 << 14;

  private ArrayNode details = JsonNodeFactory.instance.arrayNode();
  private String member = "";

  /** Reads a message or a delta. */
  void take(JsonNode message) {
    if (ResponseReader.text(message.path(CONTENT)).isPresent()) {
      member = CONTENT;
    } else if (ResponseReader.text(message.path(REASONING)).isPresent()) {
      member = REASONING;
    } else if (ResponseReader.reasoning(message).isPresent()) {
      member = THINKING;
    }
    for (JsonNode detail : message.path(DETAILS)) {
      if (detail instanceof ObjectNode object) {
        add(object);
      }
    }
  }

  private void add(ObjectNode detail) {
    if (!details.isEmpty() && goesOn((ObjectNode) details.get(details.size() - 1), detail)) {
      join((ObjectNode) details.get(details.size() - 1), detail);
    } else if (details.size() == MAX_DETAILS) {
      throw new MalformedInput(0, "at most " + MAX_DETAILS + " details of reasoning");
    } else {
      details.add(detail.deepCopy());
    }
  }

  private static boolean goesOn(ObjectNode last, ObjectNode detail) {
    boolean piece = PIECES.stream().anyMatch(detail::has) || detail.has("signature");
    return piece
        && !last.hasNonNull("signature")
        && last.path("type").equals(detail.path("type"))
        && last.path("index").equals(detail.path("index"));
  }

  private static void join(ObjectNode last, ObjectNode detail) {
    detail
        .properties()
        .forEach(
            each -> {
              String name = each.getKey();
              if (PIECES.contains(name) && each.getValue().isTextual()) {
                last.put(name, last.path(name).asText("") + each.getValue().textValue());
              } else if (!each.getValue().isNull()) {
                last.set(name, each.getValue());
              }
            });
  }

  /** Ends a block of reasoning: its state, empty if there was none since the last one. */
  Optional<OpaqueState> end(Destination destination) {
    String kind = details.isEmpty() ? member : DETAILS;
    String data = details.isEmpty() ? "" : details.toString();
    details = JsonNodeFactory.instance.arrayNode();
    member = "";
    return kind.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new OpaqueState(OpenAiDialect.NAME, destination.provider().name(), kind, data));
  }
}
