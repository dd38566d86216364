package dev.serai.adapters.dialects.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.core.problem.CallerProblem;
import java.util.ArrayList;
import java.util.List;

/** Lists the items of a request's input, with text as a message and references resolved. */
final class InputItems {
  private InputItems() {}

  /** The request's own items, without those of the response that it continues. */
  static List<JsonNode> of(JsonNode request, PreviousResponses previous) {
    JsonNode input = request.path("input");
    if (input.isTextual()) {
      return List.of(message(input.textValue()));
    }
    List<JsonNode> items = new ArrayList<>(input.size());
    for (JsonNode item : input) {
      items.add(PreviousResponses.isReference(item) ? referred(item, previous) : item);
    }
    return items;
  }

  /** The items of the response that the request continues, then its own. */
  static List<JsonNode> all(ResponsesRequest request) {
    List<JsonNode> items = new ArrayList<>();
    request.previous().before().ifPresent(response -> items.addAll(response.items()));
    items.addAll(of(request.tree(), request.previous()));
    return items;
  }

  private static JsonNode referred(JsonNode reference, PreviousResponses previous) {
    String id = reference.path("id").asText("");
    StoredResponseBytes response = previous.byItem().get(id);
    if (response == null) {
      throw CallerProblem.invalid("input", "Item with id '" + id + "' not found.");
    }
    return response.item(id).orElse(reference);
  }

  private static JsonNode message(String text) {
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    message.put("type", "message").put("role", "user");
    message.putArray("content").addObject().put("type", "input_text").put("text", text);
    return message;
  }
}
