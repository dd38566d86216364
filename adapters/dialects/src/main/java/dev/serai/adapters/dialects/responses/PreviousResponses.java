package dev.serai.adapters.dialects.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.responses.StoredResponse;
import dev.serai.core.responses.StoredResponses;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The stored responses that a request continues or refers to. If one provider made all of them, it
 * stores them too, and the request's references mean something to it; any other provider needs the
 * whole history. Immutable.
 *
 * @param before the response that the request continues
 * @param byItem the responses that hold the items that the request refers to, by item id
 */
record PreviousResponses(
    Optional<StoredResponseBytes> before, Map<String, StoredResponseBytes> byItem) {
  static final PreviousResponses NOTHING = new PreviousResponses(Optional.empty(), Map.of());

  private static final int MAX_REFERENCES = 4096;

  PreviousResponses {
    byItem = Map.copyOf(byItem);
  }

  /** Whether a request may refer to stored responses. */
  static boolean wanted(ResponsesRequest request) {
    return request.input().references() || request.text("previous_response_id").isPresent();
  }

  /**
   * Looks up all responses that a request refers to.
   *
   * @throws CallerProblem 400 or 404 if one is not stored
   */
  static PreviousResponses of(ResponsesRequest request, StoredResponses stored) {
    Optional<String> previous = request.text("previous_response_id");
    Map<String, StoredResponseBytes> byItem = new HashMap<>();
    for (String id : references(request)) {
      byItem.put(id, ofThisDialect(stored.findByItem(id)).orElseThrow(() -> noItem(id)));
    }
    if (previous.isEmpty() && byItem.isEmpty()) {
      return NOTHING;
    }
    Optional<StoredResponseBytes> before =
        previous.map(id -> ofThisDialect(stored.find(id)).orElseThrow(() -> noResponse(id)));
    return new PreviousResponses(before, byItem);
  }

  private static Optional<StoredResponseBytes> ofThisDialect(Optional<StoredResponse> stored) {
    return stored
        .filter(StoredResponseBytes.class::isInstance)
        .map(StoredResponseBytes.class::cast);
  }

  /** The ids of items that the input refers to. */
  private static List<String> references(ResponsesRequest request) {
    if (!request.input().references()) {
      return List.of();
    }
    List<String> ids = new ArrayList<>();
    for (JsonNode item : request.tree().path("input")) {
      if (isReference(item)) {
        ids.add(item.path("id").asText(""));
      }
    }
    if (ids.size() > MAX_REFERENCES) {
      throw CallerProblem.invalid("input", "At most 4096 items can be referred to.");
    }
    return ids;
  }

  /** Whether an item of the input is only a reference to another; its type may be absent. */
  static boolean isReference(JsonNode item) {
    String type = item.path("type").asText("");
    return type.equals("item_reference")
        || type.isEmpty() && item.hasNonNull("id") && !item.has("role") && !item.has("content");
  }

  /** Whether this provider made all of these responses, and so stores them. */
  boolean isStoredBy(String provider) {
    Optional<String> same = Optional.of(provider);
    return before.stream().allMatch(response -> response.provider().equals(same))
        && byItem.values().stream().allMatch(response -> response.provider().equals(same));
  }

  boolean isNothing() {
    return before.isEmpty() && byItem.isEmpty();
  }

  private static CallerProblem noResponse(String id) {
    return new CallerProblem(
        400,
        "previous_response_not_found",
        "Previous response with id '" + id + "' not found.",
        Optional.of("previous_response_id"));
  }

  private static CallerProblem noItem(String id) {
    return new CallerProblem(
        404, "item_not_found", "Item with id '" + id + "' not found.", Optional.of("input"));
  }
}
