package dev.serai.core.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The windows of budgets where calendars and clocks are odd. All times are UTC. */
class BudgetCalendarTest {
  private static final Set<BudgetPeriod> CALENDAR =
      EnumSet.of(BudgetPeriod.DAY, BudgetPeriod.WEEK, BudgetPeriod.MONTH);

  @ParameterizedTest(name = "{0}: {1} at {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # Half an hour, and three quarters
          Asia/Kolkata         | DAY   | 2026-11-29T18:29:59.999Z | 2026-11-28T18:30:00Z | 2026-11-29T18:30:00Z
          Asia/Kolkata         | DAY   | 2026-11-29T18:30:00Z     | 2026-11-29T18:30:00Z | 2026-11-30T18:30:00Z
          Asia/Kolkata         | WEEK  | 2026-11-29T18:29:59.999Z | 2026-11-22T18:30:00Z | 2026-11-29T18:30:00Z
          Asia/Kathmandu       | DAY   | 2026-11-29T18:15:00Z     | 2026-11-29T18:15:00Z | 2026-11-30T18:15:00Z
          Asia/Kathmandu       | MONTH | 2026-02-28T18:14:59.999Z | 2026-01-31T18:15:00Z | 2026-02-28T18:15:00Z
          Asia/Kathmandu       | MONTH | 2026-02-28T18:15:00Z     | 2026-02-28T18:15:00Z | 2026-03-31T18:15:00Z
          # Clocks that change by half an hour
          Australia/Lord_Howe  | DAY   | 2026-04-05T00:00:00Z     | 2026-04-04T13:00:00Z | 2026-04-05T13:30:00Z
          Australia/Lord_Howe  | DAY   | 2026-10-04T00:00:00Z     | 2026-10-03T13:30:00Z | 2026-10-04T13:00:00Z
          Australia/Lord_Howe  | MONTH | 2026-10-15T00:00:00Z     | 2026-09-30T13:30:00Z | 2026-10-31T13:00:00Z
          # Days without midnight, and with two hours before it
          America/Santiago     | DAY   | 2026-09-06T03:59:59.999Z | 2026-09-05T04:00:00Z | 2026-09-06T04:00:00Z
          America/Santiago     | DAY   | 2026-09-06T04:00:00Z     | 2026-09-06T04:00:00Z | 2026-09-07T03:00:00Z
          America/Santiago     | DAY   | 2026-04-05T03:30:00Z     | 2026-04-04T03:00:00Z | 2026-04-05T04:00:00Z
          Africa/Cairo         | DAY   | 2026-04-24T12:00:00Z     | 2026-04-23T22:00:00Z | 2026-04-24T21:00:00Z
          Africa/Cairo         | DAY   | 2026-10-29T21:30:00Z     | 2026-10-28T21:00:00Z | 2026-10-29T22:00:00Z
          # 30 December 2011 is missing in Samoa
          Pacific/Apia         | DAY   | 2011-12-30T09:59:59.999Z | 2011-12-29T10:00:00Z | 2011-12-30T10:00:00Z
          Pacific/Apia         | DAY   | 2011-12-30T10:00:00Z     | 2011-12-30T10:00:00Z | 2011-12-31T10:00:00Z
          Pacific/Apia         | WEEK  | 2011-12-30T10:00:00Z     | 2011-12-26T10:00:00Z | 2012-01-01T10:00:00Z
          Pacific/Apia         | MONTH | 2011-12-30T10:00:00Z     | 2011-12-01T10:00:00Z | 2011-12-31T10:00:00Z
          # Clocks that go from 00:01 back to 23:01: the new day has begun
          America/St_Johns     | DAY   | 2006-10-29T02:45:00Z     | 2006-10-29T02:30:00Z | 2006-10-30T03:30:00Z
          # Leap days, and years without them
          UTC                  | DAY   | 2028-02-29T12:00:00Z     | 2028-02-29T00:00:00Z | 2028-03-01T00:00:00Z
          UTC                  | MONTH | 2100-02-28T23:59:59.999Z | 2100-02-01T00:00:00Z | 2100-03-01T00:00:00Z
          Asia/Kolkata         | MONTH | 2028-02-29T18:29:59.999Z | 2028-01-31T18:30:00Z | 2028-02-29T18:30:00Z
          # Ends of months and years
          America/New_York     | MONTH | 2026-04-01T03:59:59.999Z | 2026-03-01T05:00:00Z | 2026-04-01T04:00:00Z
          Asia/Kathmandu       | DAY   | 2026-12-31T18:15:00Z     | 2026-12-31T18:15:00Z | 2027-01-01T18:15:00Z
          Asia/Kathmandu       | MONTH | 2026-12-31T18:14:59.999Z | 2026-11-30T18:15:00Z | 2026-12-31T18:15:00Z
          UTC                  | WEEK  | 2027-01-01T00:00:00Z     | 2026-12-28T00:00:00Z | 2027-01-04T00:00:00Z
          """)
  void aWindowBeginsAndEndsWithTheCalendarOfTheZone(
      String zone, BudgetPeriod period, Instant at, Instant from, Instant until) {
    BudgetWindow window = period.at(at.toEpochMilli(), ZoneId.of(zone));

    assertThat(Instant.ofEpochMilli(window.fromMillis())).isEqualTo(from);
    assertThat(Instant.ofEpochMilli(window.untilMillis())).isEqualTo(until);
  }

  /** Each time is in one window only, whatever was asked before. */
  @Test
  void aroundEveryChangeOfEveryClockTheWindowsHoldEachTimeOnce() {
    int changes = 0;
    for (String name : ZoneId.getAvailableZoneIds()) {
      ZoneId zone = ZoneId.of(name);
      ZoneRules rules = zone.getRules();
      Instant last = Instant.parse("2000-01-01T00:00:00Z");
      ZoneOffsetTransition change = rules.nextTransition(last);
      while (change != null
          && change.getInstant().isBefore(Instant.parse("2031-01-01T00:00:00Z"))) {
        changes++;
        for (BudgetPeriod period : CALENDAR) {
          around(period, zone, change.getInstant());
        }
        change = rules.nextTransition(change.getInstant());
      }
    }
    assertThat(changes).isGreaterThan(1_000);
  }

  private static void around(BudgetPeriod period, ZoneId zone, Instant change) {
    long step = Duration.ofMinutes(15).toMillis();
    long end = change.plus(Duration.ofHours(3)).toEpochMilli();
    BudgetWindow before = period.at(end - 26 * 4 * step, zone);
    for (long at = end - 26 * 4 * step; at < end; at += step) {
      BudgetWindow window = period.at(at, zone);
      assertThat(window.contains(at)).as("%s %s at %d", zone, period, at).isTrue();
      if (!window.equals(before)) {
        assertThat(window.fromMillis())
            .as("%s %s at %d", zone, period, at)
            .isEqualTo(before.untilMillis());
      }
      before = window;
    }
  }
}
