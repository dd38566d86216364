package dev.serai.core.rate;

import dev.serai.core.rate.Window.Unit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is left of a window. Immutable.
 *
 * @param remaining whole units that could be taken now
 * @param full time until the window is full again
 * @param next time until a unit can be taken; zero if one can be taken now
 */
public record RateReading(RateRule rule, long remaining, Duration full, Duration next) {

  /** The reading with the least left among windows of {@code units}; empty if there is none. */
  public static Optional<RateReading> least(List<RateReading> readings, Set<Unit> units) {
    RateReading least = null;
    for (RateReading each : readings) {
      boolean counts = units.contains(each.rule().window().unit());
      if (counts && (least == null || each.remaining() < least.remaining())) {
        least = each;
      }
    }
    return Optional.ofNullable(least);
  }
}
