package dev.serai.gateway.reload;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;

/**
 * Refuses YAML that cannot be read by recursion: what is nested too deeply, and aliases, with which
 * a list can contain itself or a short text can stand for an endless one. It reads events only, and
 * stops at the first fault, so that its own cost is bounded. Pure.
 */
final class YamlShape {
  static final int MAX_DEPTH = 64;

  private YamlShape() {}

  /**
   * Checks a text.
   *
   * @throws RouteFault with the line of the first fault
   * @throws org.snakeyaml.engine.v2.exceptions.YamlEngineException if it is not YAML
   */
  static void check(String text) {
    int depth = 0;
    for (Event event : new Parse(LoadSettings.builder().build()).parseString(text)) {
      switch (event.getEventId()) {
        case MappingStart, SequenceStart -> depth++;
        case MappingEnd, SequenceEnd -> depth--;
        case Alias -> throw fault(event, "aliases such as *name are not allowed; repeat the value");
        default -> {
          // a scalar, or the frame of a document
        }
      }
      if (depth > MAX_DEPTH) {
        throw fault(event, "lists and mappings are nested deeper than " + MAX_DEPTH + " levels");
      }
    }
  }

  private static RouteFault fault(Event event, String reason) {
    return new RouteFault(event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0), reason);
  }
}
