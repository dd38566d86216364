package dev.serai.core.time;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks the durations of a record, so that all that it refuses are reported, each with the range
 * that is allowed. Not thread-safe.
 */
public final class DurationFaults {
  private static final Duration MIN_DAYS = Duration.ofDays(2);

  private final List<String> faults = new ArrayList<>();

  /** A duration that must be longer than nothing. */
  public DurationFaults positive(String component, Duration value) {
    return refuseIf(!value.isPositive(), component + " must be above 0s");
  }

  /** A duration that may be nothing. */
  public DurationFaults notNegative(String component, Duration value) {
    return refuseIf(value.isNegative(), component + " must be 0s or more");
  }

  /** A duration with a lower limit, which is allowed itself. */
  public DurationFaults atLeast(String component, Duration value, Duration min) {
    return refuseIf(value.compareTo(min) < 0, component + " must be at least " + written(min));
  }

  /** A duration with two limits, which are allowed themselves. */
  public DurationFaults within(String component, Duration value, Duration min, Duration max) {
    boolean outside = value.compareTo(min) < 0 || value.compareTo(max) > 0;
    return refuseIf(outside, component + " must be from " + written(min) + " to " + written(max));
  }

  /** What else the record refuses, which begins with the name of its component. */
  public DurationFaults refuseIf(boolean wrong, String what) {
    if (wrong) {
      faults.add(what);
    }
    return this;
  }

  /**
   * Refuses the record.
   *
   * @throws IllegalArgumentException with a line for each fault, if there is one
   */
  public void throwIfAny() {
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", faults));
    }
  }

  /** As settings write it: 500ms, 30s, 10m, 1h or 2d. */
  public static String written(Duration time) {
    if (time.toMillis() % 1000 != 0) {
      return time.toMillis() + "ms";
    }
    long seconds = time.toSeconds();
    if (time.compareTo(MIN_DAYS) >= 0 && seconds % 86_400 == 0) {
      return time.toDays() + "d";
    }
    if (seconds > 0 && seconds % 3_600 == 0) {
      return time.toHours() + "h";
    }
    return seconds > 0 && seconds % 60 == 0 ? time.toMinutes() + "m" : seconds + "s";
  }
}
