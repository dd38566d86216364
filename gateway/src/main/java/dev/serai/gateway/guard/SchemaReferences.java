package dev.serai.gateway.guard;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;

/** Checks that a JSON Schema needs nothing but itself and its draft. Pure. */
final class SchemaReferences {
  static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";

  /** Keywords whose value has schemas by name. */
  private static final Set<String> SCHEMAS =
      Set.of("properties", "patternProperties", "$defs", "definitions", "dependentSchemas");

  /** Keywords whose value is data. */
  private static final Set<String> DATA = Set.of("const", "default", "enum", "examples");

  private SchemaReferences() {}

  /**
   * Refuses a schema of which a part refers to another document or is of another draft.
   *
   * @throws IllegalArgumentException with a message that begins with "schema"
   */
  static void requireOwn(JsonNode schema) {
    if (schema.isArray()) {
      schema.forEach(SchemaReferences::requireOwn);
    }
    for (Map.Entry<String, JsonNode> keyword : schema.properties()) {
      if (SCHEMAS.contains(keyword.getKey())) {
        keyword.getValue().forEach(SchemaReferences::requireOwn);
      } else if (!DATA.contains(keyword.getKey())) {
        requireOwn(keyword.getKey(), keyword.getValue());
        requireOwn(keyword.getValue());
      }
    }
  }

  private static void requireOwn(String keyword, JsonNode value) {
    String text = value.asText();
    boolean reference = keyword.equals("$ref") || keyword.equals("$dynamicRef");
    if (reference && !text.startsWith("#")) {
      throw new IllegalArgumentException(
          "schema refers to " + text + "; a " + keyword + " must begin with #");
    }
    if (keyword.equals("$schema") && !text.equals(DRAFT) && !text.equals(DRAFT + "#")) {
      throw new IllegalArgumentException("schema must be of the draft 2020-12, not " + text);
    }
  }
}
