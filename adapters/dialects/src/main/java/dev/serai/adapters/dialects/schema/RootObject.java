package dev.serai.adapters.dialects.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.adapters.dialects.schema.FittedSchema.Loss;
import dev.serai.adapters.dialects.schema.Flattener.Flat;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes the root of a schema an object without a union, before the schema is fitted. The choices of
 * a union become one object with the properties of all; those that all require are required. For
 * one fitting.
 */
final class RootObject {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String ANY_OF = "anyOf";
  private static final String PROPERTIES = "properties";
  private static final String REQUIRED = "required";
  private static final String OBJECT = "object";
  private static final String MORE = "additionalProperties";
  private static final Set<String> FLATTENED =
      Set.of("$ref", "$dynamicRef", "$recursiveRef", "allOf", ANY_OF, "oneOf", "const", "enum");
  private static final List<String> REFUSED = List.of("enum", "not", "if", "then", "else");

  private final FittingState state;
  private final Flattener flattener;

  RootObject(FittingState state, References references) {
    this.state = state;
    this.flattener = new Flattener(state, references);
  }

  /** The root as a flat schema of an object. */
  Flat of(ObjectNode source) {
    List<JsonNode> path = List.of(source);
    boolean plain = FLATTENED.stream().noneMatch(source::has);
    Flat flat =
        plain ? new Flat(DraftConverter.current(source), path) : flattener.flatten(source, path);
    ObjectNode root = flat.schema();
    List<String> types = DraftConverter.typesOf(root);
    if (root.path(ANY_OF).isArray()) {
      root = united(root, flat.path());
      types = List.of(OBJECT);
    }
    for (String keyword : REFUSED) {
      if (root.remove(keyword) instanceof JsonNode) {
        state.lose(Loss.CONSTRAINT);
      }
    }
    if (!types.contains(OBJECT) && (!types.isEmpty() || root.has("items"))) {
      state.lose(Loss.SHAPE);
      root = NODES.objectNode();
    }
    root.put("type", OBJECT);
    return new Flat(root, flat.path());
  }

  private ObjectNode united(ObjectNode root, List<JsonNode> path) {
    JsonNode choices = root.remove(ANY_OF);
    List<ObjectNode> objects = new ArrayList<>();
    for (JsonNode choice : choices) {
      Flat flat = flattener.flatten(choice, path);
      ObjectNode schema = flat.schema();
      if (schema.path(ANY_OF).isArray()) {
        schema = united(schema, flat.path());
      }
      List<String> types = DraftConverter.typesOf(schema);
      boolean untyped = schema.path("type").isMissingNode();
      if (!flat.isImpossible() && (untyped || types.contains(OBJECT))) {
        objects.add(schema);
      }
    }
    if (objects.isEmpty()) {
      state.lose(Loss.SHAPE);
      return root;
    }
    if (objects.size() > 1) {
      state.lose(Loss.CONSTRAINT);
    }
    ObjectNode union = objects.size() == 1 ? objects.getFirst() : union(objects);
    return flattener.merged(root, union);
  }

  private static ObjectNode union(List<ObjectNode> objects) {
    ObjectNode union = NODES.objectNode();
    ObjectNode properties = union.putObject(PROPERTIES);
    Set<String> required = names(objects.getFirst());
    boolean closed = true;
    for (ObjectNode object : objects) {
      for (Map.Entry<String, JsonNode> property : object.path(PROPERTIES).properties()) {
        add(properties, property.getKey(), property.getValue());
      }
      required.retainAll(names(object));
      JsonNode more = object.path(MORE);
      closed &= more.isBoolean() && !more.booleanValue();
    }
    if (!required.isEmpty()) {
      ArrayNode all = union.putArray(REQUIRED);
      required.forEach(all::add);
    }
    if (closed) {
      union.put(MORE, false);
    }
    return union;
  }

  private static Set<String> names(ObjectNode object) {
    Set<String> names = new LinkedHashSet<>();
    object.path(REQUIRED).forEach(name -> names.add(name.asText()));
    return names;
  }

  private static void add(ObjectNode properties, String name, JsonNode schema) {
    JsonNode there = properties.path(name);
    if (there.isMissingNode()) {
      properties.set(name, schema);
    } else if (!there.equals(schema)) {
      ObjectNode either = NODES.objectNode();
      either.putArray(ANY_OF).add(there).add(schema);
      properties.set(name, either);
    }
  }
}
