package dev.serai.gateway;

import dev.serai.core.keys.ApiKey;
import dev.serai.core.usage.Money;
import dev.serai.processors.keys.KeyJson;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/** Writes all that is set for a key as text, one member a line, without the key itself. */
final class KeyLines {
  private static final String NONE = "none";
  private static final int WIDTH = 10;

  private final ApiKey key;
  private final ApiKey.Usage usage;
  private final List<String> lines = new ArrayList<>();

  /**
   * @param usage what the key has spent
   */
  KeyLines(ApiKey key, ApiKey.Usage usage) {
    this.key = key;
    this.usage = usage;
  }

  List<String> all() {
    lines.clear();
    line("id", key.id());
    line("name", key.name());
    line("key", key.label());
    line("state", key.disabled() ? "disabled" : "active");
    line("role", key.role().name());
    line("tenant", key.tenant());
    line("team", orNone(key.identity().team()));
    line("user", orNone(key.identity().user()));
    line("models", listed(key.identity().models().patterns()));
    line("tools", listed(key.identity().tools().patterns()));
    line("tags", listed(key.identity().tags().stream().sorted().toList()));
    line("limits", listed(key.identity().limits().text().lines().toList()));
    line("limit", limit());
    line("spent", spent());
    line("created", key.created().toString());
    line("expires", key.expires().map(Object::toString).orElse("never"));
    return List.copyOf(lines);
  }

  private void line(String name, String value) {
    lines.add(name + " ".repeat(WIDTH - name.length()) + value);
  }

  private static String orNone(String text) {
    return text.isEmpty() ? NONE : text;
  }

  private static String listed(Collection<String> entries) {
    return orNone(String.join(", ", entries));
  }

  private String limit() {
    OptionalLong left = key.spending().remaining(usage);
    OptionalLong limit = key.spending().nanoUsd();
    if (limit.isEmpty()) {
      return NONE;
    }
    return usd(limit.getAsLong())
        + KeyJson.reset(key.spending()).map(reset -> " " + reset).orElse("")
        + (left.isPresent() ? ", " + usd(left.getAsLong()) + " left" : "");
  }

  private String spent() {
    return usd(usage.total())
        + ", "
        + usd(usage.daily())
        + " of it today, "
        + usd(usage.weekly())
        + " this week, "
        + usd(usage.monthly())
        + " this month";
  }

  private static String usd(long nanoUsd) {
    return "USD " + Money.text(nanoUsd);
  }
}
