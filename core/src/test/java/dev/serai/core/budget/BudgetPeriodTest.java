package dev.serai.core.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class BudgetPeriodTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static String window(BudgetPeriod period, String at, ZoneId zone) {
    BudgetWindow window = period.at(Instant.parse(at).toEpochMilli(), zone);
    return Instant.ofEpochMilli(window.fromMillis())
        + " "
        + Instant.ofEpochMilli(window.untilMillis());
  }

  @Test
  void aDayOnWhichClocksChangeHas23Or25Hours() {
    assertThat(window(BudgetPeriod.DAY, "2026-03-29T12:00:00Z", BERLIN))
        .isEqualTo("2026-03-28T23:00:00Z 2026-03-29T22:00:00Z");
    assertThat(window(BudgetPeriod.DAY, "2026-10-25T12:00:00Z", BERLIN))
        .isEqualTo("2026-10-24T22:00:00Z 2026-10-25T23:00:00Z");
  }

  /** In Santiago the clocks go from 24:00 to 01:00: the day has no midnight. */
  @Test
  void aDayWithoutMidnightBeginsWithItsFirstMoment() {
    assertThat(window(BudgetPeriod.DAY, "2026-09-06T12:00:00Z", ZoneId.of("America/Santiago")))
        .isEqualTo("2026-09-06T04:00:00Z 2026-09-07T03:00:00Z");
  }

  /** envoy ai-gateway#2469: calendar months. */
  @Test
  void aMonthIsOneOfTheCalendar() {
    assertThat(window(BudgetPeriod.MONTH, "2028-02-29T23:59:59.999Z", ZoneOffset.UTC))
        .isEqualTo("2028-02-01T00:00:00Z 2028-03-01T00:00:00Z");
    assertThat(window(BudgetPeriod.MONTH, "2026-01-31T23:30:00Z", BERLIN))
        .isEqualTo("2026-01-31T23:00:00Z 2026-02-28T23:00:00Z");
    assertThat(window(BudgetPeriod.MONTH, "2026-12-31T23:59:59.999Z", ZoneOffset.UTC))
        .isEqualTo("2026-12-01T00:00:00Z 2027-01-01T00:00:00Z");
  }

  @Test
  void aWeekBeginsOnMonday() {
    assertThat(window(BudgetPeriod.WEEK, "2026-11-29T23:59:59Z", ZoneOffset.UTC))
        .isEqualTo("2026-11-23T00:00:00Z 2026-11-30T00:00:00Z");
    assertThat(window(BudgetPeriod.WEEK, "2026-11-30T00:00:00Z", ZoneOffset.UTC))
        .isEqualTo("2026-11-30T00:00:00Z 2026-12-07T00:00:00Z");
  }

  @Test
  void windowsFollowEachOtherWithoutAGap() {
    for (String name : new String[] {"UTC", "Europe/Berlin", "Asia/Kathmandu", "Pacific/Apia"}) {
      ZoneId zone = ZoneId.of(name);
      for (BudgetPeriod period :
          new BudgetPeriod[] {BudgetPeriod.DAY, BudgetPeriod.WEEK, BudgetPeriod.MONTH}) {
        long at = Instant.parse("2011-12-01T00:00:00Z").toEpochMilli();
        BudgetWindow window = period.at(at, zone);
        for (int i = 0; i < 800; i++) {
          assertThat(window.contains(at)).isTrue();
          assertThat(window.contains(window.untilMillis())).isFalse();
          BudgetWindow next = period.at(window.untilMillis(), zone);
          assertThat(next.fromMillis()).as(name + " " + period).isEqualTo(window.untilMillis());
          assertThat(period.at(next.untilMillis() - 1, zone)).isEqualTo(next);
          at = next.fromMillis() + Duration.ofMinutes(1).toMillis();
          window = next;
        }
      }
    }
  }

  @Test
  void aTotalNeverEnds() {
    assertThat(BudgetPeriod.TOTAL.at(5, BERLIN).ends()).isFalse();
    assertThat(BudgetPeriod.TOTAL.at(5, BERLIN).contains(Long.MAX_VALUE - 1)).isTrue();
  }
}
