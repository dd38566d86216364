package dev.serai.gateway.style;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Reads YAML as plain maps and lists; a key that stands twice in one of them is refused. */
final class Yaml {
  private Yaml() {}

  static Object read(Path file) {
    return new Load(
            LoadSettings.builder().setLabel(House.name(file)).setAllowDuplicateKeys(false).build())
        .loadFromString(House.read(file));
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(Object value, String where) {
    assertThat(value).as(where + " is a map").isInstanceOf(Map.class);
    return (Map<String, Object>) value;
  }

  /** A missing list is an empty one. */
  static List<Map<String, Object>> maps(
      @org.jspecify.annotations.Nullable Object value, String where) {
    if (value == null) {
      return List.of();
    }
    assertThat(value).as(where + " is a list").isInstanceOf(List.class);
    List<Map<String, Object>> maps = new ArrayList<>();
    for (Object each : (List<?>) value) {
      maps.add(map(each, where));
    }
    return maps;
  }

  /** Shows every key and its value, at any depth. */
  static void visit(Object tree, BiConsumer<String, Object> seen) {
    if (tree instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> e : map.entrySet()) {
        Object value = e.getValue() == null ? "" : e.getValue();
        seen.accept(e.getKey().toString(), value);
        visit(value, seen);
      }
    } else if (tree instanceof List<?> list) {
      list.forEach(each -> visit(each, seen));
    }
  }
}
