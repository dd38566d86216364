package dev.serai.adapters.dialects.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.core.http.PercentEncoding;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Resolves references within one document, by pointer, anchor or id, and names their targets for
 * {@code $defs}. Targets without a definition yet wait in a queue. Not thread-safe.
 */
final class References {
  private final JsonNode root;
  private final Map<JsonNode, String> names = new IdentityHashMap<>();
  private final Set<String> used = new HashSet<>();
  private final Deque<JsonNode> waiting = new ArrayDeque<>();

  References(JsonNode root) {
    this.root = root;
  }

  /** The reference of a schema, if it has one. */
  static Optional<String> of(ObjectNode schema) {
    for (String keyword : Keywords.REFERENCES) {
      if (schema.path(keyword).isTextual()) {
        return Optional.of(schema.path(keyword).textValue());
      }
    }
    return Optional.empty();
  }

  /** The schema that a reference names; missing if it is not in this document. */
  JsonNode target(String reference) {
    if (reference.equals("#")) {
      return root;
    }
    if (reference.startsWith("#/")) {
      return pointed(reference.substring(1));
    }
    return reference.isEmpty() ? root : identified(reference);
  }

  /** The same, through references that have nothing beside them. */
  JsonNode finalTarget(String reference) {
    JsonNode target = target(reference);
    Set<String> followed = new HashSet<>();
    while (target instanceof ObjectNode schema && isBare(schema)) {
      String next = of(schema).orElseThrow();
      if (!followed.add(next)) {
        return MissingNode.getInstance();
      }
      target = target(next);
    }
    return target;
  }

  /** Whether a schema is a reference without other keywords that constrain values. */
  static boolean isBare(ObjectNode schema) {
    if (of(schema).isEmpty()) {
      return false;
    }
    for (Map.Entry<String, JsonNode> member : schema.properties()) {
      if (Keywords.constrains(member.getKey()) && !Keywords.REFERENCES.contains(member.getKey())) {
        return false;
      }
    }
    return true;
  }

  /** The name of a target's definition. */
  String name(String reference, JsonNode target) {
    return names.computeIfAbsent(
        target,
        fresh -> {
          waiting.add(fresh);
          return unused(plain(reference));
        });
  }

  /** The next target without a definition; empty when all have one. */
  Optional<JsonNode> next() {
    return Optional.ofNullable(waiting.poll());
  }

  String nameOf(JsonNode target) {
    return names.getOrDefault(target, "");
  }

  private String unused(String name) {
    String unique = name;
    for (int i = 2; !used.add(unique); i++) {
      unique = name + "_" + i;
    }
    return unique;
  }

  private static String plain(String reference) {
    String last = reference.substring(reference.lastIndexOf('/') + 1);
    String plain = last.replaceAll("[^A-Za-z0-9_-]", "_");
    return plain.isEmpty() || plain.equals("_") ? "root" : plain;
  }

  private JsonNode pointed(String pointer) {
    try {
      return root.at(PercentEncoding.decode(pointer));
    } catch (IllegalArgumentException e) {
      return MissingNode.getInstance();
    }
  }

  private JsonNode identified(String reference) {
    Deque<JsonNode> open = new ArrayDeque<>();
    open.add(root);
    while (!open.isEmpty()) {
      JsonNode node = open.poll();
      if (isNamed(node, reference)) {
        return node;
      }
      node.forEach(open::add);
    }
    return MissingNode.getInstance();
  }

  private static boolean isNamed(JsonNode node, String reference) {
    return ("#" + node.path("$anchor").asText()).equals(reference)
        || ("#" + node.path("$dynamicAnchor").asText()).equals(reference)
        || node.path("$id").asText().equals(reference);
  }
}
