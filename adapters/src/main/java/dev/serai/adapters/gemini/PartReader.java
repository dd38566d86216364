package dev.serai.adapters.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.port.Dialect.Target;
import java.util.Optional;

/**
 * Understands parts of one answer. Older models give calls no ids: those get one made of the
 * answer's own and their number. Not thread-safe.
 */
final class PartReader {
  private final Target target;
  private final String seed;
  private int calls;

  /**
   * @param seed what no other answer of the conversation has
   */
  PartReader(Target target, String seed) {
    this.target = target;
    this.seed = seed;
  }

  /** What a part says has to come back with it. */
  Optional<OpaqueState> state(JsonNode part) {
    String signature = part.path("thoughtSignature").asText("");
    return signature.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new OpaqueState(Gemini.NAME, target.provider().name(), Gemini.SIGNATURE, signature));
  }

  /** The call in a part. */
  ToolCall call(JsonNode part, Optional<OpaqueState> state) {
    JsonNode call = part.path("functionCall");
    String id = call.path("id").asText("");
    String unique = id.isEmpty() ? "call_" + seed + "_" + calls : id;
    calls++;
    JsonNode arguments = call.path("args");
    String json = arguments.isObject() ? arguments.toString() : "{}";
    return new ToolCall(unique, call.path("name").asText(""), json, state);
  }
}
