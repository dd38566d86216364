package dev.serai.adapters.dialects.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.json.JsonSplice;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.tool.limit.CallIdSearch;
import dev.serai.adapters.dialects.tool.limit.CallIds;
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
 * Writes a provider's request from the client's own bytes: it replaces the model's name, and it
 * resolves carried state. A client receives the reasoning of other dialects with a signature that
 * carries their state; that reasoning goes back to the provider that made it and to no other. All
 * other bytes stay unchanged. For one request.
 */
final class RequestSplicer {
  private static final CallIdSearch REFUSED_IDS =
      new CallIdSearch("tool_use_id", AnthropicDialect.LIMITS.callIds(), "tools");

  private final AnthropicRequest request;
  private final Destination destination;
  private final Optional<String> bodyVersion;
  private final DroppedFields dropped = new DroppedFields();
  private final CallIds ids = new CallIds(AnthropicDialect.LIMITS.callIds());

  /**
   * @param bodyVersion the version to write instead of the model
   */
  RequestSplicer(AnthropicRequest request, Destination destination, Optional<String> bodyVersion) {
    this.request = request;
    this.destination = destination;
    this.bodyVersion = bodyVersion;
  }

  /** The client's fields that were left out; complete after {@link #write}. */
  List<String> dropped() {
    return dropped.names();
  }

  /** The provider's body: the client's own array if nothing changes. */
  byte[] write() {
    if (bodyVersion.isPresent()) {
      InlineSources.require(request.bytes());
    }
    AnthropicRequest resolved =
        request.members().found() || REFUSED_IDS.mayFind(request.members())
            ? withoutCarriedState()
            : request;
    JsonMembers members = resolved.members();
    JsonSplice splice = new JsonSplice(resolved.bytes());
    if (bodyVersion.isPresent() && members.find(AnthropicDialect.BODY_VERSION) < 0) {
      splice.insert(members.memberStart(0), versionMember(bodyVersion.get()));
    }
    int model = members.find("model");
    if (bodyVersion.isPresent() && !request.terms().counting()) {
      splice.remove(members, model);
    } else if (!destination.model().equals(resolved.model())) {
      splice.replace(
          members.valueStart(model),
          members.valueEnd(model),
          JsonWriter.quoted(destination.model()));
    }
    return splice.apply();
  }

  private static byte[] versionMember(String version) {
    String member = "\"" + AnthropicDialect.BODY_VERSION + "\":\"" + version + "\",";
    return member.getBytes(StandardCharsets.UTF_8);
  }

  /** Carried state is rare, so that a request with some may be parsed into a tree. */
  private AnthropicRequest withoutCarriedState() {
    JsonNode root = StrictJson.tree(request.bytes());
    for (JsonNode message : root.path("messages")) {
      if (message.get("content") instanceof ArrayNode blocks) {
        resolve(blocks);
      }
    }
    if (root instanceof ObjectNode object && endsWithoutReasoning(root.path("messages"))) {
      // Thinking with a budget cannot resume in a tool turn that started without thinking.
      if (object.path("thinking").path("type").asText().equals("enabled")) {
        object.remove("thinking");
        dropped.add("thinking");
      }
    }
    byte[] bytes = root.toString().getBytes(StandardCharsets.UTF_8);
    return RequestReader.read(bytes, request.terms());
  }

  /** Whether the request continues a tool turn whose first block is not reasoning. */
  private static boolean endsWithoutReasoning(JsonNode messages) {
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

  private void resolve(ArrayNode blocks) {
    ids.beginMessage();
    for (Iterator<JsonNode> each = blocks.elements(); each.hasNext(); ) {
      if (each.next() instanceof ObjectNode block) {
        switch (block.path("type").asText()) {
          case "thinking", "redacted_thinking" -> {
            if (!restore(block)) {
              each.remove();
              dropped.add("messages.content.thinking");
            }
          }
          case "tool_use" -> OpaqueStateCodec.plainId(block, "id", ids::ofCall);
          case "tool_result" -> OpaqueStateCodec.plainId(block, "tool_use_id", ids::ofResult);
          default -> {
            // Other blocks carry no state.
          }
        }
      }
    }
  }

  /** Restores the provider's signature or data; false if the block belongs to another provider. */
  private boolean restore(ObjectNode block) {
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
}
