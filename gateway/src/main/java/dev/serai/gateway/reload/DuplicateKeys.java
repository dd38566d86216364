package dev.serai.gateway.reload;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/**
 * Refuses YAML with a duplicate key in one mapping. YAML forbids it (YAML 1.2.2, section 3.2.1.3),
 * but Camel's loader silently uses the last value, or the steps of both. One instance reads one
 * text; not thread-safe.
 */
final class DuplicateKeys {
  private final Deque<Level> open = new ArrayDeque<>();

  private DuplicateKeys() {}

  /** An open mapping or sequence: the lines of its keys, and whether a key comes next. */
  private static final class Level {
    private final Map<String, Integer> lines = new HashMap<>();
    private final boolean mapping;
    private boolean key;

    Level(boolean mapping) {
      this.mapping = mapping;
      this.key = mapping;
    }
  }

  /**
   * Checks a text.
   *
   * @throws IllegalArgumentException if a key is duplicate; the message ends with its line
   * @throws org.snakeyaml.engine.v2.exceptions.YamlEngineException if it is not YAML
   */
  static void refuse(String text) {
    DuplicateKeys keys = new DuplicateKeys();
    for (Event event : new Parse(LoadSettings.builder().build()).parseString(text)) {
      keys.follow(event);
    }
  }

  private void follow(Event event) {
    if (event instanceof NodeEvent node) {
      enter(node);
    }
    switch (event.getEventId()) {
      case MappingStart -> open.push(new Level(true));
      case SequenceStart -> open.push(new Level(false));
      case MappingEnd, SequenceEnd -> open.pop();
      default -> {
        // a scalar, or the frame of a document
      }
    }
  }

  /** Keys and values of a mapping alternate. */
  private void enter(NodeEvent node) {
    Level level = open.peek();
    if (level == null || !level.mapping) {
      return;
    }
    if (level.key && node instanceof ScalarEvent name) {
      int line = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
      Integer first = level.lines.putIfAbsent(name.getValue(), line);
      if (first != null) {
        throw duplicate(name.getValue(), first, line);
      }
    }
    level.key = !level.key;
  }

  private static IllegalArgumentException duplicate(String key, int first, int line) {
    return new IllegalArgumentException(
        "duplicate key " + key + ", first in line " + first + ", again in line " + line);
  }
}
