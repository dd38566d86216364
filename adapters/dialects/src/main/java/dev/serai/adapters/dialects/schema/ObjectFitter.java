package dev.serai.adapters.dialects.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.adapters.dialects.schema.FittedSchema.Loss;
import dev.serai.adapters.dialects.schema.SchemaProfile.Rule;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Fits the properties of a schema of objects. For one fitting. */
final class ObjectFitter {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String PROPERTIES = "properties";
  private static final String REQUIRED = "required";
  private static final String MORE = "additionalProperties";
  private static final String BY_PATTERN = "patternProperties";

  private final FittingState state;
  private final NormalFormFitter parts;

  ObjectFitter(FittingState state, NormalFormFitter parts) {
    this.state = state;
    this.parts = parts;
  }

  /** Whether this class writes the keyword. */
  static boolean owns(String keyword) {
    return Set.of(PROPERTIES, REQUIRED, MORE, BY_PATTERN).contains(keyword);
  }

  void fit(ObjectNode fitted, ObjectNode schema, List<JsonNode> path) {
    ObjectNode properties = properties(schema, path);
    Set<String> required = required(schema, properties);
    if (state.has(Rule.ALL_REQUIRED)) {
      requireAll(properties, required);
    }
    if (!properties.isEmpty() || state.has(Rule.CLOSED_OBJECTS)) {
      fitted.set(PROPERTIES, properties);
    }
    if (!required.isEmpty() || state.has(Rule.ALL_REQUIRED)) {
      ArrayNode names = fitted.putArray(REQUIRED);
      required.forEach(names::add);
    }
    more(fitted, schema, path);
  }

  private ObjectNode properties(ObjectNode schema, List<JsonNode> path) {
    ObjectNode properties = NODES.objectNode();
    for (Map.Entry<String, JsonNode> property : schema.path(PROPERTIES).properties()) {
      Optional<ObjectNode> value = parts.fit(property.getValue(), path);
      if (value.isPresent()) {
        properties.set(property.getKey(), value.get());
      } else if (!state.has(Rule.CLOSED_OBJECTS)) {
        // The property must be absent: only a closed object says so by not having it.
        state.lose(Loss.CONSTRAINT);
      }
    }
    return properties;
  }

  private Set<String> required(ObjectNode schema, ObjectNode properties) {
    boolean known = state.has(Rule.KNOWN_REQUIRED);
    Set<String> required = new LinkedHashSet<>();
    for (JsonNode name : schema.path(REQUIRED)) {
      if (!known || properties.has(name.asText())) {
        required.add(name.asText());
      } else {
        state.lose(Loss.CONSTRAINT);
      }
    }
    return required;
  }

  private void requireAll(ObjectNode properties, Set<String> required) {
    for (Map.Entry<String, JsonNode> property : properties.properties()) {
      if (required.add(property.getKey())) {
        state.lose(Loss.SHAPE);
        property.setValue(nullable((ObjectNode) property.getValue()));
      }
    }
  }

  private static ObjectNode nullable(ObjectNode schema) {
    if (schema.has("type")) {
      DraftConverter.allowNull(schema);
      return schema;
    }
    ObjectNode nothing = NODES.objectNode().put("type", "null");
    if (!(schema.path("anyOf") instanceof ArrayNode choices)) {
      ObjectNode union = NODES.objectNode();
      union.putArray("anyOf").add(schema).add(nothing);
      return union;
    }
    if (!DraftConverter.contains(choices, nothing::equals)) {
      choices.add(nothing);
    }
    return schema;
  }

  private void more(ObjectNode fitted, ObjectNode schema, List<JsonNode> path) {
    if (!schema.path(BY_PATTERN).isEmpty()) {
      state.lose(state.has(Rule.CLOSED_OBJECTS) ? Loss.SHAPE : Loss.CONSTRAINT);
    }
    JsonNode more = schema.path(MORE);
    boolean closed = more.isBoolean() && !more.booleanValue();
    if (state.has(Rule.CLOSED_OBJECTS)) {
      if (!closed) {
        close(schema, more);
      }
      fitted.put(MORE, false);
    } else if (more.isObject() && !more.isEmpty()) {
      map(fitted, more, path);
    } else if (!more.isMissingNode() && state.profile().allowsKeyword(MORE)) {
      fitted.put(MORE, !closed);
    }
    // Elsewhere nothing is lost: models do not add properties that are not described.
  }

  private void close(ObjectNode schema, JsonNode more) {
    boolean free = !schema.has(PROPERTIES);
    boolean map = more.isObject() && !more.isEmpty();
    if (free || map) {
      state.lose(Loss.SHAPE);
    } else if (!more.isMissingNode()) {
      state.lose(Loss.CONSTRAINT);
    }
  }

  private void map(ObjectNode fitted, JsonNode more, List<JsonNode> path) {
    if (!state.profile().allowsKeyword(MORE)) {
      state.lose(Loss.CONSTRAINT);
      return;
    }
    Optional<ObjectNode> each = parts.fit(more, path);
    fitted.set(MORE, each.isPresent() ? each.get() : NODES.booleanNode(false));
  }
}
