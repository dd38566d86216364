package dev.serai.adapters.dialects.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.adapters.dialects.schema.FittedSchema.Loss;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Merges schemas that must all hold into one, keyword by keyword: types and values intersect, lower
 * limits become the highest, properties unite. Where both have a schema for the same place, the
 * merged one has both under {@code allOf}, which is merged later. For one fitting.
 */
final class Merger {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int MAX_CHOICES = 64;
  private static final String ANY_OF = "anyOf";

  private final FittingState state;

  Merger(FittingState state) {
    this.state = state;
  }

  /** Merges {@code more} into {@code into}. Both are in the current draft. */
  void merge(ObjectNode into, ObjectNode more) {
    for (Map.Entry<String, JsonNode> member : more.properties()) {
      String name = member.getKey();
      JsonNode mine = into.path(name);
      if (mine.isMissingNode()) {
        into.set(name, member.getValue());
      } else if (!mine.equals(member.getValue())) {
        both(into, name, mine, member.getValue());
      }
    }
  }

  private void both(ObjectNode into, String name, JsonNode mine, JsonNode other) {
    switch (name) {
      case "type" -> types(into, other);
      case "enum" -> values(into, mine, other);
      case "required" -> required(into, mine, other);
      case "properties", "patternProperties" -> properties(into, name, mine, other);
      case ANY_OF -> choices(into, mine, other);
      case "minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties" ->
          into.set(name, mine.asDouble() < other.asDouble() ? other : mine);
      case "maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties" ->
          into.set(name, mine.asDouble() > other.asDouble() ? other : mine);
      case "items", "contains", "propertyNames", "additionalProperties", "unevaluatedProperties" ->
          into.set(name, all(mine, other));
      case "uniqueItems" -> into.put(name, true);
      default -> {
        if (Keywords.constrains(name)) {
          state.lose(Loss.CONSTRAINT);
        }
      }
    }
  }

  private static JsonNode all(JsonNode mine, JsonNode other) {
    if (mine.isBoolean()) {
      return mine.booleanValue() ? other : mine;
    }
    if (other.isBoolean()) {
      return other.booleanValue() ? mine : other;
    }
    ObjectNode both = NODES.objectNode();
    both.putArray("allOf").add(mine).add(other);
    return both;
  }

  /** An empty array of types stands for no value at all. */
  private static void types(ObjectNode into, JsonNode other) {
    ObjectNode holder = NODES.objectNode();
    holder.set("type", other);
    List<String> theirs = DraftConverter.typesOf(holder);
    Set<String> common = new LinkedHashSet<>();
    for (String type : DraftConverter.typesOf(into)) {
      if (theirs.contains(type) || type.equals("integer") && theirs.contains("number")) {
        common.add(type);
      } else if (type.equals("number") && theirs.contains("integer")) {
        common.add("integer");
      }
    }
    DraftConverter.setTypes(into, common);
  }

  private static void values(ObjectNode into, JsonNode mine, JsonNode other) {
    if (!(other instanceof ArrayNode theirs)) {
      return;
    }
    ArrayNode common = into.putArray("enum");
    for (JsonNode value : mine) {
      if (DraftConverter.contains(theirs, value::equals)) {
        common.add(value);
      }
    }
    if (common.isEmpty()) {
      into.putArray("type");
    }
  }

  private static void required(ObjectNode into, JsonNode mine, JsonNode other) {
    Set<String> names = new LinkedHashSet<>();
    mine.forEach(name -> names.add(name.asText()));
    other.forEach(name -> names.add(name.asText()));
    ArrayNode all = into.putArray("required");
    names.forEach(all::add);
  }

  private static void properties(ObjectNode into, String name, JsonNode mine, JsonNode other) {
    ObjectNode all = NODES.objectNode();
    for (Map.Entry<String, JsonNode> property : mine.properties()) {
      all.set(property.getKey(), property.getValue());
    }
    for (Map.Entry<String, JsonNode> property : other.properties()) {
      JsonNode there = all.path(property.getKey());
      boolean same = there.isMissingNode() || there.equals(property.getValue());
      all.set(property.getKey(), same ? property.getValue() : all(there, property.getValue()));
    }
    into.set(name, all);
  }

  /** Two unions that must both hold are the union of all pairs. */
  private void choices(ObjectNode into, JsonNode mine, JsonNode other) {
    if (mine.size() * other.size() > MAX_CHOICES) {
      state.lose(Loss.CONSTRAINT);
      return;
    }
    ArrayNode pairs = NODES.arrayNode();
    for (JsonNode one : mine) {
      for (JsonNode two : other) {
        pairs.add(all(one, two));
      }
    }
    into.set(ANY_OF, pairs);
  }
}
