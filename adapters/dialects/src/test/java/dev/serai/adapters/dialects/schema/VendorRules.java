package dev.serai.adapters.dialects.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What vendors document about the schemas that they accept, written down a second time: it shares
 * no code with the fitter.
 */
final class VendorRules {
  private static final Set<String> TYPES =
      Set.of("object", "array", "string", "number", "integer", "boolean", "null");
  private static final Set<String> UNIONS = Set.of("anyOf", "oneOf", "allOf", "not", "enum");
  private static final List<String> MAPS =
      List.of("properties", "patternProperties", "dependentSchemas", "$defs");
  private static final List<String> LISTS = List.of("anyOf", "oneOf", "allOf", "prefixItems");
  private static final List<String> PARTS =
      List.of("items", "not", "if", "then", "else", "contains", "propertyNames");

  private final JsonNode root;
  private final List<String> violations = new ArrayList<>();

  private VendorRules(JsonNode root) {
    this.root = root;
  }

  /** OpenAI: "Structured Outputs", supported schemas. */
  static List<String> openAiStrict(JsonNode root) {
    VendorRules rules = new VendorRules(root);
    rules.rootIsObject();
    rules.each(
        root,
        node -> {
          rules.only(
              node,
              "$ref $defs type title description enum properties required additionalProperties "
                  + "items minItems maxItems anyOf pattern format multipleOf minimum maximum "
                  + "exclusiveMinimum exclusiveMaximum");
          rules.saysWhat(node);
          rules.closed(node);
          rules.items(node);
          rules.scalars(node);
          Set<String> required = texts(node.path("required"));
          rules.hold(
              !isOf(node, "object") || required.equals(names(node.path("properties"))),
              "all are required",
              node);
          rules.reference(node, true);
        });
    return rules.violations;
  }

  /** OpenAI: functions without strict. */
  static List<String> openAi(JsonNode root) {
    VendorRules rules = new VendorRules(root);
    rules.rootIsObject();
    rules.each(
        root,
        node -> {
          rules.valid(node);
          rules.items(node);
          rules.reference(node, false);
        });
    return rules.violations;
  }

  /** Anthropic: "Structured outputs", JSON Schema limitations. */
  static List<String> claudeStructured(JsonNode root) {
    VendorRules rules = new VendorRules(root);
    rules.each(
        root,
        node -> {
          rules.only(
              node,
              "type title description default enum properties required additionalProperties items "
                  + "minItems anyOf pattern format");
          rules.saysWhat(node);
          rules.closed(node);
          rules.scalars(node);
          rules.hold(node.path("minItems").asInt() <= 1, "minItems", node);
          rules.hold(
              !node.has("format")
                  || Set.of(
                          "date-time time date duration email hostname uri ipv4 ipv6 uuid"
                              .split(" "))
                      .contains(node.path("format").asText()),
              "format",
              node);
        });
    return rules.violations;
  }

  /** Anthropic and Bedrock: tools that are not strict. */
  static List<String> claudeTools(JsonNode root) {
    VendorRules rules = new VendorRules(root);
    rules.rootIsObject();
    rules.each(
        root,
        node -> {
          rules.valid(node);
          rules.reference(node, false);
        });
    return rules.violations;
  }

  /** Gemini: {@code Schema}. */
  static List<String> gemini(JsonNode root) {
    VendorRules rules = new VendorRules(root);
    rules.hold(root.path("type").asText().equals("OBJECT"), "root", root);
    rules.each(
        root,
        node -> {
          rules.only(
              node,
              "type format description nullable enum items minItems maxItems properties required"
                  + " minProperties maxProperties minLength maxLength pattern minimum maximum"
                  + " anyOf");
          String type = node.path("type").asText();
          rules.hold(
              node.has("anyOf") != TYPES.contains(type.toLowerCase(Locale.ROOT)),
              "one type or a union",
              node);
          rules.hold(
              !type.equals("ARRAY")
                  || node.path("items").has("type")
                  || node.path("items").has("anyOf"),
              "items",
              node);
          rules.hold(
              names(node.path("properties")).containsAll(texts(node.path("required"))),
              "required",
              node);
          rules.hold(!node.has("enum") || type.equals("STRING"), "enum of strings", node);
          node.path("enum").forEach(v -> rules.hold(!v.asText().isEmpty(), "enum value", node));
        });
    return rules.violations;
  }

