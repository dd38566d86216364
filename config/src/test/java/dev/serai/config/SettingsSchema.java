package dev.serai.config;

import dev.serai.config.annotation.JsonText;
import dev.serai.config.annotation.Secret;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the schema of a settings file: JSON Schema 2020-12, for editors. */
final class SettingsSchema {
  private static final Map<String, Object> VARIABLE =
      Map.of("type", "string", "pattern", "\\$\\{[A-Za-z_][A-Za-z0-9_]*(:-[^}]*)?\\}");

  private final Javadocs javadocs;

  SettingsSchema(Javadocs javadocs) {
    this.javadocs = javadocs;
  }

  String write(String title, Record defaults) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", title);
    schema.putAll(object(defaults));
    schema.put("$defs", Map.of("variable", VARIABLE));
    StringBuilder out = new StringBuilder();
    json(schema, "", out);
    return out.append('\n').toString();
  }

  private Map<String, Object> object(Record defaults) {
    Map<String, String> meanings = javadocs.ofComponents(defaults.getClass());
    Map<String, Object> properties = new LinkedHashMap<>();
    List<Object> required = new ArrayList<>();
    for (Shape shape : Shape.of(defaults)) {
      Map<String, Object> property = new LinkedHashMap<>();
      property.put("description", meanings.get(shape.component().getName()));
      property.putAll(value(shape));
      String fallback = shape.fallbackInWords();
      if (!fallback.isEmpty() && shape.inner().isEmpty()) {
        property.put("default", typed(shape, fallback));
      }
      properties.put(shape.key(), property);
      if (shape.required()) {
        required.add(shape.key());
      }
    }
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("type", List.of("object", "null"));
    object.put("additionalProperties", false);
    object.put("properties", properties);
    if (!required.isEmpty()) {
      object.put("required", required);
    }
    return object;
  }

  private Map<String, Object> value(Shape shape) {
    Map<String, Object> one = shape.inner().map(this::record).orElseGet(() -> scalar(shape));
    Map<String, Object> out = new LinkedHashMap<>();
    if (shape.isMap()) {
      out.put("type", List.of("object", "null"));
      out.put("additionalProperties", one);
      return out;
    }
    if (shape.isList()) {
      Map<String, Object> list = new LinkedHashMap<>();
      list.put("type", "array");
      list.put("items", one);
      out.put("anyOf", List.of(list, one));
      return out;
    }
    return one;
  }

  /** A record, or what its short form stands for. */
  private Map<String, Object> record(Record defaults) {
    Map<String, Object> object = object(defaults);
    Optional<Shape> brief = Shape.of(defaults).stream().filter(Shape::shortForm).findFirst();
    return brief
        .map(shape -> Map.<String, Object>of("anyOf", List.of(value(shape), object)))
        .orElse(object);
  }

  private static Map<String, Object> scalar(Shape shape) {
    Class<?> type = shape.type();
    Map<String, Object> out = new LinkedHashMap<>();
    if (type == JsonText.class) {
      return out;
    }
    if (type.isEnum()) {
      out.put("enum", new ArrayList<Object>(shape.labels()));
    } else if (type == boolean.class || type == Boolean.class) {
      out.put("type", "boolean");
    } else if (type == int.class || type == Integer.class) {
      out.put("type", "integer");
      shape.range().ifPresent(range -> out.put("minimum", range.min()));
      shape.range().ifPresent(range -> out.put("maximum", range.max()));
    } else if (type == Double.class) {
      out.put("type", "number");
      shape.range().ifPresent(range -> out.put("minimum", range.min()));
      shape.range().ifPresent(range -> out.put("maximum", range.max()));
    } else if (type == double.class || type == BigDecimal.class) {
      out.put("type", "number");
      out.put("minimum", 0);
      out.put("maximum", type == double.class ? 1 : 10_000);
    } else if (type == Duration.class) {
      out.put("type", List.of("string", "integer"));
      out.put("pattern", "^[0-9]{1,9}(ms|s|m|h|d)?$|\\$\\{");
      return out;
    } else {
      boolean text = type == String.class || type == Secret.class || type == Path.class;
      out.put("type", "string");
      out.put("pattern", text || type != URI.class ? "\\S" : "^https?://|\\$\\{");
      return out;
    }
    return Map.of("anyOf", List.of(out, Map.of("$ref", "#/$defs/variable")));
  }

  private static Object typed(Shape shape, String fallback) {
    Class<?> type = shape.type();
    if (type == int.class) {
      return Integer.valueOf(fallback);
    }
    if (type == double.class) {
      return Double.valueOf(fallback);
    }
    return type == boolean.class ? (Object) Boolean.valueOf(fallback) : fallback;
  }

  private static void json(Object value, String indent, StringBuilder out) {
    switch (value) {
      case Map<?, ?> map -> {
        String separator = "{\n";
        for (Map.Entry<?, ?> entry : sorted(map)) {
          out.append(separator).append(indent).append("  ");
          text(String.valueOf(entry.getKey()), out);
          out.append(": ");
          json(entry.getValue(), indent + "  ", out);
          separator = ",\n";
        }
        out.append(map.isEmpty() ? "{}" : "\n" + indent + "}");
      }
      case List<?> list -> {
        String separator = "[";
        for (Object item : list) {
          out.append(separator);
          json(item, indent + "  ", out);
          separator = ", ";
        }
        out.append(list.isEmpty() ? "[]" : "]");
      }
      case String string -> text(string, out);
      default -> out.append(value);
    }
  }

  /** Maps without an order of their own are sorted, so that the file is always the same. */
  private static List<Map.Entry<?, ?>> sorted(Map<?, ?> map) {
    List<Map.Entry<?, ?>> entries = new ArrayList<>(map.entrySet());
    if (!(map instanceof LinkedHashMap<?, ?>)) {
      entries.sort((a, b) -> a.getKey().toString().compareTo(b.getKey().toString()));
    }
    return entries;
  }

  private static void text(String text, StringBuilder out) {
    out.append('"').append(text.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
  }
}
