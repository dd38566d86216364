package dev.serai.adapters.dialects.anthropic;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.rate.RateReading;
import dev.serai.core.rate.Window.Unit;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Writes what is left of a caller's limits as Anthropic does: {@code
 * anthropic-ratelimit-requests-limit} and others, with times as RFC 3339. Of several windows of one
 * kind, the one with the least left is shown.
 */
final class LimitFields {
  private LimitFields() {}

  static void add(HeaderFields fields, List<RateReading> limits, Instant now) {
    add(fields, "requests", RateReading.least(limits, Set.of(Unit.REQUESTS)), now);
    add(fields, "tokens", RateReading.least(limits, Set.of(Unit.TOKENS)), now);
    add(fields, "input-tokens", RateReading.least(limits, Set.of(Unit.INPUT_TOKENS)), now);
    add(fields, "output-tokens", RateReading.least(limits, Set.of(Unit.OUTPUT_TOKENS)), now);
  }

  private static void add(
      HeaderFields fields, String unit, Optional<RateReading> least, Instant now) {
    if (least.isPresent()) {
      RateReading reading = least.get();
      String prefix = "anthropic-ratelimit-" + unit;
      fields.add(prefix + "-limit", Long.toString(reading.rule().allowance().capacity()));
      fields.add(prefix + "-remaining", Long.toString(reading.remaining()));
      fields.add(prefix + "-reset", time(now, reading.full()));
    }
  }

  /** The next whole second. */
  private static String time(Instant now, Duration wait) {
    Instant end = now.plus(wait);
    Instant second = end.truncatedTo(ChronoUnit.SECONDS);
    return (second.equals(end) ? second : second.plusSeconds(1)).toString();
  }
}
