package dev.serai.core.budget;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How long a budget lasts before it begins again, on the borders of the calendar. */
public enum BudgetPeriod {
  DAY("day"),
  /** From Monday. */
  WEEK("week"),
  MONTH("month"),
  /** For ever. */
  TOTAL("total");

  private final String label;

  /** The last window of each time zone: almost every call is in it. */
  private final Map<ZoneId, BudgetWindow> last = new ConcurrentHashMap<>();

  BudgetPeriod(String label) {
    this.label = label;
  }

  /** Its name in settings and replies. */
  public String label() {
    return label;
  }

  /**
   * The window around a time. Days begin when the clocks of the zone first show that date, so a day
   * on which clocks change has 23 or 25 hours.
   *
   * @param millis since 1970, UTC
   */
  public BudgetWindow at(long millis, ZoneId zone) {
    if (this == TOTAL) {
      return BudgetWindow.ALWAYS;
    }
    BudgetWindow known = last.get(zone);
    if (known != null && known.contains(millis)) {
      return known;
    }
    BudgetWindow window = find(millis, zone);
    last.put(zone, window);
    return window;
  }

  private BudgetWindow find(long millis, ZoneId zone) {
    LocalDate day = Instant.ofEpochMilli(millis).atZone(zone).toLocalDate();
    LocalDate first = first(day);
    LocalDate after = next(first);
    while (start(after, zone) <= millis) { // clocks have gone back over midnight
      first = after;
      after = next(first);
    }
    return new BudgetWindow(start(first, zone), start(after, zone));
  }

  private LocalDate first(LocalDate day) {
    return switch (this) {
      case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTH -> day.withDayOfMonth(1);
      case DAY, TOTAL -> day;
    };
  }

  private LocalDate next(LocalDate first) {
    return switch (this) {
      case WEEK -> first.plusWeeks(1);
      case MONTH -> first.plusMonths(1);
      case DAY, TOTAL -> first.plusDays(1);
    };
  }

  private static long start(LocalDate day, ZoneId zone) {
    return day.atStartOfDay(zone).toInstant().toEpochMilli();
  }
}
