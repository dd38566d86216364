package dev.serai.gateway.management;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.prompt.template.PromptTemplate;
import dev.serai.core.prompt.template.PromptVariable;
import dev.serai.core.prompt.template.PromptVariable.Bounds;
import dev.serai.core.prompt.template.PromptVariable.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the variables of a prompt: a JSON Schema of the type {@code object} whose properties are
 * texts, numbers and truth values. Keywords that would not be obeyed are refused. Pure.
 */
final class PromptVariables {
  private static final String MEMBER = "variables";
  private static final Set<String> OF_SCHEMA = Set.of("type", "properties", "required");
  private static final Set<String> OF_TEXT =
      Set.of("type", "description", "default", "enum", "minLength", "maxLength");
  private static final Set<String> OF_NUMBER =
      Set.of("type", "description", "default", "enum", "minimum", "maximum");
  private static final Set<String> OF_TRUTH = Set.of("type", "description", "default");
  private static final int MAX_ENUM = 100;

  private PromptVariables() {}

  static List<PromptVariable> read(JsonNode schema) {
    if (!schema.isObject() || !schema.path("properties").isObject()) {
      throw wrong("must be a JSON Schema of the type object with 'properties'");
    }
    PromptContent.requireKnown(schema, MEMBER, OF_SCHEMA);
    if (schema.has("type") && !schema.get("type").asText().equals("object")) {
      throw wrong("must have the type object");
    }
    Set<String> required = required(schema);
    List<PromptVariable> variables = new ArrayList<>();
    for (Map.Entry<String, JsonNode> one : schema.get("properties").properties()) {
      variables.add(variable(one.getKey(), one.getValue(), required.remove(one.getKey())));
    }
    if (!required.isEmpty()) {
      throw wrong("must have a property for each name in 'required'");
    }
    if (variables.size() > PromptTemplate.MAX_VARIABLES) {
      throw wrong("must have at most " + PromptTemplate.MAX_VARIABLES + " properties");
    }
    return variables;
  }

  private static Set<String> required(JsonNode schema) {
    Set<String> required = new HashSet<>();
    for (JsonNode name : schema.path("required")) {
      if (!name.isTextual()) {
        throw wrong("must have names in 'required'");
      }
      required.add(name.textValue());
    }
    return required;
  }

  private static PromptVariable variable(String name, JsonNode rule, boolean required) {
    if (!PromptVariable.isName(name)) {
      throw wrong("must have names of 1 to 64 letters, digits and _, not a digit first");
    }
    Type type =
        Type.named(rule.path("type").asText("string"))
            .orElseThrow(() -> wrong("may have the types string, number, integer and boolean"));
    PromptContent.requireKnown(
        rule,
        MEMBER + "." + name,
        switch (type) {
          case STRING -> OF_TEXT;
          case NUMBER, INTEGER -> OF_NUMBER;
          case BOOLEAN -> OF_TRUTH;
        });
    PromptVariable bare =
        new PromptVariable(name, type, false, Optional.empty(), allowed(rule), bounds(rule, type));
    Optional<String> byDefault =
        Optional.ofNullable(rule.get("default"))
            .map(value -> bare.text(PromptVariables.value(value), MEMBER + "." + name));
    return new PromptVariable(
        name, type, required && byDefault.isEmpty(), byDefault, bare.allowed(), bare.bounds());
  }

  /** A value of JSON as a variable takes it. */
  static Object value(JsonNode value) {
    if (value.isTextual()) {
      return value.textValue();
    }
    if (value.isNumber()) {
      return value.decimalValue();
    }
    return value.isBoolean() ? value.booleanValue() : value;
  }

  private static List<String> allowed(JsonNode rule) {
    List<String> allowed = new ArrayList<>();
    for (JsonNode one : rule.path("enum")) {
      allowed.add(one.isNumber() ? one.decimalValue().toPlainString() : one.asText());
    }
    if (rule.has("enum") && (allowed.isEmpty() || allowed.size() > MAX_ENUM)) {
      throw wrong("must have 1 to " + MAX_ENUM + " values in 'enum'");
    }
    return allowed;
  }

  private static Bounds bounds(JsonNode rule, Type type) {
    return type == Type.STRING
        ? new Bounds(number(rule, "minLength"), number(rule, "maxLength"))
        : new Bounds(number(rule, "minimum"), number(rule, "maximum"));
  }

  private static Optional<BigDecimal> number(JsonNode rule, String name) {
    Optional<JsonNode> value = Optional.ofNullable(rule.get(name));
    if (value.isPresent() && !value.get().isNumber()) {
      throw wrong("must have a number in '" + name + "'");
    }
    return value.map(JsonNode::decimalValue);
  }

  private static CallerProblem wrong(String rule) {
    return CallerProblem.invalid(MEMBER, "'variables' " + rule + ".");
  }
}
