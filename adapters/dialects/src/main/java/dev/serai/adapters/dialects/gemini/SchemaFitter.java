package dev.serai.adapters.dialects.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Converts JSON Schema to Gemini's own {@code Schema} and notes whether anything is lost.
 *
 * <p>Model: a recursive copy of the tree, keyword by keyword. References are replaced by their
 * destination, {@code null} as a type becomes {@code nullable}, {@code const} and {@code oneOf}
 * become {@code enum} and {@code anyOf}, schemas under {@code allOf} are merged into one,
 * annotations are omitted. A keyword without a counterpart sets {@code lost}: the schema then
 * admits more values. Recursive references and the number of expanded references are bounded. For
 * one schema.
 */
final class SchemaFitter {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String TYPE = "type";
  private static final String NULL = "null";
  private static final String ANY_OF = "anyOf";
  private static final String ENUM = "enum";

  /** Bounds the size of the expanded schema: a few references could make millions of objects. */
  private static final int MAX_NODES = 4096;

  private static final Set<String> COPIED =
      Set.of(
          "description",
          "required",
          "minItems",
          "maxItems",
          "minLength",
          "maxLength",
          "minProperties",
          "maxProperties",
          "minimum",
          "maximum",
          "pattern");
  private static final Set<String> FORMATS =
      Set.of("date-time", "float", "double", "int32", "int64");
  private static final Set<String> ANNOTATIONS =
      Set.of(
          "$schema",
          "$id",
          "$comment",
          "$defs",
          "definitions",
          "title",
          "default",
          "examples",
          "example",
          "deprecated",
          "readOnly",
          "writeOnly",
          "strict",
          "propertyOrdering",
          "nullable");

  private final JsonNode root;
  private final Deque<String> references = new ArrayDeque<>();
  private boolean lost;
  private int nodes;

  SchemaFitter(JsonNode root) {
    this.root = root;
  }

  /** The schema of the parameters of a tool: always that of an object. */
  ObjectNode parameters() {
    ObjectNode fitted = root.isEmpty() ? NODES.objectNode() : convert(root);
    if (!fitted.has(ANY_OF)) {
      fitted.put(TYPE, "OBJECT");
    } else {
      lost = true;
    }
    if (!fitted.has("properties")) {
      fitted.putObject("properties");
    }
    return fitted;
  }

  /** Whether the converted schema admits more values; known afterwards. */
  boolean lost() {
    return lost;
  }

  private ObjectNode convert(JsonNode node) {
    ObjectNode fitted = NODES.objectNode();
    if (!(node instanceof ObjectNode schema) || ++nodes > MAX_NODES) {
      lost = true;
      return fitted;
    }
    if (schema.has("$ref")) {
      return resolved(schema);
    }
    for (Map.Entry<String, JsonNode> member : schema.properties()) {
      keyword(fitted, member.getKey(), member.getValue());
    }
    if (schema.path("nullable").asBoolean(false)) {
      fitted.put("nullable", true);
    }
    inferType(fitted);
    return fitted;
  }

  private ObjectNode resolved(ObjectNode schema) {
    String reference = schema.path("$ref").asText();
    JsonNode target =
        reference.startsWith("#") ? pointed(reference.substring(1)) : NODES.missingNode();
    if (target.isMissingNode() || references.contains(reference)) {
      lost = true;
      return NODES.objectNode().put(TYPE, "OBJECT");
    }
    references.push(reference);
    ObjectNode fitted = convert(target);
    references.pop();
    if (schema.path("description").isTextual()) {
      fitted.set("description", schema.path("description"));
    }
    return fitted;
  }

  private JsonNode pointed(String pointer) {
    return pointer.isEmpty() || pointer.startsWith("/") ? root.at(pointer) : NODES.missingNode();
  }

  private void keyword(ObjectNode fitted, String name, JsonNode value) {
    switch (name) {
      case TYPE -> type(fitted, value);
      case ENUM -> enumeration(fitted, value);
      case "const" -> enumeration(fitted, NODES.arrayNode().add(value));
      case "properties" -> {
        ObjectNode properties = fitted.putObject(name);
        for (Map.Entry<String, JsonNode> property : value.properties()) {
          properties.set(property.getKey(), convert(property.getValue()));
        }
      }
      case "items" -> fitted.set(name, convert(value));
      case ANY_OF, "oneOf" -> choices(fitted, value);
      case "allOf" -> all(fitted, value);
      case "additionalProperties" -> lost |= value.isObject() && !value.isEmpty();
      case "format" -> {
        if (FORMATS.contains(value.asText())) {
          fitted.set(name, value);
        }
      }
      default -> {
        if (COPIED.contains(name)) {
          fitted.set(name, value);
        } else {
          lost |= !ANNOTATIONS.contains(name);
        }
      }
    }
  }