  /** Gemini: {@code responseJsonSchema}. */
  static List<String> geminiResponse(JsonNode root) {
    VendorRules rules = new VendorRules(root);
    rules.each(
        root,
        node -> {
          rules.only(
              node,
              "$ref $defs type format title description enum items prefixItems minItems maxItems "
                  + "minimum maximum anyOf oneOf properties additionalProperties required");
          rules.reference(node, true);
        });
    return rules.violations;
  }

  /** Ollama: {@code api.ToolFunction}. */
  static List<String> ollamaTools(JsonNode root) {
    VendorRules rules = new VendorRules(root);
    rules.rootIsObject();
    rules.each(
        root,
        node -> {
          rules.hold(!node.has("$ref") && !node.has("allOf") && !node.has("oneOf"), "plain", node);
          rules.valid(node);
        });
    return rules.violations;
  }

  /** llama.cpp's grammars, which Ollama makes of {@code format}: a pattern is of a whole text. */
  static List<String> ollamaFormat(JsonNode root) {
    VendorRules rules = new VendorRules(root);
    if (root.isObject()) {
      rules.each(
          root,
          node -> {
            String pattern = node.path("pattern").asText("^$");
            rules.hold(pattern.startsWith("^") && pattern.endsWith("$"), "anchored", node);
          });
    }
    return rules.violations;
  }

  private interface Rule {
    void check(JsonNode node);
  }

  private void hold(boolean holds, String what, JsonNode where) {
    if (!holds) {
      violations.add(what + ": " + where);
    }
  }

  private void each(JsonNode node, Rule rule) {
    hold(node.isObject(), "a schema is an object", node);
    rule.check(node);
    MAPS.forEach(name -> node.path(name).forEach(part -> each(part, rule)));
    LISTS.forEach(name -> node.path(name).forEach(part -> each(part, rule)));
    for (String name : PARTS) {
      if (node.has(name)) {
        each(node.get(name), rule);
      }
    }
    if (node.path("additionalProperties").isObject()) {
      each(node.get("additionalProperties"), rule);
    }
  }

  private void rootIsObject() {
    hold(root.path("type").asText().equals("object"), "the root is an object", root);
    hold(root.has("properties"), "the root has properties", root);
    UNIONS.forEach(name -> hold(!root.has(name), "no " + name + " at the root", root));
  }

  private void only(JsonNode node, String names) {
    Set<String> allowed = Set.of(names.split(" "));
    node.fieldNames().forEachRemaining(name -> hold(allowed.contains(name), "no " + name, node));
  }

  private void saysWhat(JsonNode node) {
    hold(node.has("type") || node.has("anyOf") || node.has("$ref"), "says what it is", node);
    valid(node);
  }

  private void valid(JsonNode node) {
    JsonNode type = node.path("type");
    if (type.isTextual()) {
      hold(TYPES.contains(type.asText()), "type", node);
    } else if (node.has("type")) {
      hold(!type.isEmpty() && TYPES.containsAll(texts(type)), "types", node);
    }
    hold(!node.has("enum") || !node.path("enum").isEmpty(), "enum is not empty", node);
    LISTS.forEach(name -> hold(!node.has(name) || !node.path(name).isEmpty(), name, node));
    hold(!node.has("required") || node.path("required").isArray(), "required", node);
  }

  private void closed(JsonNode node) {
    if (isOf(node, "object")) {
      JsonNode more = node.path("additionalProperties");
      hold(more.isBoolean() && !more.asBoolean(), "objects are closed", node);
      hold(
          names(node.path("properties")).containsAll(texts(node.path("required"))),
          "required is known",
          node);
    }
  }

  private void items(JsonNode node) {
    hold(!isOf(node, "array") || node.path("items").isObject(), "arrays have items", node);
  }

  private void scalars(JsonNode node) {
    node.path("enum").forEach(value -> hold(value.isValueNode(), "enum of scalars", node));
  }

  private void reference(JsonNode node, boolean alone) {
    if (node.has("$ref")) {
      String reference = node.path("$ref").asText();
      hold(reference.startsWith("#/$defs/"), "reference to a definition", node);
      hold(root.at(reference.substring(1)).isObject(), "reference to nothing", node);
      hold(!alone || node.size() == 1, "a reference is alone", node);
    }
  }

  private static boolean isOf(JsonNode node, String type) {
    return node.path("type").asText().equals(type) || texts(node.path("type")).contains(type);
  }

  private static Set<String> texts(JsonNode array) {
    Set<String> texts = new HashSet<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new HashSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
