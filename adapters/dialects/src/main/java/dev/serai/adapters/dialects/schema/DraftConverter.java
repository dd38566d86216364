package dev.serai.adapters.dialects.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Converts one schema, without its parts, from older drafts and OpenAPI to 2020-12: arrays of items
 * become {@code prefixItems}, boolean exclusive limits become numbers, {@code nullable} becomes a
 * type. Values of the wrong kind are left out.
 */
final class DraftConverter {
  private DraftConverter() {}

  /** A copy of the schema; its parts are the original's. */
  static ObjectNode current(ObjectNode original) {
    ObjectNode schema = original.objectNode();
    schema.setAll(original);
    types(schema);
    items(schema);
    exclusive(schema, "exclusiveMinimum", "minimum");
    exclusive(schema, "exclusiveMaximum", "maximum");
    strings(schema, "required");
    values(schema);
    parts(schema);
    if (schema.remove("nullable") instanceof JsonNode nullable && nullable.asBoolean(false)) {
      allowNull(schema);
    }
    return schema;
  }

  /** Adds null to the types and values of a schema. */
  static void allowNull(ObjectNode schema) {
    if (schema.has("type")) {
      Set<String> types = new LinkedHashSet<>(typesOf(schema));
      types.add("null");
      setTypes(schema, types);
    }
    if (schema.path("enum") instanceof ArrayNode values && !contains(values, JsonNode::isNull)) {
      schema.set("enum", values.deepCopy().addNull());
    }
  }

  static boolean contains(ArrayNode values, Predicate<JsonNode> test) {
    for (JsonNode value : values) {
      if (test.test(value)) {
        return true;
      }
    }
    return false;
  }

  /** The types that a schema names; empty if it names none. */
  static List<String> typesOf(ObjectNode schema) {
    JsonNode type = schema.path("type");
    List<String> types = new ArrayList<>();
    if (type.isTextual()) {
      types.add(type.textValue());
    }
    type.forEach(each -> types.add(each.asText()));
    return types;
  }

  static void setTypes(ObjectNode schema, Set<String> types) {
    if (types.size() == 1) {
      schema.put("type", types.iterator().next());
    } else {
      ArrayNode all = schema.putArray("type");
      types.forEach(all::add);
    }
  }

  private static void types(ObjectNode schema) {
    if (!schema.has("type")) {
      return;
    }
    Set<String> types = new LinkedHashSet<>();
    typesOf(schema).forEach(type -> types.add(type.toLowerCase(Locale.ROOT)));
    types.retainAll(Keywords.TYPES);
    if (types.isEmpty()) {
      schema.remove("type");
    } else {
      setTypes(schema, types);
    }
  }

  private static void items(ObjectNode schema) {
    if (schema.path("items").isArray()) {
      JsonNode first = schema.remove("items");
      if (!first.isEmpty()) {
        schema.set("prefixItems", first);
      }
      if (schema.get("additionalItems") instanceof JsonNode more) {
        schema.set("items", more);
      }
    }
    schema.remove("additionalItems");
  }

  private static void exclusive(ObjectNode schema, String name, String limit) {
    JsonNode flag = schema.path(name);
    if (flag.isBoolean()) {
      schema.remove(name);
      if (flag.booleanValue() && schema.remove(limit) instanceof JsonNode value) {
        schema.set(name, value);
      }
    }
  }

  private static void strings(ObjectNode schema, String name) {
    if (!schema.has(name)) {
      return;
    }
    Set<String> texts = new LinkedHashSet<>();
    schema.path(name).forEach(text -> texts.add(text.asText()));
    boolean array = schema.path(name).isArray();
    if (array) {
      ArrayNode distinct = schema.putArray(name);
      texts.forEach(distinct::add);
    } else {
      schema.remove(name);
    }
  }

  private static void values(ObjectNode schema) {
    if (schema.has("enum")) {
      Set<JsonNode> distinct = new LinkedHashSet<>();
      schema.path("enum").forEach(distinct::add);
      boolean array = schema.path("enum").isArray();
      schema.remove("enum");
      if (array) {
        distinct.forEach(schema.putArray("enum")::add);
      }
    }
  }

  private static void parts(ObjectNode schema) {
    for (String name : Keywords.SCHEMA_MAPS) {
      if (schema.has(name) && !schema.path(name).isObject()) {
        schema.remove(name);
      }
    }
    for (String name : Keywords.SCHEMA_LISTS) {
      if (schema.has(name) && (!schema.path(name).isArray() || schema.path(name).isEmpty())) {
        schema.remove(name);
      }
    }
  }
}
