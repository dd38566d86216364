package dev.serai.adapters.dialects.translation;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.rate.RateReading;
import dev.serai.core.rate.Window.Unit;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes what is left of a caller's limits as OpenAI does: {@code x-ratelimit-limit-requests} and
 * others, with times like {@code 6m0s} and {@code 1.5s}. Of several windows, the one with the least
 * left is shown.
 */
public final class LimitFields {
  private LimitFields() {}

  /** Adds the fields of requests and of tokens that are limited. */
  public static void add(HeaderFields fields, List<RateReading> limits) {
    add(fields, "requests", least(limits, Unit.REQUESTS, Unit.REQUESTS));
    add(fields, "tokens", least(limits, Unit.TOKENS, Unit.OUTPUT_TOKENS));
  }

  /** The reading with the least left among the units from one to another; null if there is none. */
  private static @Nullable RateReading least(List<RateReading> limits, Unit first, Unit last) {
    RateReading least = null;
    for (RateReading each : limits) {
      Unit unit = each.rule().window().unit();
      boolean counts = unit.compareTo(first) >= 0 && unit.compareTo(last) <= 0;
      if (counts && (least == null || each.remaining() < least.remaining())) {
        least = each;
      }
    }
    return least;
  }

  private static void add(HeaderFields fields, String unit, @Nullable RateReading reading) {
    if (reading != null) {
      long limit = reading.rule().allowance().capacity();
      fields.add("x-ratelimit-limit-" + unit, Long.toString(limit));
      fields.add("x-ratelimit-remaining-" + unit, Long.toString(reading.remaining()));
      fields.add("x-ratelimit-reset-" + unit, text(reading.full()));
    }
  }

  /** A duration in the form of Go, rounded up to milliseconds: {@code 1h0m2s}, {@code 120ms}. */
  static String text(Duration time) {
    long millis = Math.ceilDiv(time.toNanos(), 1_000_000);
    if (millis < 1000) {
      return millis == 0 ? "0s" : millis + "ms";
    }
    long seconds = millis / 1000;
    StringBuilder text = new StringBuilder(12);
    if (seconds >= 3600) {
      text.append(seconds / 3600).append('h');
    }
    if (seconds >= 60) {
      text.append(seconds % 3600 / 60).append('m');
    }
    text.append(seconds % 60);
    if (millis % 1000 != 0) {
      String fraction = Long.toString(1000 + millis % 1000).substring(1);
      text.append('.').append(fraction.replaceFirst("0+$", ""));
    }
    return text.append('s').toString();
  }
}
