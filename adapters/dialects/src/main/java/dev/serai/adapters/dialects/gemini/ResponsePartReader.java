package dev.serai.adapters.dialects.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.media.InlineMedia;
import dev.serai.adapters.dialects.media.MediaType;
import dev.serai.adapters.dialects.problem.ProviderProblems;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.chat.detail.DetailSupport;
import dev.serai.core.chat.detail.TextDetails;
import dev.serai.core.dialect.Destination;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads the parts of one response. Older models give calls no ids: they get one made of the id of
 * the response and their number. Not thread-safe.
 */
final class ResponsePartReader {
  private final Destination destination;
  private final DetailSupport details;
  private final DroppedFields dropped = new DroppedFields();

  /**
   * @param details the details of the text that the client can receive
   */
  ResponsePartReader(Destination destination, DetailSupport details) {
    this.destination = destination;
    this.details = details;
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

  /**
   * Makes the reasoning so far a part, if there is any, and begins another one.
   *
   * @param state of the reasoning, which may be hidden
   */
  static void endReasoning(StringBuilder reasoning, Optional<OpaqueState> state, List<Part> parts) {
    if (!reasoning.isEmpty() || state.isPresent()) {
      parts.add(new ReasoningPart(reasoning.toString(), state));
      reasoning.setLength(0);
    }
  }

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

  /** Reports the members of a response, or of an event, that other dialects cannot express. */
  void drop(byte[] data, int from, int to, Consumer<ChatEvent> events) {
    ResponseMembers.read(details).report(data, from, to, name -> dropped.add(name, events));
  }

  /** The log probabilities of the text in a candidate. */
  TextDetails logprobs(JsonNode candidate) {
    return details.hasLogprobs() ? LogprobsReader.read(candidate) : TextDetails.NONE;
  }

  /**
   * The sources of a candidate's text.
   *
   * @param text all of it so far
   * @param start where the text of an event begins in it
   */
  TextDetails sources(JsonNode candidate, CharSequence text, int start) {
    return details.hasWebPages()
        ? GroundingReader.read(candidate, text.toString(), start)
        : TextDetails.NONE;
  }

  /** Whether the client can receive sources of the text. */
  boolean hasSources() {
    return details.hasWebPages();
  }

  /** Reports a part with data other than an image. */
  void dropData(JsonNode part, Consumer<ChatEvent> events) {
    if (part.path("inlineData").isObject() && image(part).isEmpty()) {
      dropped.add("candidates.content.parts.inlineData", events);
    }
  }

  /** The members reported so far. */
  List<String> dropped() {
    return dropped.names();
  }

  /**
   * The call of a part; one without a name is reported as dropped.
   *
   * @throws dev.serai.core.problem.ProviderProblem MALFORMED if its arguments come in pieces, which
   *     requests do not ask for ("streamFunctionCallArguments", Vertex AI's function calling)
   */
  Optional<ToolCall> call(JsonNode part, Optional<OpaqueState> state, Consumer<ChatEvent> events) {
    JsonNode call = part.path("functionCall");
    if (!call.path("partialArgs").isEmpty() || call.path("willContinue").asBoolean(false)) {
      throw ProviderProblems.malformed(
          destination, "a tool call with its arguments in pieces (partialArgs)");
    }
    if (call.path("name").asText("").isEmpty()) {
      dropped.add("candidates.content.parts.functionCall", events);
      return Optional.empty();
    }
    return Optional.of(call(call, state));
  }

  private static ToolCall call(JsonNode call, Optional<OpaqueState> state) {
    String id = call.path("id").asText("");
    JsonNode arguments = call.path("args");
    String json = arguments.isObject() ? arguments.toString() : "{}";
    return new ToolCall(id, call.path("name").asText(""), json, state);
  }
}
