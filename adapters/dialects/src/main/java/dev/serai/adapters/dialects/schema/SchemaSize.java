package dev.serai.adapters.dialects.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * How large a schema is, as vendors count it. Mutable while it is measured; immutable for others.
 */
public final class SchemaSize {
  private static final List<String> ELEMENTS = List.of("items", "additionalProperties");
  private static final List<String> LISTS = List.of("anyOf", "oneOf", "allOf", "prefixItems");

  /** A larger {@code enum} has a limit of its own. */
  private static final int MAX_UNCOUNTED_VALUES = 250;

  private int depth;
  private int properties;
  private int optional;
  private int unions;
  private int enumValues;
  private int texts;
  private int largestEnum;

  private SchemaSize() {}

  static SchemaSize of(JsonNode schema) {
    SchemaSize size = new SchemaSize();
    size.measure(schema, 0);
    return size;
  }

  /** The number of properties that are not required. */
  public int optional() {
    return optional;
  }

  /** The number of schemas with several types. */
  public int unions() {
    return unions;
  }

  /**
   * Whether OpenAI's strict mode accepts it ("Structured model outputs: Supported schemas",
   * developers.openai.com/api/docs): 10 levels, 5,000 properties, 1,000 values of {@code enum},
   * 120,000 characters of names and values, 15,000 in one {@code enum} of more than 250 values.
   */
  boolean isWithinOpenAisLimits() {
    return depth <= 10
        && properties <= 5000
        && enumValues <= 1000
        && texts <= 120_000
        && largestEnum <= 15_000;
  }

  private void measure(JsonNode schema, int outer) {
    JsonNode members = schema.path("properties");
    int level = members.isObject() ? outer + 1 : outer;
    depth = Math.max(depth, level);
    if (schema.path("type").isArray() || schema.path("anyOf").isArray()) {
      unions++;
    }
    measureProperties(schema, members, level);
    measureValues(schema);
    for (String keyword : ELEMENTS) {
      if (schema.path(keyword).isObject()) {
        measure(schema.path(keyword), level);
      }
    }
    for (String keyword : LISTS) {
      schema.path(keyword).forEach(one -> measure(one, level));
    }
    schema
        .path("$defs")
        .properties()
        .forEach(
            definition -> {
              texts += definition.getKey().length();
              measure(definition.getValue(), 0);
            });
  }

  private void measureProperties(JsonNode schema, JsonNode members, int level) {
    int named = 0;
    for (JsonNode name : schema.path("required")) {
      named += members.has(name.asText()) ? 1 : 0;
    }
    properties += members.size();
    optional += members.size() - named;
    members
        .properties()
        .forEach(
            property -> {
              texts += property.getKey().length();
              measure(property.getValue(), level);
            });
  }

  private void measureValues(JsonNode schema) {
    JsonNode values = schema.path("enum");
    int length = schema.path("const").asText("").length();
    for (JsonNode value : values) {
      length += value.asText().length();
    }
    texts += length;
    enumValues += values.size();
    if (values.size() > MAX_UNCOUNTED_VALUES) {
      largestEnum = Math.max(largestEnum, length);
    }
  }
}
