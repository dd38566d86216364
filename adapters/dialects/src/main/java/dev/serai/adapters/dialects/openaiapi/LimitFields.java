package dev.serai.adapters.dialects.openaiapi;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.rate.RateReading;
import dev.serai.core.rate.Window.Unit;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Writes what is left of a caller's limits as OpenAI does: {@code x-ratelimit-limit-requests} and
 * others, with times like {@code 6m0s} and {@code 1.5s}. Of several windows, the one with the least
 * left is shown.
 */
final class LimitFields {
  private static final Fields REQUESTS = Fields.of("requests", EnumSet.of(Unit.REQUESTS));
  private static final Fields TOKENS =
      Fields.of("tokens", EnumSet.of(Unit.TOKENS, Unit.INPUT_TOKENS, Unit.OUTPUT_TOKENS));

  /** The names of the fields that report some units. */
  private record Fields(Set<Unit> units, String limit, String remaining, String reset) {
    static Fields of(String word, Set<Unit> units) {
      String prefix = "x-ratelimit-";
      return new Fields(
          units, prefix + "limit-" + word, prefix + "remaining-" + word, prefix + "reset-" + word);
    }
  }

  private LimitFields() {}

  /** Adds the fields of requests and of tokens that are limited. */
  static void add(HeaderFields fields, List<RateReading> limits) {
    add(fields, REQUESTS, limits);
    add(fields, TOKENS, limits);
  }

  private static void add(HeaderFields fields, Fields names, List<RateReading> limits) {
    Optional<RateReading> least = RateReading.least(limits, names.units());
    if (least.isPresent()) {
      RateReading reading = least.get();
      long limit = reading.rule().allowance().capacity();
      fields.add(names.limit(), Long.toString(limit));
      fields.add(names.remaining(), Long.toString(reading.remaining()));
      fields.add(names.reset(), text(reading.full()));
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
      text.append('.').append(millis % 1000 + 1000).deleteCharAt(text.length() - 4);
      while (text.charAt(text.length() - 1) == '0') {
        text.setLength(text.length() - 1);
      }
    }
    return text.append('s').toString();
  }
}
