package dev.serai.adapters.dialects.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.json.JsonSplice;
import dev.serai.adapters.dialects.openaiapi.Quirk;
import dev.serai.adapters.dialects.tool.limit.CallIdSearch;
import dev.serai.adapters.dialects.tool.limit.CallIds;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.adapters.dialects.translation.OpaqueStateCodec;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.dialect.Destination;
import dev.serai.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Writes a request for a provider of the same dialect: the client's bytes with the model's name
 * replaced.
 *
 * <p>A tree is built in few cases only. If the request continues a response that this provider does
 * not store, the whole history is written into the input. If the input holds reasoning that another
 * provider encrypted, or that {@link ResponseIds} made an id for, it is left out and reported as
 * dropped. For one request.
 */
final class RequestSplicer {
  private static final String ENCRYPTED = "encrypted_content";
  private static final String MAX_TOKENS = "max_output_tokens";
  private static final String REASONING = "reasoning";
  private static final List<String> SUMMARIES = List.of("summary", "generate_summary");
  private static final byte[] MINIMUM =
      JsonWriter.ascii(Integer.toString(ResponsesDialect.LIMITS.minTokens()));

  /** Tools may be declared by items of the input too. */
  private static final CallIdSearch REFUSED_IDS =
      new CallIdSearch("call_id", ResponsesDialect.LIMITS.callIds(), "input");

  private final ResponsesRequest request;
  private final Destination destination;
  private final ReasoningOrigins origins;
  private final DroppedFields dropped = new DroppedFields();
  private final CallIds ids = new CallIds(ResponsesDialect.LIMITS.callIds());
  private boolean behindCall;

  RequestSplicer(ResponsesRequest request, Destination destination, ReasoningOrigins origins) {
    this.request = request;
    this.destination = destination;
    this.origins = origins;
  }

  /** The fields that were not sent to the provider; known after {@link #write}. */
  List<String> dropped() {
    return dropped.names();
  }

  byte[] write() {
    boolean stored =
        request.previous().isNothing()
            || request.previous().isStoredBy(destination.provider().name())
                && !Quirk.RESPONSES_STATELESS.of(destination);
    boolean foreign = holdsForeignState();
    boolean refusedIds = REFUSED_IDS.mayFind(request.members());
    boolean summary = hasRefusedSummary();
    boolean generated = request.input().generated();
    boolean unchanged = !foreign && !generated && !refusedIds && !summary;
    if (stored && unchanged && !request.members().found()) {
      return spliced();
    }
    ObjectNode root = request.tree().deepCopy();
    if (summary) {
      removeSummary(root);
    }
    root.put("model", destination.model());
    if (isBelowMinimum()) {
      root.put(MAX_TOKENS, ResponsesDialect.LIMITS.minTokens());
    }
    if (!stored) {
      root.remove("previous_response_id");
      ArrayNode input = root.putArray("input");
      for (JsonNode item : InputItems.all(request)) {
        historyItem(item).ifPresent(input::add);
      }
    } else if (root.get("input") instanceof ArrayNode input) {
      ArrayNode cleaned = root.putArray("input");
      for (JsonNode item : input) {
        (foreign ? historyItem(item) : cleaned(item)).ifPresent(cleaned::add);
      }
    }
    return root.toString().getBytes(StandardCharsets.UTF_8);
  }

  private byte[] spliced() {
    JsonMembers members = request.members();
    boolean renamed = !destination.model().equals(request.model());
    int model = renamed ? members.find("model") : -1;
    int most = isBelowMinimum() ? members.find(MAX_TOKENS) : -1;
    JsonSplice splice = new JsonSplice(request.bytes());
    for (int place : new int[] {Math.min(model, most), Math.max(model, most)}) {
      if (place >= 0) {
        byte[] value = place == model ? JsonWriter.quoted(destination.model()) : MINIMUM;
        splice.replace(members.valueStart(place), members.valueEnd(place), value);
      }
    }
    return splice.apply();
  }

  /** Whether the limit of tokens is one that the provider refuses; if so, it is reported. */
  private boolean isBelowMinimum() {
    int place = request.members().find(MAX_TOKENS);
    long most = place < 0 ? -1 : request.members().count(place);
    boolean below = most >= 0 && most < ResponsesDialect.LIMITS.minTokens();
    if (below) {
      dropped.add(MAX_TOKENS);
    }
    return below;
  }

  private boolean hasRefusedSummary() {
    if (!Quirk.NO_REASONING_SUMMARY.of(destination) || request.members().find(REASONING) < 0) {
      return false;
    }
    JsonNode reasoning = request.tree().path(REASONING);
    return SUMMARIES.stream().anyMatch(reasoning::hasNonNull);
  }

  private void removeSummary(ObjectNode root) {
    if (root.get(REASONING) instanceof ObjectNode reasoning) {
      reasoning.remove(SUMMARIES);
      dropped.add("reasoning.summary");
    }
  }

  /** Whether there is unmarked reasoning that another provider encrypted. */
  private boolean holdsForeignState() {
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

  /** Reasoning of unknown origin counts as that of the provider that the request goes to first. */
  private boolean isOwn(String state) {
    return origins
        .providerOf(state)
        .or(request.progress()::firstProvider)
        .filter(destination.provider().name()::equals)
        .isPresent();
  }

  /**
   * An item of the history for a provider that has not seen it. Ids belong to the provider that
   * made them, and reasoning without its state is useless. A reference stays: it is for the
   * provider that stores the item.
   */
  private Optional<JsonNode> historyItem(JsonNode item) {
    Optional<JsonNode> cleaned = cleaned(item);
    if (cleaned.isEmpty()
        || !(cleaned.get() instanceof ObjectNode object)
        || PreviousResponses.isReference(object)) {
      return cleaned;
    }
    if (!isReasoning(object)) {
      object.remove("id");
      object.remove("status");
      return cleaned;
    }
    return object.hasNonNull(ENCRYPTED) ? cleaned : leftOut();
  }

  private Optional<JsonNode> leftOut() {
    dropped.add("input.reasoning");
    return Optional.empty();
  }

  /** An item without the opaque state of other providers. */
  private Optional<JsonNode> cleaned(JsonNode item) {
    if (!(item instanceof ObjectNode object)) {
      return Optional.of(item);
    }
    ObjectNode copy = object.deepCopy();
    fitId(copy);
    String state = copy.path(ENCRYPTED).asText("");
    boolean generated = ResponseIds.isOfReasoning(copy.path("id").asText(""));
    if (!isReasoning(copy) || state.isEmpty() && !generated) {
      return Optional.of(copy);
    }
    Optional<String> own =
        isMarked(state)
            ? carried(state)
            : Optional.of(state).filter(text -> !text.isEmpty()).filter(this::isOwn);
    if (own.isEmpty()) {
      return leftOut();
    }
    copy.put(ENCRYPTED, own.get());
    if (generated) {
      copy.remove("id");
    }
    return Optional.of(copy);
  }

  /** Calls that follow each other are of one turn. */
  private void fitId(ObjectNode item) {
    boolean call = item.path("type").asText().endsWith("_call");
    if (call && !behindCall) {
      ids.beginMessage();
    }
    behindCall = call;
    OpaqueStateCodec.plainId(item, "call_id", call ? ids::ofCall : ids::ofResult);
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
    return item.path("type").asText("").equals(REASONING);
  }
}
