package dev.serai.adapters.dialects.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.responses.StoredResponse.Page;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Writes a page of a response's input items. An item that the client sent without an id gets one
 * made of its response's id and its place, so that it is the same every time.
 */
final class ItemListWriter {
  private ItemListWriter() {}

  static byte[] write(String responseId, List<JsonNode> items, Page page) {
    List<JsonNode> listed = new ArrayList<>(items.size());
    for (JsonNode item : items) {
      listed.add(withId(item, responseId, listed.size()));
    }
    if (page.newestFirst()) {
      Collections.reverse(listed);
    }
    int from = page.after().map(id -> placeOf(id, listed) + 1).orElse(0);
    int to = Math.min(listed.size(), from + page.limit());
    ObjectNode list = JsonNodeFactory.instance.objectNode().put("object", "list");
    ArrayNode data = list.putArray("data");
    listed.subList(from, to).forEach(data::add);
    list.set("first_id", data.path(0).get("id"));
    list.set("last_id", data.path(data.size() - 1).get("id"));
    list.put("has_more", to < listed.size());
    return list.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static int placeOf(String id, List<JsonNode> items) {
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i).path("id").asText("").equals(id)) {
        return i;
      }
    }
    throw CallerProblem.invalid("after", "'after' must be the ID of an item of the list.");
  }

  private static JsonNode withId(JsonNode item, String responseId, int place) {
    if (!(item instanceof ObjectNode object)) {
      return item;
    }
    ObjectNode listed = JsonNodeFactory.instance.objectNode();
    String type = object.path("type").asText("message");
    String made = ResponseIds.prefix(type) + responseId.substring(responseId.indexOf('_') + 1);
    listed.put("id", object.path("id").asText(made + "_" + place)).put("type", type);
    listed.setAll(object);
    if (object.path("content").isTextual()) {
      boolean assistant = object.path("role").asText("").equals("assistant");
      ObjectNode part = listed.putArray("content").addObject();
      part.put("type", assistant ? "output_text" : "input_text");
      part.put("text", object.path("content").textValue());
    }
    return listed;
  }
}
