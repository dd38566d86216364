package dev.serai.adapters.dialects.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** The values that schemas list. */
final class Values {
  private Values() {}

  /** The type of a value in JSON Schema. */
  static String typeOf(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT, POJO -> "object";
      case ARRAY -> "array";
      case STRING, BINARY -> "string";
      case BOOLEAN -> "boolean";
      case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
      case NULL, MISSING -> "null";
    };
  }

  static boolean isOf(JsonNode value, String type) {
    String own = typeOf(value);
    return own.equals(type) || own.equals("integer") && type.equals("number");
  }

  /** The schema of exactly one object; empty for other values. */
  static Optional<ObjectNode> schemaOf(JsonNode object) {
    if (!object.isObject()) {
      return Optional.empty();
    }
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = schema.putArray("required");
    for (var member : object.properties()) {
      properties.putObject(member.getKey()).putArray("enum").add(member.getValue());
      required.add(member.getKey());
    }
    return Optional.of(schema.put("additionalProperties", false));
  }
}
