package dev.serai.adapters.dialects.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.core.problem.CallerProblem;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * A JSON Schema in the form that Gemini accepts. The schema of a tool is sent as Gemini's own
 * {@code Schema}, which every version of the API knows, as long as nothing is lost; else as {@code
 * parametersJsonSchema} (ai.google.dev/api/caching, FunctionDeclaration). The schema of a response
 * is sent as {@code responseJsonSchema}, with the keywords that the reference lists for it.
 *
 * @param member the name of the member
 * @param weakened whether the schema admits more values than the caller's
 */
record FittedSchema(String member, String json, boolean weakened) {
  private static final Set<String> RESPONSE_KEYWORDS =
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
   * Fits the parameters of a tool.
   *
   * @param ownOnly whether the provider accepts only Gemini's own schema
   */
  static FittedSchema ofParameters(String json, boolean ownOnly) {
    ObjectNode schema = object(json, "tools");
    SchemaFitter fitter = new SchemaFitter(schema);
    String own = fitter.parameters().toString();
    if (!fitter.lost() || ownOnly) {
      return new FittedSchema("parameters", own, fitter.lost());
    }
    SchemaFitter.removeKeywords(schema, Set.of());
    return new FittedSchema("parametersJsonSchema", schema.toString(), false);
  }

  /** Fits the schema of a response. */
  static FittedSchema ofResponse(String json) {
    ObjectNode schema = object(json, "response_format");
    boolean weakened = SchemaFitter.removeKeywords(schema, RESPONSE_KEYWORDS);
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
