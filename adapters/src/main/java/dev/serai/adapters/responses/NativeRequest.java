package dev.serai.adapters.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.adapters.json.JsonOut;
import dev.serai.adapters.json.JsonSplice;
import dev.serai.adapters.translation.StateCarrier;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.port.Dialect.Target;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Writes a request for a provider of the same dialect: the caller's own bytes with another model's
 * name. Only where it goes on from what that provider does not keep, or holds what a provider of
 * another dialect said to itself through this client, a tree is built: what was said is told again
 * word by word, and foreign state is left out.
 */
final class NativeRequest {
  private static final String STATELESS = "responses-stateless";

  private NativeRequest() {}

  static byte[] write(ResponsesRequest request, Target target) {
    boolean kept =
        request.recalled().isNothing()
            || request.recalled().isKeptBy(target.provider().name()) && !target.has(STATELESS);
    if (kept && !request.members().found()) {
      return spliced(request, target);
    }
    ObjectNode root = request.tree().deepCopy();
    root.put("model", target.model());
    if (!kept) {
      root.remove("previous_response_id");
      ArrayNode input = root.putArray("input");
      for (JsonNode item : InputItems.all(request)) {
        retold(item, target).ifPresent(input::add);
      }
    } else if (root.get("input") instanceof ArrayNode input) {
      ArrayNode cleaned = root.putArray("input");
      input.forEach(item -> cleaned(item, target).ifPresent(cleaned::add));
    }
    return root.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] spliced(ResponsesRequest request, Target target) {
    if (target.model().equals(request.model())) {
      return request.bytes();
    }
    int place = request.members().find("model");
    return new JsonSplice(request.bytes())
        .replace(
            request.members().valueStart(place),
            request.members().valueEnd(place),
            JsonOut.quoted(target.model()))
        .apply();
  }

  /**
   * An item for a provider that has never seen it: ids are the maker's, and reasoning without its
   * state means nothing.
   */
  private static Optional<JsonNode> retold(JsonNode item, Target target) {
    Optional<JsonNode> cleaned = cleaned(item, target);
    if (cleaned.isEmpty() || !(cleaned.get() instanceof ObjectNode object)) {
      return cleaned;
    }
    if (!isReasoning(object)) {
      ObjectNode copy = object.deepCopy();
      copy.remove("id");
      copy.remove("status");
      return Optional.of(copy);
    }
    return object.hasNonNull("encrypted_content") ? cleaned : Optional.empty();
  }

  /** An item without what others said to themselves through this client. */
  private static Optional<JsonNode> cleaned(JsonNode item, Target target) {
    if (!(item instanceof ObjectNode object)) {
      return Optional.of(item);
    }
    ObjectNode copy = object.deepCopy();
    String callId = copy.path("call_id").asText("");
    if (callId.startsWith(StateCarrier.MARK)) {
      copy.put("call_id", StateCarrier.callId(callId).id());
    }
    String carrier = copy.path("encrypted_content").asText("");
    if (!isReasoning(copy) || !carrier.startsWith(StateCarrier.MARK)) {
      return Optional.of(copy);
    }
    Optional<OpaqueState> own =
        StateCarrier.decode(carrier)
            .filter(state -> state.belongsTo(ResponsesDialect.NAME, target.provider().name()));
    own.ifPresent(state -> copy.put("encrypted_content", state.data()));
    return own.map(_ -> copy);
  }

  private static boolean isReasoning(JsonNode item) {
    return item.path("type").asText("").equals("reasoning");
  }
}