  private void type(ObjectNode fitted, JsonNode value) {
    if (value.isTextual()) {
      oneType(fitted, value.textValue());
      return;
    }
    ArrayNode types = NODES.arrayNode();
    for (JsonNode type : value) {
      if (type.asText().equals(NULL)) {
        fitted.put("nullable", true);
      } else {
        types.add(type);
      }
    }
    if (types.size() == 1) {
      oneType(fitted, types.get(0).asText());
      return;
    }
    ArrayNode choices = fitted.putArray(ANY_OF);
    for (JsonNode type : types) {
      oneType(choices.addObject(), type.asText());
      // The keywords for one of the types have no place any more.
      lost |= type.asText().equals("object") || type.asText().equals("array");
    }
  }

  private static void oneType(ObjectNode fitted, String type) {
    if (type.equals(NULL)) {
      fitted.put("nullable", true);
    } else {
      fitted.put(TYPE, type.toUpperCase(Locale.ROOT));
    }
  }

  private void enumeration(ObjectNode fitted, JsonNode values) {
    ArrayNode texts = NODES.arrayNode();
    for (JsonNode value : values) {
      if (value.isNull()) {
        fitted.put("nullable", true);
      } else if (value.isTextual()) {
        texts.add(value);
      } else {
        lost = true;
      }
    }
    if (texts.size() > 0) {
      fitted.set(ENUM, texts);
    }
  }

  private void choices(ObjectNode fitted, JsonNode values) {
    ArrayNode choices = NODES.arrayNode();
    for (JsonNode value : values) {
      if (value.path(TYPE).asText().equals(NULL)) {
        fitted.put("nullable", true);
      } else {
        choices.add(convert(value));
      }
    }
    if (choices.size() == 1) {
      merge(fitted, choices.get(0));
    } else if (choices.size() > 1) {
      lost |= fitted.has(ANY_OF);
      fitted.set(ANY_OF, choices);
    }
  }

  private void all(ObjectNode fitted, JsonNode values) {
    for (JsonNode value : values) {
      merge(fitted, convert(value));
    }
  }

  /** Merges two schemas that must both hold; where both have a keyword, one is lost. */
  private void merge(ObjectNode fitted, JsonNode more) {
    for (Map.Entry<String, JsonNode> member : more.properties()) {
      JsonNode there = fitted.path(member.getKey());
      if (there.isMissingNode()) {
        fitted.set(member.getKey(), member.getValue());
      } else if (there instanceof ObjectNode object && member.getKey().equals("properties")) {
        merge(object, member.getValue());
      } else if (there instanceof ArrayNode array && member.getKey().equals("required")) {
        member.getValue().forEach(array::add);
      } else {
        lost |= !there.equals(member.getValue()) && !member.getKey().equals("description");
      }
    }
  }

  private void inferType(ObjectNode fitted) {
    if (fitted.has(TYPE) || fitted.has(ANY_OF)) {
      return;
    }
    if (fitted.has("properties")) {
      fitted.put(TYPE, "OBJECT");
    } else if (fitted.has("items")) {
      fitted.put(TYPE, "ARRAY");
    } else if (fitted.has(ENUM)) {
      fitted.put(TYPE, "STRING");
    } else {
      // Any value: Gemini cannot express it.
      lost = true;
      fitted.put(TYPE, "STRING");
    }
  }

  /**
   * Removes from a JSON Schema, in place, the keywords that do not constrain values.
   *
   * @param known keywords to keep; empty to keep all but annotations
   * @return whether a keyword that constrains values was removed
   */
  static boolean removeKeywords(JsonNode node, Set<String> known) {
    if (!(node instanceof ObjectNode schema)) {
      return false;
    }
    boolean weaker = false;
    for (Iterator<Map.Entry<String, JsonNode>> each = schema.fields(); each.hasNext(); ) {
      Map.Entry<String, JsonNode> member = each.next();
      String name = member.getKey();
      JsonNode value = member.getValue();
      boolean definitions = name.equals("$defs") || name.equals("definitions");
      if (definitions || name.equals("properties")) {
        for (JsonNode part : value) {
          weaker |= removeKeywords(part, known);
        }
      } else if (ANNOTATIONS.contains(name) && !name.equals("propertyOrdering")) {
        each.remove();
      } else if (!known.isEmpty() && !known.contains(name)) {
        each.remove();
        weaker = true;
      } else if (value.isArray()) {
        for (JsonNode part : value) {
          weaker |= removeKeywords(part, known);
        }
      } else {
        weaker |= removeKeywords(value, known);
      }
    }
    return weaker;
  }
}
