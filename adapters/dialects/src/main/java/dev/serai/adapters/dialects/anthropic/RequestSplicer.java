package dev.serai.adapters.dialects.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.json.JsonSplice;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.adapters.dialects.translation.OpaqueStateCodec;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.dialect.Destination;
import dev.serai.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Writes a request for a provider from the caller's own bytes: the model's name is changed, and
 * thoughts that other providers thought, which a caller was given with a carrier for a signature,
 * go back to the one that thought them and are kept from all others. Every other byte stays. For
 * one request.
 */
final class RequestSplicer {
  private final AnthropicRequest request;
  private final Destination destination;
  private final DroppedFields dropped = new DroppedFields();

  RequestSplicer(AnthropicRequest request, Destination destination) {
    this.request = request;
    this.destination = destination;
  }

  /** What the provider is not told, by the caller's names; known after {@link #write}. */
  List<String> dropped() {
    return dropped.names();
  }

  /** The provider's bytes: the caller's very array if nothing is to be changed. */
  byte[] write() {
    AnthropicRequest clean = request.members().found() ? withoutCarriers() : request;
    JsonMembers members = clean.members();
    JsonSplice splice = new JsonSplice(clean.bytes());
    if (!destination.model().equals(clean.model())) {
      int model = members.find("model");
      splice.replace(
          members.valueStart(model),
          members.valueEnd(model),
          JsonWriter.quoted(destination.model()));
    }
    return splice.apply();
  }

  /** Carriers are rare, so a tree is built where there are some. */
  private AnthropicRequest withoutCarriers() {
    JsonNode root = StrictJson.tree(request.bytes());
    for (JsonNode message : root.path("messages")) {
      if (message.get("content") instanceof ArrayNode blocks) {
        clean(blocks);
      }
    }
    if (root instanceof ObjectNode object && endsThoughtless(root.path("messages"))) {
      // Thinking within a budget cannot go on in a turn of tools that began without.
      if (object.path("thinking").path("type").asText().equals("enabled")) {
        object.remove("thinking");
        dropped.add("thinking");
      }
    }
    byte[] bytes = root.toString().getBytes(StandardCharsets.UTF_8);
    return RequestReader.read(bytes, request.terms());
  }

  /** Whether a turn of tools goes on whose first block is no thought. */
  private static boolean endsThoughtless(JsonNode messages) {
    int last = messages.size() - 1;
    if (last < 1 || !hasBlock(messages.path(last), "tool_result")) {
      return false;
    }
    JsonNode first = messages.path(last - 1).path("content").path(0);
    return !first.path("type").asText().endsWith("thinking");
  }

  private static boolean hasBlock(JsonNode message, String type) {
    for (JsonNode block : message.path("content")) {
      if (block.path("type").asText().equals(type)) {
        return true;
      }
    }
    return false;
  }

  private void clean(ArrayNode blocks) {
    for (Iterator<JsonNode> each = blocks.elements(); each.hasNext(); ) {
      if (each.next() instanceof ObjectNode block) {
        switch (block.path("type").asText()) {
          case "thinking", "redacted_thinking" -> {
            if (!isGivenBack(block)) {
              each.remove();
              dropped.add("messages.content.thinking");
            }
          }
          case "tool_use" -> plainId(block, "id");
          case "tool_result" -> plainId(block, "tool_use_id");
          default -> {
            // Nothing rides elsewhere.
          }
        }
      }
    }
  }

  private boolean isGivenBack(ObjectNode block) {
    String carrier = block.path("signature").asText(block.path("data").asText(""));
    Optional<OpaqueState> state = OpaqueStateCodec.decode(carrier);
    if (state.isEmpty()) {
      return true;
    }
    if (!state.get().belongsTo(AnthropicDialect.NAME, destination.provider().name())) {
      return false;
    }
    boolean redacted = state.get().kind().equals(ReasoningSignatures.REDACTED);
    block.put("type", redacted ? ReasoningSignatures.REDACTED : "thinking");
    block.remove(List.of("signature", "data"));
    block.put(redacted ? "data" : ReasoningSignatures.SIGNATURE, state.get().data());
    if (!redacted && !block.has("thinking")) {
      block.put("thinking", "");
    }
    return true;
  }

  private static void plainId(ObjectNode block, String name) {
    if (block.path(name).isTextual()) {
      block.put(name, OpaqueStateCodec.callId(block.path(name).textValue()).id());
    }
  }
}
