package dev.serai.adapters.dialects.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.adapters.dialects.json.JsonSplice;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.adapters.dialects.translation.OpaqueStateCodec;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.dialect.Destination;
import dev.serai.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Writes a request for a provider of the same dialect: the caller's own bytes with another model's
 * name. Only where it goes on from what that provider does not keep, or holds what another provider
 * said to itself through this client, a tree is built: what was said is told again word by word,
 * and foreign state is left out. For one request.
 */
final class NativeRequest {
  private static final String STATELESS = "responses-stateless";
  private static final String ENCRYPTED = "encrypted_content";

  private final ResponsesRequest request;
  private final Destination destination;
  private final StateMakers makers;
  private final DroppedFields dropped = new DroppedFields();

  NativeRequest(ResponsesRequest request, Destination destination, StateMakers makers) {
    this.request = request;
    this.destination = destination;
    this.makers = makers;
  }

  /** What of the request was left out. */
  List<String> dropped() {
    return dropped.names();
  }

  byte[] write() {
    boolean kept =
        request.recalled().isNothing()
            || request.recalled().isKeptBy(destination.provider().name())
                && !destination.hasQuirk(STATELESS);
    boolean anothers = holdsAnothersState();
    if (kept && !anothers && !request.members().found()) {
      return spliced();
    }
    ObjectNode root = request.tree().deepCopy();
    root.put("model", destination.model());
    if (!kept) {
      root.remove("previous_response_id");
      ArrayNode input = root.putArray("input");
      for (JsonNode item : InputItems.all(request)) {
        retold(item).ifPresent(input::add);
      }
    } else if (root.get("input") instanceof ArrayNode input) {
      ArrayNode cleaned = root.putArray("input");
      for (JsonNode item : input) {
        (anothers ? retold(item) : cleaned(item)).ifPresent(cleaned::add);
      }
    }
    return root.toString().getBytes(StandardCharsets.UTF_8);
  }

  private byte[] spliced() {
    if (destination.model().equals(request.model())) {
      return request.bytes();
    }
    int place = request.members().find("model");
    return new JsonSplice(request.bytes())
        .replace(
            request.members().valueStart(place),
            request.members().valueEnd(place),
            JsonWriter.quoted(destination.model()))
        .apply();
  }

  /** Whether there is unmarked reasoning that the provider at hand did not encrypt. */
  private boolean holdsAnothersState() {
    if (!request.input().states()) {
      return false;
    }
    for (JsonNode item : request.tree().path("input")) {
      String state = item.path(ENCRYPTED).asText("");
      if (isReasoning(item) && !state.isEmpty() && !isMarked(state) && !isOwn(state)) {
        return true;
      }
    }
    return false;
  }

  /** Whose work is not known is the work of whoever the request was sent to first. */
  private boolean isOwn(String state) {
    return makers
        .maker(state)
        .or(request.notes()::firstProvider)
        .filter(destination.provider().name()::equals)
        .isPresent();
  }

  /**
   * An item for a provider that has never seen it: ids are the maker's, and reasoning without its
   * state means nothing. A reference means something only to who keeps what it refers to.
   */
  private Optional<JsonNode> retold(JsonNode item) {
    Optional<JsonNode> cleaned = cleaned(item);
    if (cleaned.isEmpty()
        || !(cleaned.get() instanceof ObjectNode object)
        || Recalled.isReference(object)) {
      return cleaned;
    }
    if (!isReasoning(object)) {
      object.remove("id");
      object.remove("status");
      return cleaned;
    }
    return object.hasNonNull(ENCRYPTED) ? cleaned : Optional.empty();
  }

  /** An item without what others said to themselves through this client. */
  private Optional<JsonNode> cleaned(JsonNode item) {
    if (!(item instanceof ObjectNode object)) {
      return Optional.of(item);
    }
    ObjectNode copy = object.deepCopy();
    String callId = copy.path("call_id").asText("");
    if (isMarked(callId)) {
      copy.put("call_id", OpaqueStateCodec.callId(callId).id());
    }
    String state = copy.path(ENCRYPTED).asText("");
    if (!isReasoning(copy) || state.isEmpty()) {
      return Optional.of(copy);
    }
    Optional<String> own =
        isMarked(state) ? carried(state) : Optional.of(state).filter(this::isOwn);
    if (own.isEmpty()) {
      dropped.add("input.reasoning");
    }
    own.ifPresent(data -> copy.put(ENCRYPTED, data));
    return own.map(_ -> copy);
  }

  private Optional<String> carried(String carrier) {
    return OpaqueStateCodec.decode(carrier)
        .filter(state -> state.belongsTo(ResponsesDialect.NAME, destination.provider().name()))
        .map(OpaqueState::data);
  }

  private static boolean isMarked(String text) {
    return text.startsWith(OpaqueStateCodec.MARK);
  }

  private static boolean isReasoning(JsonNode item) {
    return item.path("type").asText("").equals("reasoning");
  }
}
