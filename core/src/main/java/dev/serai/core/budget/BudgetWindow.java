package dev.serai.core.budget;

import dev.serai.core.json.JsonWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * The time in which costs count together.
 *
 * @param fromMillis the first millisecond, since 1970, UTC
 * @param untilMillis the first millisecond after it
 */
public record BudgetWindow(long fromMillis, long untilMillis) {
  /** The window of a budget that never begins again. */
  public static final BudgetWindow ALWAYS = new BudgetWindow(0, Long.MAX_VALUE);

  /** Whether a time is in it. */
  public boolean contains(long millis) {
    return fromMillis <= millis && millis < untilMillis;
  }

  /** Whether it ends. */
  public boolean ends() {
    return untilMillis != Long.MAX_VALUE;
  }

  /**
   * Adds its beginning and its end, in the time of a zone, to a JSON object; none if it does not
   * end.
   */
  public void write(JsonWriter json, ZoneId zone) {
    if (ends()) {
      json.member("from", time(fromMillis, zone)).member("until", time(untilMillis, zone));
    }
  }

  private static String time(long millis, ZoneId zone) {
    return Instant.ofEpochMilli(millis).atZone(zone).format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
  }
}
