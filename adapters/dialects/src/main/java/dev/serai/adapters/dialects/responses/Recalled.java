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
 * What a request goes on from. A provider that made all of it, and so keeps it too, can be referred
 * to it; any other must be told it word by word. Immutable.
 *
 * @param before the response that the request follows
 * @param byItem the responses with items that the request refers to
 */
record Recalled(Optional<KeptAnswer> before, Map<String, KeptAnswer> byItem) {
  static final Recalled NOTHING = new Recalled(Optional.empty(), Map.of());

  private static final int MOST_REFERENCES = 4096;

  Recalled {
    byItem = Map.copyOf(byItem);
  }

  /** Whether a request may refer to something. */
  static boolean wanted(ResponsesRequest request) {
    return request.input().references() || request.text("previous_response_id").isPresent();
  }

  /**
   * Looks for all that a request refers to.
   *
   * @throws CallerProblem 400 if some of it is not there
   */
  static Recalled of(ResponsesRequest request, StoredResponses kept) {
    Optional<String> previous = request.text("previous_response_id");
    Map<String, KeptAnswer> byItem = new HashMap<>();
    for (String id : references(request)) {
      byItem.put(id, answer(kept.findByItem(id)).orElseThrow(() -> noItem(id)));
    }
    if (previous.isEmpty() && byItem.isEmpty()) {
      return NOTHING;
    }
    Optional<KeptAnswer> before =
        previous.map(id -> answer(kept.find(id)).orElseThrow(() -> noResponse(id)));
    return new Recalled(before, byItem);
  }

  private static Optional<KeptAnswer> answer(Optional<StoredResponse> kept) {
    return kept.filter(KeptAnswer.class::isInstance).map(KeptAnswer.class::cast);
  }

  /** Ids of items in the input that stand there by their id alone; found without a tree. */
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
    if (ids.size() > MOST_REFERENCES) {
      throw CallerProblem.invalid("input", "At most 4096 items can be referred to.");
    }
    return ids;
  }

  /** Whether an item of the input is only a reference: its type may be left out. */
  static boolean isReference(JsonNode item) {
    String type = item.path("type").asText("");
    return type.equals("item_reference")
        || type.isEmpty() && item.hasNonNull("id") && !item.has("role") && !item.has("content");
  }

  /** Whether {@code provider} made all of this and can be referred to it. */
  boolean isKeptBy(String provider) {
    Optional<String> same = Optional.of(provider);
    return before.stream().allMatch(answer -> answer.provider().equals(same))
        && byItem.values().stream().allMatch(answer -> answer.provider().equals(same));
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
