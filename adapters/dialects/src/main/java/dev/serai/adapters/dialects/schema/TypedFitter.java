package dev.serai.adapters.dialects.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.adapters.dialects.schema.FittedSchema.Loss;
import dev.serai.adapters.dialects.schema.SchemaProfile.Rule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Fits schemas of one type, or of one type and null. For one fitting. */
final class TypedFitter {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String ENUM = "enum";
  private static final Set<String> DECIDED = Set.of("type", ENUM, "anyOf", "items", "prefixItems");

  private final FittingState state;
  private final NormalFormFitter parts;
  private final ObjectFitter objects;

  TypedFitter(FittingState state, NormalFormFitter parts) {
    this.state = state;
    this.parts = parts;
    this.objects = new ObjectFitter(state, parts);
  }

  /** Fits a flat schema; empty if it accepts no value. */
  Optional<ObjectNode> fit(ObjectNode schema, String type, boolean nullable, List<JsonNode> path) {
    ObjectNode fitted = NODES.objectNode();
    boolean orNull = nullable && (!schema.has(ENUM) || lists(schema, "null"));
    if (schema.path(ENUM) instanceof ArrayNode values && !values.isEmpty()) {
      if (type.equals("object") && state.has(Rule.SCALAR_ENUMS)) {
        return oneOfObjects(schema, values, orNull, path);
      }
      if (!lists(schema, type)) {
        return orNull ? Optional.of(fitted.put("type", "null")) : Optional.empty();
      }
      values(fitted, values, type, orNull);
    } else if (schema.has(ENUM)) {
      state.lose(Loss.CONSTRAINT);
    }
    type(fitted, type, orNull);
    for (Map.Entry<String, JsonNode> member : schema.properties()) {
      keyword(fitted, type, member);
    }
    if (type.equals("object")) {
      objects.fit(fitted, schema, path);
    } else if (type.equals("array")) {
      array(fitted, schema, path);
    }
    return Optional.of(fitted);
  }

  private static boolean lists(ObjectNode schema, String type) {
    return schema.path(ENUM) instanceof ArrayNode values
        && DraftConverter.contains(values, value -> Values.isOf(value, type));
  }

  static void type(ObjectNode fitted, String type, boolean nullable) {
    if (nullable) {
      fitted.putArray("type").add(type).add("null");
    } else {
      fitted.put("type", type);
    }
  }

  private Optional<ObjectNode> oneOfObjects(
      ObjectNode schema, ArrayNode values, boolean nullable, List<JsonNode> path) {
    ObjectNode union = NODES.objectNode();
    ArrayNode choices = union.putArray("anyOf");
    values.forEach(value -> Values.schemaOf(value).ifPresent(choices::add));
    if (nullable) {
      choices.addObject().put("type", "null");
    }
    if (schema.path("description").isTextual()) {
      union.set("description", schema.path("description"));
    }
    return choices.isEmpty() ? Optional.empty() : parts.fit(union, path);
  }

  private void values(ObjectNode fitted, ArrayNode values, String type, boolean nullable) {
    ArrayNode kept = NODES.arrayNode();
    for (JsonNode value : values) {
      if (Values.isOf(value, type) && !accepts(value)) {
        // The other values alone would refuse what is valid.
        state.lose(Loss.CONSTRAINT);
        return;
      }
      if (Values.isOf(value, type) || value.isNull() && nullable) {
        kept.add(value);
      }
    }
    fitted.set(ENUM, kept);
  }

  private boolean accepts(JsonNode value) {
    if (state.has(Rule.STRING_ENUMS)) {
      return value.isTextual() && !value.textValue().isEmpty();
    }
    return !state.has(Rule.SCALAR_ENUMS) || value.isValueNode();
  }

  /** Copies a keyword that has no parts. */
  private void keyword(ObjectNode fitted, String type, Map.Entry<String, JsonNode> member) {
    String name = member.getKey();
    if (DECIDED.contains(name)
        || ObjectFitter.owns(name)
        || !Keywords.applies(name, type)
        || Keywords.DEFINITIONS.contains(name)) {
      return;
    }
    if (state.profile().allowsKeyword(name)
        && AcceptedValues.allows(state.profile(), name, member.getValue())) {
      fitted.set(name, member.getValue());
    } else if (Keywords.constrains(name) && !AcceptedValues.isNeutral(name, member.getValue())) {
      state.lose(Loss.CONSTRAINT);
    }
  }

  private void array(ObjectNode fitted, ObjectNode schema, List<JsonNode> path) {
    JsonNode items = schema.path("items");
    JsonNode first = schema.path("prefixItems");
    if (first.isArray() && state.profile().allowsKeyword("prefixItems")) {
      ArrayNode all = fitted.putArray("prefixItems");
      for (JsonNode item : first) {
        all.add(parts.fit(item, path).orElseGet(() -> parts.anyValue(NODES.objectNode())));
      }
    } else if (first.isArray()) {
      state.lose(Loss.CONSTRAINT);
      items = anyOf(first, items);
    }
    Optional<ObjectNode> each = items.isMissingNode() ? Optional.empty() : parts.fit(items, path);
    if (each.isPresent()) {
      fitted.set("items", each.get());
    } else {
      withoutItems(fitted, items);
    }
  }

  private void withoutItems(ObjectNode fitted, JsonNode items) {
    if (!items.isMissingNode()) {
      state.lose(Loss.CONSTRAINT);
    }
    if (state.has(Rule.ARRAY_ITEMS)) {
      fitted.set("items", parts.anyValue(NODES.objectNode()));
    }
  }

  /** The items of a tuple without their places. */
  private static JsonNode anyOf(JsonNode first, JsonNode rest) {
    ObjectNode union = NODES.objectNode();
    ArrayNode choices = union.putArray("anyOf");
    first.forEach(choices::add);
    if (rest.isObject()) {
      choices.add(rest);
    }
    return union;
  }
}
