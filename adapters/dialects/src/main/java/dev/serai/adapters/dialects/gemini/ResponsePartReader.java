package dev.serai.adapters.dialects.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.Conversation.InlineSource;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.dialect.Destination;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Understands parts of one answer. Older models give calls no ids: those get one made of the
 * answer's own and their number. Not thread-safe.
 */
final class ResponsePartReader {
  /** What a part may be beside text and a call. */
  private static final List<String> CONTENTS =
      List.of(
          "inlineData",
          "fileData",
          "executableCode",
          "codeExecutionResult",
          "functionResponse",
          "toolCall",
          "toolResponse");

  /** Where the text is from. */
  private static final List<String> SOURCES =
      List.of("citationMetadata", "groundingMetadata", "urlContextMetadata");

  private final Destination destination;
  private final String seed;
  private final DroppedFields dropped = new DroppedFields();
  private int calls;

  /**
   * @param seed what no other answer of the conversation has
   */
  ResponsePartReader(Destination destination, String seed) {
    this.destination = destination;
    this.seed = seed;
  }

  /** What a part says has to come back with it. */
  Optional<OpaqueState> state(JsonNode part) {
    String signature = part.path("thoughtSignature").asText("");
    return signature.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new OpaqueState(
                GeminiDialect.NAME,
                destination.provider().name(),
                GeminiDialect.SIGNATURE,
                signature));
  }

  /** The picture in a part. */
  static Optional<ImagePart> picture(JsonNode part) {
    JsonNode data = part.path("inlineData");
    String type = data.path("mimeType").asText("");
    return type.startsWith("image/")
        ? Optional.of(
            new ImagePart(new InlineSource(type, data.path("data").asText("")), Optional.empty()))
        : Optional.empty();
  }

  /** Notes what of a candidate callers of other dialects are not told. */
  void drop(JsonNode candidate, Consumer<ChatEvent> events) {
    for (String name : SOURCES) {
      if (candidate.path(name).isObject()) {
        dropped.add("candidates." + name, events);
      }
    }
    for (JsonNode part : candidate.path("content").path("parts")) {
      for (String name : CONTENTS) {
        if (part.path(name).isObject() && picture(part).isEmpty()) {
          dropped.add("candidates.content.parts." + name, events);
        }
      }
    }
  }

  /** What was noted so far. */
  List<String> dropped() {
    return dropped.names();
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
