package dev.serai.adapters.dialects.tool.limit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.adapters.dialects.schema.FittedSchema;
import dev.serai.adapters.dialects.schema.SchemaFitter;
import dev.serai.adapters.dialects.schema.SchemaProfile;
import dev.serai.adapters.dialects.schema.SchemaProfile.Rule;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The outermost properties of one schema whose keys a vendor does not accept, and their keys there.
 * Different keys stay different. Computed from the schema alone, so that every request and the
 * reply have the same keys. Immutable.
 */
final class PropertyKeys {
  /** All keys as they are. */
  static final PropertyKeys SAME = new PropertyKeys("", false);

  private static final SchemaProfile OBJECTS = SchemaProfile.of(Rule.OBJECT_ROOT);
  private static final String PROPERTIES = "properties";
  private static final String REQUIRED = "required";

  private final Map<String, String> fitted = new HashMap<>();
  private final Map<String, String> own = new HashMap<>();
  private final boolean weakened;
  private final String json;

  private PropertyKeys(String json, boolean weakened) {
    this.json = json;
    this.weakened = weakened;
  }

  private PropertyKeys(FittedSchema schema, Set<String> keys, TextLimit limit) {
    for (String key : keys) {
      if (!limit.accepts(key)) {
        add(key, keys, limit);
      }
    }
    this.weakened = schema.isWeakened();
    this.json = renamed(schema.tree());
  }

  /** The keys of a schema of parameters. */
  static PropertyKeys of(String schemaJson, TextLimit limit) {
    if (!SchemaKeySearch.mayFind(schemaJson, limit)) {
      return SAME;
    }
    FittedSchema schema = SchemaFitter.parameters(schemaJson, OBJECTS);
    Set<String> keys = new LinkedHashSet<>();
    schema.tree().path(PROPERTIES).fieldNames().forEachRemaining(keys::add);
    schema.tree().path(REQUIRED).forEach(name -> keys.add(name.asText()));
    return keys.stream().allMatch(limit::accepts) ? SAME : new PropertyKeys(schema, keys, limit);
  }

  private void add(String key, Set<String> all, TextLimit limit) {
    int variant = 0;
    String replacement = limit.fit(key);
    while (all.contains(replacement) || own.containsKey(replacement)) {
      replacement = limit.fit(key, ++variant);
    }
    fitted.put(key, replacement);
    own.put(replacement, key);
  }

  private String renamed(ObjectNode schema) {
    ObjectNode properties = schema.objectNode();
    for (Map.Entry<String, JsonNode> property : schema.path(PROPERTIES).properties()) {
      properties.set(
          fitted.getOrDefault(property.getKey(), property.getKey()), property.getValue());
    }
    schema.set(PROPERTIES, properties);
    if (schema.path(REQUIRED).isArray()) {
      ArrayNode required = schema.arrayNode();
      for (JsonNode name : schema.path(REQUIRED)) {
        required.add(fitted.getOrDefault(name.asText(), name.asText()));
      }
      schema.set(REQUIRED, required);
    }
    return schema.toString();
  }

  /** Whether the vendor accepts every key. */
  boolean isEmpty() {
    return fitted.isEmpty();
  }

  /** Whether the schema with other keys has lost something else. */
  boolean isWeakened() {
    return weakened;
  }

  /** The schema with the keys at the vendor; only if it does not accept every key. */
  String schemaJson() {
    return json;
  }

  /** The vendor's keys by the caller's, where they differ. */
  Map<String, String> fitted() {
    return fitted;
  }

  /** The caller's keys by the vendor's, where they differ. */
  Map<String, String> own() {
    return own;
  }
}
