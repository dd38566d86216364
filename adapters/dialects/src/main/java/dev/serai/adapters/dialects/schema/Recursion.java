package dev.serai.adapters.dialects.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.adapters.dialects.schema.FittedSchema.Loss;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Makes properties optional whose schema refers back to its own definition. For one fitting. */
final class Recursion {
  private static final String PREFIX = "#/$defs/";

  private final FittingState state;
  private final JsonNode definitions;
  private final Map<String, Set<String>> reached = new HashMap<>();

  Recursion(FittingState state, ObjectNode fitted) {
    this.state = state;
    this.definitions = fitted.path("$defs");
  }

  void makeOptional() {
    for (Map.Entry<String, JsonNode> definition : definitions.properties()) {
      inspect(definition.getValue(), definition.getKey());
    }
  }

  private void inspect(JsonNode node, String definition) {
    if (node instanceof ObjectNode schema && schema.path("required") instanceof ArrayNode names) {
      int before = names.size();
      for (int i = names.size() - 1; i >= 0; i--) {
        if (refersBack(schema.path("properties").path(names.get(i).asText()), definition)) {
          names.remove(i);
        }
      }
      if (names.size() < before) {
        state.lose(Loss.CONSTRAINT);
      }
    }
    node.forEach(part -> inspect(part, definition));
  }

  private boolean refersBack(JsonNode schema, String definition) {
    for (String target : references(schema)) {
      if (reachable(target).contains(definition)) {
        return true;
      }
    }
    return false;
  }

  /** The definitions that one refers to, directly or not, and itself. */
  private Set<String> reachable(String name) {
    return reached.computeIfAbsent(name, this::walk);
  }

  private Set<String> walk(String from) {
    Set<String> all = new HashSet<>();
    Deque<String> open = new ArrayDeque<>();
    open.add(from);
    while (!open.isEmpty()) {
      String next = open.poll();
      if (all.add(next)) {
        open.addAll(references(definitions.path(next)));
      }
    }
    return all;
  }

  private static Set<String> references(JsonNode schema) {
    Set<String> names = new HashSet<>();
    Deque<JsonNode> open = new ArrayDeque<>();
    open.add(schema);
    while (!open.isEmpty()) {
      JsonNode node = open.poll();
      String reference = node.path("$ref").asText();
      if (reference.startsWith(PREFIX)) {
        names.add(reference.substring(PREFIX.length()));
      }
      node.forEach(open::add);
    }
    return names;
  }
}
