package dev.serai.adapters.dialects.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.adapters.dialects.schema.FittedSchema.Loss;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes one schema of a schema with its references, {@code allOf} and {@code oneOf}. A reference to
 * a schema that is being expanded is cut off. For one fitting.
 */
final class Flattener {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int MAX_NESTED = 50;
  private static final String ANY_OF = "anyOf";
  private static final String ONE_OF = "oneOf";

  private final FittingState state;
  private final References references;
  private final Merger merger;

  Flattener(FittingState state, References references) {
    this.state = state;
    this.references = references;
    this.merger = new Merger(state);
  }

  /**
   * A schema without references, {@code allOf} and {@code oneOf}.
   *
   * @param path the targets of references that its parts are within
   */
  record Flat(ObjectNode schema, List<JsonNode> path) {
    /** Whether no value follows the schema. */
    boolean isImpossible() {
      return schema.path("type").isArray() && schema.path("type").isEmpty();
    }
  }

  Flat flatten(JsonNode node, List<JsonNode> path) {
    return node instanceof ObjectNode schema
        ? whole(DraftConverter.current(schema), path)
        : new Flat(bool(node), path);
  }

  private static ObjectNode bool(JsonNode node) {
    ObjectNode any = NODES.objectNode();
    if (node.isBoolean() && !node.booleanValue()) {
      any.putArray("type");
    }
    return any;
  }

  private Flat whole(ObjectNode schema, List<JsonNode> path) {
    JsonNode all = schema.path("allOf");
    JsonNode one = schema.path(ONE_OF);
    schema.remove(List.of("allOf", ONE_OF));
    constant(schema);
    Optional<String> reference = References.of(schema);
    List<JsonNode> within = reference.isPresent() ? refer(schema, reference.get(), path) : path;
    if (one.isArray()) {
      oneOf(schema, one);
    }
    for (JsonNode part : all) {
      Flat flat = flatten(part, within);
      within = longer(within, flat.path());
      merger.merge(schema, flat.schema());
    }
    return new Flat(schema, within);
  }

  private void constant(ObjectNode schema) {
    if (schema.remove("const") instanceof JsonNode only) {
      ObjectNode value = NODES.objectNode();
      value.putArray("enum").add(only);
      merger.merge(schema, value);
    }
  }

  private void oneOf(ObjectNode schema, JsonNode choices) {
    ObjectNode union = NODES.objectNode();
    union.set(ANY_OF, choices);
    merger.merge(schema, union);
    if (!isDisjoint(choices)) {
      state.lose(Loss.CONSTRAINT);
    }
  }

  private static List<JsonNode> longer(List<JsonNode> one, List<JsonNode> other) {
    List<JsonNode> all = new ArrayList<>(one);
    for (JsonNode target : other) {
      if (one.stream().noneMatch(known -> known == target)) {
        all.add(target);
      }
    }
    return all;
  }

  private List<JsonNode> refer(ObjectNode schema, String reference, List<JsonNode> path) {
    schema.remove(Keywords.REFERENCES);
    JsonNode target = references.target(reference);
    boolean deep = path.size() > MAX_NESTED || path.stream().anyMatch(open -> open == target);
    if (deep || target.isMissingNode()) {
      state.lose(deep ? Loss.SHAPE : Loss.CONSTRAINT);
      return path;
    }
    List<JsonNode> within = new ArrayList<>(path);
    within.add(target);
    Flat flat = flatten(target, within);
    merger.merge(schema, flat.schema());
    return flat.path();
  }

  /** Merges two flat schemas into a new one. */
  ObjectNode merged(ObjectNode one, ObjectNode other) {
    ObjectNode both = NODES.objectNode();
    both.setAll(one);
    merger.merge(both, other);
    return both;
  }

  /** Whether at most one choice can hold: each has a type of its own. */
  private static boolean isDisjoint(JsonNode choices) {
    Set<String> seen = new HashSet<>();
    for (JsonNode choice : choices) {
      String type = choice.path("type").asText();
      String kind = type.equals("integer") ? "number" : type;
      if (kind.isEmpty() || !seen.add(kind)) {
        return false;
      }
    }
    return true;
  }
}
