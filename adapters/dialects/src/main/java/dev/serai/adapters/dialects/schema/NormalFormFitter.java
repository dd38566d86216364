package dev.serai.adapters.dialects.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.adapters.dialects.schema.FittedSchema.Loss;
import dev.serai.adapters.dialects.schema.Flattener.Flat;
import dev.serai.adapters.dialects.schema.SchemaProfile.Rule;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Fits schemas for vendors that accept only plain ones: a union under {@code anyOf}, or a schema of
 * one type. The keywords beside a union move into each of its choices; several types become a
 * union. For one fitting.
 */
final class NormalFormFitter {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String ANY_OF = "anyOf";
  private static final String DESCRIPTION = "description";
  private static final String NULL = "null";

  private final FittingState state;
  private final References references;
  private final Flattener flattener;
  private final TypedFitter typed;

  NormalFormFitter(FittingState state, References references) {
    this.state = state;
    this.references = references;
    this.flattener = new Flattener(state, references);
    this.typed = new TypedFitter(state, this);
  }

  /** Fits a part of the document; empty if it accepts no value. */
  Optional<ObjectNode> fit(JsonNode node, List<JsonNode> path) {
    Optional<ObjectNode> fitted;
    if (state.enter()) {
      fitted = reference(node);
      fitted = fitted.isPresent() ? fitted : fit(flattener.flatten(node, path));
    } else {
      fitted = Optional.of(anyValue(NODES.objectNode()));
    }
    state.leave();
    return fitted;
  }

  /** A reference that can stay one. */
  private Optional<ObjectNode> reference(JsonNode node) {
    if (!state.has(Rule.REFERENCES) || !(single(node) instanceof ObjectNode schema)) {
      return Optional.empty();
    }
    if (!References.isBare(schema)) {
      return Optional.empty();
    }
    String reference = References.of(schema).orElseThrow();
    JsonNode target = references.finalTarget(reference);
    if (!target.isObject()) {
      return Optional.empty();
    }
    String name = references.name(reference, target);
    return Optional.of(NODES.objectNode().put("$ref", "#/$defs/" + name));
  }

  /** The only schema under an {@code allOf} without constraints beside it, as some tools write. */
  private static JsonNode single(JsonNode node) {
    JsonNode all = node.path("allOf");
    if (all.size() != 1) {
      return node;
    }
    for (var member : node.properties()) {
      if (Keywords.constrains(member.getKey()) && !member.getKey().equals("allOf")) {
        return node;
      }
    }
    return all.get(0);
  }

  Optional<ObjectNode> fit(Flat flat) {
    if (flat.isImpossible()) {
      return Optional.empty();
    }
    ObjectNode schema = flat.schema();
    if (schema.path(ANY_OF).isArray()) {
      return union(schema, flat.path());
    }
    List<String> types = types(schema);
    boolean nullable = types.remove(NULL);
    if (types.isEmpty()) {
      return Optional.of(nullable ? nullOnly(schema) : anyValue(schema));
    }
    if (types.size() == 1) {
      return typed.fit(schema, types.getFirst(), nullable, flat.path());
    }
    ObjectNode split = schema.deepCopy();
    ArrayNode choices = split.putArray(ANY_OF);
    types(schema).forEach(type -> choices.addObject().put("type", type));
    return union(split, flat.path());
  }

  private Optional<ObjectNode> union(ObjectNode schema, List<JsonNode> path) {
    ObjectNode beside = schema.objectNode();
    beside.setAll(schema);
    JsonNode choices = beside.remove(ANY_OF);
    JsonNode description = beside.path(DESCRIPTION);
    beside.remove(Keywords.ANNOTATIONS);
    Set<ObjectNode> fitted = new LinkedHashSet<>();
    for (JsonNode choice : choices) {
      choice(beside, choice, path).ifPresent(one -> addFlat(fitted, one));
    }
    if (fitted.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode union = union(fitted);
    if (description.isTextual() && !union.has("$ref")) {
      union.set(DESCRIPTION, description);
    }
    return Optional.of(union);
  }

  private static ObjectNode union(Set<ObjectNode> choices) {
    if (choices.size() == 1) {
      return choices.iterator().next();
    }
    ObjectNode union = NODES.objectNode();
    choices.forEach(union.putArray(ANY_OF)::add);
    return union;
  }

  private static void addFlat(Set<ObjectNode> fitted, ObjectNode one) {
    if (one.path(ANY_OF).isArray()) {
      one.path(ANY_OF).forEach(inner -> fitted.add((ObjectNode) inner));
    } else {
      fitted.add(one);
    }
  }

  private Optional<ObjectNode> choice(ObjectNode beside, JsonNode choice, List<JsonNode> path) {
    boolean alone =
        beside.properties().stream().noneMatch(member -> Keywords.constrains(member.getKey()));
    if (alone) {
      return fit(choice, path);
    }
    Optional<ObjectNode> fitted = Optional.empty();
    if (state.enter()) {
      Flat flat = flattener.flatten(choice, path);
      fitted = fit(new Flat(flattener.merged(flat.schema(), beside), flat.path()));
    }
    state.leave();
    return fitted;
  }

  /** The types of a schema; those that its keywords are for, if it names none. */
  private static List<String> types(ObjectNode schema) {
    List<String> named = DraftConverter.typesOf(schema);
    if (!named.isEmpty()) {
      return named;
    }
    Set<String> types = new LinkedHashSet<>();
    schema.path("enum").forEach(value -> types.add(Values.typeOf(value)));
    if (types.isEmpty()) {
      implied(schema, types);
    }
    return new ArrayList<>(types);
  }

  private static void implied(ObjectNode schema, Set<String> types) {
    for (var member : schema.properties()) {
      Keywords.type(member.getKey()).ifPresent(types::add);
    }
  }

  private ObjectNode nullOnly(ObjectNode schema) {
    ObjectNode fitted = NODES.objectNode().put("type", NULL);
    describe(fitted, schema);
    return fitted;
  }

  /** A schema for any value, or for text if the vendor requires a type. */
  ObjectNode anyValue(ObjectNode schema) {
    ObjectNode fitted = NODES.objectNode();
    if (state.has(Rule.TYPED)) {
      state.lose(Loss.SHAPE);
      fitted.put("type", "string");
    }
    for (var member : schema.properties()) {
      if (Keywords.constrains(member.getKey())) {
        state.lose(Loss.CONSTRAINT);
      }
    }
    describe(fitted, schema);
    return fitted;
  }

  private static void describe(ObjectNode fitted, ObjectNode schema) {
    if (schema.path(DESCRIPTION).isTextual()) {
      fitted.set(DESCRIPTION, schema.path(DESCRIPTION));
    }
  }
}
