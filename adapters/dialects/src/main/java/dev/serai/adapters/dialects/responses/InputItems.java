package dev.serai.adapters.dialects.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.core.problem.CallerProblem;
import java.util.ArrayList;
import java.util.List;

/** The items of one request's input: text as a message, references as what they refer to. */
final class InputItems {
  private InputItems() {}

  /** The request's own items, without those it goes on from. */
  static List<JsonNode> of(JsonNode request, Recalled recalled) {
    JsonNode input = request.path("input");
    if (input.isTextual()) {
      return List.of(message(input.textValue()));
    }
    List<JsonNode> items = new ArrayList<>(input.size());
    for (JsonNode item : input) {
      items.add(Recalled.isReference(item) ? referred(item, recalled) : item);
    }
    return items;
  }

  /** All that a request says: what it goes on from, then its own. */
  static List<JsonNode> all(ResponsesRequest request) {
    List<JsonNode> items = new ArrayList<>();
    request.recalled().before().ifPresent(answer -> items.addAll(answer.items()));
    items.addAll(of(request.tree(), request.recalled()));
    return items;
  }

  private static JsonNode referred(JsonNode reference, Recalled recalled) {
    String id = reference.path("id").asText("");
    KeptAnswer answer = recalled.byItem().get(id);
    if (answer == null) {
      throw CallerProblem.invalid("input", "Item with id '" + id + "' not found.");
    }
    return answer.item(id).orElse(reference);
  }

  private static JsonNode message(String text) {
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    message.put("type", "message").put("role", "user");
    message.putArray("content").addObject().put("type", "input_text").put("text", text);
    return message;
  }
}
