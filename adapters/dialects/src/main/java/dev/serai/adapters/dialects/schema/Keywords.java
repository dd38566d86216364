package dev.serai.adapters.dialects.schema;

import java.util.Optional;
import java.util.Set;

/** The keywords of JSON Schema (2020-12), by what they hold. */
final class Keywords {
  static final Set<String> TYPES =
      Set.of("object", "array", "string", "number", "integer", "boolean", "null");

  /** Their value is an object of schemas. */
  static final Set<String> SCHEMA_MAPS =
      Set.of("properties", "patternProperties", "dependentSchemas");

  /** Their value is an array of schemas. */
  static final Set<String> SCHEMA_LISTS = Set.of("anyOf", "oneOf", "allOf", "prefixItems");

  /** Their value is a schema. */
  static final Set<String> SCHEMAS =
      Set.of("items", "contains", "not", "if", "then", "else", "propertyNames");

  /** Their value is a schema, and a boolean one is common. */
  static final Set<String> BOOLEAN_SCHEMAS =
      Set.of("additionalProperties", "unevaluatedProperties", "unevaluatedItems");

  static final Set<String> DEFINITIONS = Set.of("$defs", "definitions");

  static final Set<String> REFERENCES = Set.of("$ref", "$dynamicRef", "$recursiveRef");

  static final Set<String> OF_OBJECTS =
      Set.of(
          "properties",
          "required",
          "additionalProperties",
          "patternProperties",
          "propertyNames",
          "minProperties",
          "maxProperties",
          "unevaluatedProperties",
          "dependentRequired",
          "dependentSchemas",
          "propertyOrdering");
  static final Set<String> OF_ARRAYS =
      Set.of(
          "items",
          "prefixItems",
          "minItems",
          "maxItems",
          "uniqueItems",
          "contains",
          "minContains",
          "maxContains",
          "unevaluatedItems");
  static final Set<String> OF_STRINGS = Set.of("minLength", "maxLength", "pattern");
  static final Set<String> OF_NUMBERS =
      Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf");

  /** They describe a value and do not constrain it. */
  static final Set<String> ANNOTATIONS =
      Set.of(
          "$schema",
          "$id",
          "$anchor",
          "$dynamicAnchor",
          "$recursiveAnchor",
          "$comment",
          "$vocabulary",
          "id",
          "title",
          "description",
          "default",
          "example",
          "examples",
          "deprecated",
          "discriminator",
          "externalDocs",
          "readOnly",
          "writeOnly",
          "xml",
          "strict",
          "contentEncoding",
          "contentMediaType",
          "contentSchema",
          "propertyOrdering");

  private Keywords() {}

  /** Whether a keyword limits the values that a schema accepts. */
  static boolean constrains(String keyword) {
    return !ANNOTATIONS.contains(keyword)
        && !DEFINITIONS.contains(keyword)
        && !keyword.startsWith("x-");
  }

  /** The type that a keyword is about. */
  static Optional<String> type(String keyword) {
    if (!constrains(keyword)) {
      return Optional.empty();
    }
    if (OF_OBJECTS.contains(keyword)) {
      return Optional.of("object");
    }
    if (OF_ARRAYS.contains(keyword)) {
      return Optional.of("array");
    }
    boolean text = OF_STRINGS.contains(keyword) || keyword.equals("format");
    Optional<String> number = Optional.of("number").filter(_ -> OF_NUMBERS.contains(keyword));
    return text ? Optional.of("string") : number;
  }

  /** Whether a keyword has a meaning for values of a type. */
  static boolean applies(String keyword, String type) {
    return switch (type) {
      case "object" -> !isOther(keyword, OF_ARRAYS, OF_STRINGS, OF_NUMBERS);
      case "array" -> !isOther(keyword, OF_OBJECTS, OF_STRINGS, OF_NUMBERS);
      case "string" -> !isOther(keyword, OF_OBJECTS, OF_ARRAYS, OF_NUMBERS);
      case "number", "integer" -> !isOther(keyword, OF_OBJECTS, OF_ARRAYS, OF_STRINGS);
      default ->
          !OF_OBJECTS.contains(keyword) && !isOther(keyword, OF_ARRAYS, OF_STRINGS, OF_NUMBERS);
    };
  }

  private static boolean isOther(String keyword, Set<String> a, Set<String> b, Set<String> c) {
    return a.contains(keyword) || b.contains(keyword) || c.contains(keyword);
  }
}
