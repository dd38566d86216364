package dev.serai.adapters.dialects.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Set;

/**
 * Converts Gemini's own {@code Schema}, a subset of OpenAPI 3.0's (ai.google.dev/api/caching,
 * Schema), to JSON Schema: types in lower case, {@code nullable} as a type, counts as numbers.
 */
final class SchemaReader {
  private static final Set<String> COUNTS =
      Set.of("minItems", "maxItems", "minLength", "maxLength", "minProperties", "maxProperties");
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private SchemaReader() {}

  static String toJsonSchema(JsonNode schema) {
    return convert(schema).toString();
  }

  /** The parser bounds the nesting. */
  private static JsonNode convert(JsonNode node) {
    if (!(node instanceof ObjectNode own)) {
      return node;
    }
    ObjectNode schema = NODES.objectNode();
    for (var member : own.properties()) {
      member(schema, ProtoFields.camel(member.getKey()), member.getValue());
    }
    if (own.path("nullable").asBoolean(false) && schema.path("type").isTextual()) {
      String type = schema.path("type").textValue();
      schema.putArray("type").add(type).add("null");
      if (schema.path("enum") instanceof ArrayNode values) {
        values.addNull();
      }
    }
    return schema;
  }

  private static void member(ObjectNode schema, String name, JsonNode value) {
    if (value.isNull()) {
      return;
    }
    switch (name) {
      case "type" -> {
        String type = value.asText().toLowerCase(Locale.ROOT);
        if (value.isArray()) {
          schema.set(name, value);
        } else if (!type.equals("type_unspecified")) {
          schema.put(name, type);
        }
      }
      case "nullable", "propertyOrdering", "example" -> {
        // Expressed otherwise, or an annotation that no other dialect has.
      }
      case "format" -> {
        if (!value.asText().equals("enum")) {
          schema.set(name, value);
        }
      }
      case "properties" -> {
        ObjectNode properties = schema.putObject(name);
        for (var property : value.properties()) {
          properties.set(property.getKey(), convert(property.getValue()));
        }
      }
      case "items" -> schema.set(name, convert(value));
      case "anyOf" -> {
        ArrayNode choices = schema.putArray(name);
        value.forEach(choice -> choices.add(convert(choice)));
      }
      default -> {
        boolean written = COUNTS.contains(name) && value.isTextual();
        schema.set(name, written ? NODES.numberNode(value.asLong()) : value.deepCopy());
      }
    }
  }
}
