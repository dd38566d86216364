package dev.serai.adapters.dialects.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.media.InlineMedia;
import dev.serai.adapters.dialects.media.MediaType;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.dialect.Destination;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads the parts of one response. Older models give calls no ids: they get one made of the id of
 * the response and their number. Not thread-safe.
 */
final class ResponsePartReader {
  /** The kinds of parts other than text and calls. */
  private static final List<String> CONTENTS =
      List.of(
          "inlineData",
          "fileData",
          "executableCode",
          "codeExecutionResult",
          "functionResponse",
          "toolCall",
          "toolResponse");

  /** Members that name the sources of the text. */
  private static final List<String> SOURCES =
      List.of("citationMetadata", "groundingMetadata", "urlContextMetadata");

  private final Destination destination;
  private final DroppedFields dropped = new DroppedFields();

  ResponsePartReader(Destination destination) {
    this.destination = destination;
  }

  /** The opaque state that must be sent back with the part. */
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

  /** The image in a part. */
  static Optional<ImagePart> image(JsonNode part) {
    JsonNode data = part.path("inlineData");
    String type = MediaType.parse(data.path("mimeType").asText("")).essence();
    return type.startsWith("image/")
        ? Optional.of(
            new ImagePart(
                InlineMedia.of(type, data.path("data").asText(""), Optional.empty()),
                Optional.empty()))
        : Optional.empty();
  }

  /** Reports the members of a candidate that other dialects cannot express. */
  void drop(JsonNode candidate, Consumer<ChatEvent> events) {
    for (String name : SOURCES) {
      if (candidate.path(name).isObject()) {
        dropped.add("candidates." + name, events);
      }
    }
    for (JsonNode part : candidate.path("content").path("parts")) {
      for (String name : CONTENTS) {
        if (part.path(name).isObject() && image(part).isEmpty()) {
          dropped.add("candidates.content.parts." + name, events);
        }
      }
    }
  }

  /** The members reported so far. */
  List<String> dropped() {
    return dropped.names();
  }

  /** The call in a part. */
  ToolCall call(JsonNode part, Optional<OpaqueState> state) {
    JsonNode call = part.path("functionCall");
    String id = call.path("id").asText("");
    JsonNode arguments = call.path("args");
    String json = arguments.isObject() ? arguments.toString() : "{}";
    return new ToolCall(id, call.path("name").asText(""), json, state);
  }
}
