package dev.serai.adapters.dialects.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.adapters.dialects.schema.FittedSchema;
import dev.serai.adapters.dialects.schema.SchemaFitter;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.json.JsonWriter;
import java.util.Locale;
import java.util.Map;

/**
 * Writes the parameters of a tool. Gemini's own {@code Schema}, which every version of the API
 * knows, is written as long as it loses nothing; else {@code parametersJsonSchema}.
 */
final class SchemaWriter {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String ANY_OF = "anyOf";
  private static final String NULL = "null";
  private static final String NULLABLE = "nullable";

  private SchemaWriter() {}

  /**
   * Writes the member with the schema.
   *
   * @param ownOnly whether the provider accepts only Gemini's own schema
   */
  static void writeParameters(JsonWriter out, String json, boolean ownOnly, DroppedFields dropped) {
    FittedSchema fitted = SchemaFitter.parameters(json, SchemaProfiles.OWN);
    if (!fitted.isWeakened() || ownOnly) {
      out.name("parameters").json(own(fitted.tree()).toString());
    } else {
      fitted = SchemaFitter.parameters(json, SchemaProfiles.PARAMETERS);
      out.name("parametersJsonSchema").json(fitted.json());
    }
    if (fitted.isWeakened()) {
      dropped.add("tools.parameters");
    }
  }

  /** Converts a JSON Schema in the normal form. */
  private static ObjectNode own(JsonNode schema) {
    ObjectNode own = NODES.objectNode();
    for (Map.Entry<String, JsonNode> member : schema.properties()) {
      JsonNode value = member.getValue();
      switch (member.getKey()) {
        case "type" -> type(own, value);
        case "enum" -> values(own, value);
        case "properties" -> properties(own, value);
        case "items" -> own.set("items", own(value));
        case ANY_OF -> choices(own, value);
        default -> own.set(member.getKey(), value);
      }
    }
    return own;
  }

  private static void properties(ObjectNode own, JsonNode schemas) {
    ObjectNode properties = own.putObject("properties");
    schemas.properties().forEach(one -> properties.set(one.getKey(), own(one.getValue())));
  }

  private static void type(ObjectNode own, JsonNode type) {
    for (JsonNode each : type.isArray() ? type : NODES.arrayNode().add(type)) {
      boolean nothing = each.textValue().equals(NULL);
      if (nothing && type.isArray()) {
        own.put(NULLABLE, true);
      } else {
        own.put("type", each.textValue().toUpperCase(Locale.ROOT));
      }
    }
  }

  private static void values(ObjectNode own, JsonNode values) {
    ArrayNode texts = own.putArray("enum");
    for (JsonNode value : values) {
      if (value.isTextual()) {
        texts.add(value);
      }
    }
  }

  private static void choices(ObjectNode own, JsonNode choices) {
    ArrayNode kept = NODES.arrayNode();
    for (JsonNode choice : choices) {
      if (choice.path("type").asText().equals(NULL)) {
        own.put(NULLABLE, true);
      } else {
        kept.add(own(choice));
      }
    }
    if (kept.size() == 1) {
      kept.get(0).properties().forEach(one -> own.putIfAbsent(one.getKey(), one.getValue()));
    } else {
      own.set(ANY_OF, kept);
    }
  }
}
