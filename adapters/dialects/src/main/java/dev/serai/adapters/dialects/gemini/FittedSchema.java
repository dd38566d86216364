package dev.serai.adapters.dialects.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.core.problem.CallerProblem;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * A JSON Schema as GeminiDialect takes it. A tool's goes out as GeminiDialect's own {@code Schema},
 * which every version of the API knows, as long as that says the same; else as {@code
 * parametersJsonSchema} (ai.google.dev/api/caching, FunctionDeclaration). That of an answer goes
 * out as {@code responseJsonSchema}, with the keywords that the reference lists for it.
 *
 * @param member the member's name
 * @param weakened whether the schema now admits what it did not
 */
record FittedSchema(String member, String json, boolean weakened) {
  private static final Set<String> OF_ANSWERS =
      Set.of(
          "$anchor",
          "$ref",
          "type",
          "format",
          "description",
          "enum",
          "items",
          "prefixItems",
          "minItems",
          "maxItems",
          "minimum",
          "maximum",
          "anyOf",
          "oneOf",
          "properties",
          "additionalProperties",
          "required",
          "propertyOrdering");

  /**
   * Fits a tool's parameters.
   *
   * @param ownOnly whether the provider takes nothing but its own schema
   */
  static FittedSchema ofParameters(String json, boolean ownOnly) {
    ObjectNode schema = object(json, "tools");
    SchemaFitter fitter = new SchemaFitter(schema);
    String own = fitter.parameters().toString();
    if (!fitter.lost() || ownOnly) {
      return new FittedSchema("parameters", own, fitter.lost());
    }
    SchemaFitter.leaveOut(schema, Set.of());
    return new FittedSchema("parametersJsonSchema", schema.toString(), false);
  }

  /** Fits an answer's schema. */
  static FittedSchema ofAnswer(String json) {
    ObjectNode schema = object(json, "response_format");
    boolean weakened = SchemaFitter.leaveOut(schema, OF_ANSWERS);
    return new FittedSchema("responseJsonSchema", schema.toString(), weakened);
  }

  private static ObjectNode object(String json, String param) {
    try {
      JsonNode tree =
          StrictJson.tree((json.isBlank() ? "{}" : json).getBytes(StandardCharsets.UTF_8));
      if (tree.isNull()) {
        return object("{}", param);
      }
      if (tree instanceof ObjectNode schema) {
        return schema;
      }
    } catch (MalformedInput e) {
      throw CallerProblem.invalid(param, "The schema is not valid JSON: " + e.getMessage() + ".");
    }
    throw CallerProblem.invalid(param, "The schema is not a JSON object.");
  }
}
