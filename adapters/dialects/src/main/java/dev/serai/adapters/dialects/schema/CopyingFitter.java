package dev.serai.adapters.dialects.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.adapters.dialects.schema.FittedSchema.Loss;
import dev.serai.adapters.dialects.schema.SchemaProfile.Rule;
import java.util.Map;

/**
 * Fits schemas for vendors that accept most of JSON Schema: the structure stays, and what is not
 * valid in the current draft, or not accepted, is converted or left out. For one fitting.
 */
final class CopyingFitter {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String ENUM = "enum";

  private final FittingState state;
  private final References references;

  CopyingFitter(FittingState state, References references) {
    this.state = state;
    this.references = references;
  }

  ObjectNode fit(JsonNode node) {
    ObjectNode fitted = NODES.objectNode();
    boolean inBounds = state.enter();
    if (inBounds && node instanceof ObjectNode schema) {
      copy(fitted, DraftConverter.current(schema));
    } else if (inBounds && node.isBoolean() && !node.booleanValue()) {
      fitted.putObject("not");
    }
    state.leave();
    return fitted;
  }

  private void copy(ObjectNode fitted, ObjectNode schema) {
    for (Map.Entry<String, JsonNode> member : schema.properties()) {
      String name = member.getKey();
      if (Keywords.REFERENCES.contains(name)) {
        reference(fitted, member.getValue());
      } else if (!Keywords.DEFINITIONS.contains(name)) {
        keyword(fitted, name, member.getValue());
      }
    }
    complete(fitted);
  }

  private void complete(ObjectNode fitted) {
    boolean array = DraftConverter.typesOf(fitted).contains("array");
    if (array && state.has(Rule.ARRAY_ITEMS) && !fitted.has("items")) {
      fitted.putObject("items");
    }
    if (state.has(Rule.KNOWN_REQUIRED)) {
      removeUnknown(fitted);
    }
  }

  private void reference(ObjectNode fitted, JsonNode value) {
    String reference = value.asText();
    JsonNode target = references.finalTarget(reference);
    if (target.isObject()) {
      fitted.put("$ref", "#/$defs/" + references.name(reference, target));
    } else if (!target.isBoolean()) {
      state.lose(Loss.CONSTRAINT);
    }
  }

  private void keyword(ObjectNode fitted, String name, JsonNode value) {
    boolean allowed =
        state.profile().allowsKeyword(name)
            && AcceptedValues.allows(state.profile(), name, value)
            && !name.equals("$schema");
    if (!allowed) {
      if (Keywords.constrains(name)) {
        state.lose(Loss.CONSTRAINT);
      }
    } else if (name.equals(ENUM)) {
      values(fitted, value);
    } else if (Keywords.SCHEMA_MAPS.contains(name)) {
      ObjectNode parts = fitted.putObject(name);
      for (Map.Entry<String, JsonNode> part : value.properties()) {
        parts.set(part.getKey(), fit(part.getValue()));
      }
    } else if (Keywords.SCHEMA_LISTS.contains(name)) {
      ArrayNode parts = fitted.putArray(name);
      value.forEach(part -> parts.add(fit(part)));
    } else if (Keywords.SCHEMAS.contains(name)) {
      fitted.set(name, fit(value));
    } else if (Keywords.BOOLEAN_SCHEMAS.contains(name)) {
      fitted.set(name, value.isBoolean() ? value : fit(value));
    } else {
      fitted.set(name, value);
    }
  }

  private void values(ObjectNode fitted, JsonNode values) {
    boolean refused = values.isEmpty();
    for (JsonNode value : values) {
      refused |= state.has(Rule.SCALAR_ENUMS) && value.isContainerNode();
    }
    if (refused) {
      state.lose(Loss.CONSTRAINT);
    } else {
      fitted.set(ENUM, values);
    }
  }

  private void removeUnknown(ObjectNode fitted) {
    if (fitted.path("required") instanceof ArrayNode names) {
      ArrayNode known = NODES.arrayNode();
      for (JsonNode name : names) {
        if (fitted.path("properties").has(name.asText())) {
          known.add(name);
        } else {
          state.lose(Loss.CONSTRAINT);
        }
      }
      fitted.set("required", known);
    }
  }
}
