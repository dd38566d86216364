package dev.serai.gateway;

import dev.serai.config.Settings;
import dev.serai.config.telemetry.LogSettings.Format;
import dev.serai.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;

/**
 * Shapes what the process prints besides the log: the greeting, and why it cannot start. If the log
 * is to be JSON, each of these is one JSON object on one line. Immutable.
 */
final class ProcessOutput {
  private final boolean json;
  private final InstantSource clock;

  private ProcessOutput(boolean json, InstantSource clock) {
    this.json = json;
    this.clock = clock;
  }

  static ProcessOutput of(Settings settings, InstantSource clock) {
    return new ProcessOutput(settings.log().format() == Format.JSON, clock);
  }

  /** Before the settings could be read. */
  static ProcessOutput of(Map<String, String> environment, InstantSource clock) {
    return new ProcessOutput("json".equalsIgnoreCase(environment.get("LOG_FORMAT")), clock);
  }

  /**
   * The text as it is printed.
   *
   * @param level in the words of the log
   */
  String shape(String level, String text) {
    if (!json) {
      return text;
    }
    String[] lines = text.lines().filter(line -> !line.isBlank()).toArray(String[]::new);
    JsonWriter out =
        new JsonWriter()
            .beginObject()
            .member("ts", clock.instant())
            .member("level", level)
            .member("msg", lines.length == 0 ? "" : lines[0]);
    if (lines.length > 1) {
      out.name("lines").beginArray();
      for (int i = 1; i < lines.length; i++) {
        out.value(lines[i]);
      }
      out.endArray();
    }
    return new String(out.endObject().bytes(), StandardCharsets.UTF_8);
  }
}
