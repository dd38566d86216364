package dev.serai.adapters.dialects.claude;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.core.problem.CallerProblem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A JSON Schema in the subset that Anthropic's structured outputs accept: objects are closed, and
 * unsupported keywords are left out, as Anthropic's own clients do.
 *
 * @param weakened whether the adapted schema accepts other values than the original
 */
public record OutputSchema(String json, boolean weakened) {
  private static final Set<String> UNSUPPORTED =
      Set.of(
          "minimum",
          "maximum",
          "exclusiveMinimum",
          "exclusiveMaximum",
          "multipleOf",
          "minLength",
          "maxLength",
          "maxItems",
          "uniqueItems",
          "contains",
          "minContains",
          "maxContains",
          "minProperties",
          "maxProperties",
          "patternProperties",
          "propertyNames",
          "unevaluatedProperties",
          "dependentRequired",
          "dependentSchemas",
          "if",
          "then",
          "else",
          "not");
  private static final List<String> SCHEMA_MAPS = List.of("properties", "$defs", "definitions");
  private static final List<String> SCHEMA_LISTS = List.of("anyOf", "allOf", "prefixItems");

  /**
   * Adapts a schema.
   *
   * @param param the request's parameter that contains the schema, for the error
   * @throws CallerProblem 400 if the schema is not a JSON object
   */
  public static OutputSchema fit(String schemaJson, String param) {
    JsonNode tree;
    try {
      tree = StrictJson.tree(schemaJson.getBytes(StandardCharsets.UTF_8));
    } catch (MalformedInput e) {
      throw CallerProblem.invalid(param, "The schema is not valid JSON: " + e.getMessage() + ".");
    }
    if (!(tree instanceof ObjectNode root)) {
      throw CallerProblem.invalid(param, "The schema is not a JSON object.");
    }
    boolean weakened = fit(root);
    return new OutputSchema(root.toString(), weakened);
  }

  /** Adapts a schema in place; true if it changed in meaning. The parser bounds the nesting. */
  private static boolean fit(JsonNode node) {
    if (!(node instanceof ObjectNode schema)) {
      return false;
    }
    boolean lost = removeUnsupported(schema);
    if (schema.path("type").asText().equals("object") || schema.has("properties")) {
      JsonNode more = schema.path("additionalProperties");
      lost |= !more.isMissingNode() && !(more.isBoolean() && !more.asBoolean());
      schema.set("additionalProperties", BooleanNode.FALSE);
    }
    if (schema.get("oneOf") instanceof JsonNode choices && !schema.has("anyOf")) {
      schema.remove("oneOf");
      schema.set("anyOf", choices);
      lost = true;
    }
    return fitParts(schema) | lost;
  }

  private static boolean removeUnsupported(ObjectNode schema) {
    boolean lost = false;
    for (String keyword : UNSUPPORTED) {
      lost |= schema.remove(keyword) != null;
    }
    if (schema.path("minItems").asInt(0) > 1) {
      schema.remove("minItems");
      lost = true;
    }
    return lost;
  }

  private static boolean fitParts(ObjectNode schema) {
    List<JsonNode> parts = new ArrayList<>();
    SCHEMA_MAPS.forEach(name -> schema.path(name).forEach(parts::add));
    SCHEMA_LISTS.forEach(name -> schema.path(name).forEach(parts::add));
    parts.add(schema.path("items"));
    boolean lost = false;
    for (JsonNode part : parts) {
      lost |= fit(part);
    }
    return lost;
  }
}
