package dev.serai.adapters.dialects.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.dialect.Destination;
import dev.serai.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a provider wants back with a tool call: {@code extra_content}, in which Google's
 * OpenAI-compatible API has the signature of a call ("thoughtSignature", ai.google.dev).
 */
final class CallState {
  private static final String MEMBER = "extra_content";

  private CallState() {}

  /** The state in an element of {@code tool_calls}. */
  static Optional<OpaqueState> read(JsonNode call, Destination destination) {
    JsonNode extra = call.path(MEMBER);
    return extra.isObject() && !extra.isEmpty()
        ? Optional.of(
            new OpaqueState(
                OpenAiDialect.NAME, destination.provider().name(), MEMBER, extra.toString()))
        : Optional.empty();
  }

  /** Writes the state as a member of the call, if it is this provider's. */
  static void write(JsonWriter out, ToolCall call, Destination destination) {
    call.state()
        .filter(state -> state.belongsTo(OpenAiDialect.NAME, destination.provider().name()))
        .filter(state -> state.kind().equals(MEMBER))
        .flatMap(state -> object(state.data()))
        .ifPresent(extra -> out.name(MEMBER).json(extra.toString()));
  }

  /** The state as JSON; empty if a client has changed it into something else. */
  private static Optional<JsonNode> object(String data) {
    try {
      return Optional.of(StrictJson.tree(data.getBytes(StandardCharsets.UTF_8)))
          .filter(JsonNode::isObject);
    } catch (MalformedInput e) {
      return Optional.empty();
    }
  }
}
