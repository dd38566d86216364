package dev.serai.core.rate.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.serai.core.rate.Allowance;
import dev.serai.core.rate.LocalRates;
import dev.serai.core.rate.RateDemand;
import dev.serai.core.rate.RateKey;
import dev.serai.core.rate.RateKey.Scope;
import dev.serai.core.rate.RateRule;
import dev.serai.core.rate.Window;
import dev.serai.core.rate.shared.RateExchange.Count;
import dev.serai.core.rate.shared.RateReports.Pending;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateReportsTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final RateRule MINUTE = rule(Window.REQUESTS_PER_MINUTE, 60);
  private static final RateRule DAY = rule(Window.REQUESTS_PER_DAY, 1000);

  private final AtomicLong nanos = new AtomicLong();
  private final LocalRates local = new LocalRates(nanos::get, () -> NOON.plusNanos(nanos.get()));
  private final SharedWindows windows = new SharedWindows(local);
  private final RateReports reports = new RateReports(local, windows, "one");

  @Test
  void aReportHasWhatWasTakenSinceTheLast() {
    take(MINUTE, 5);
    assertThat(count(1, false).change()).isEqualTo(5);
    take(MINUTE, 2);
    assertThat(count(1, false).change()).isEqualTo(2);
    assertThat(count(1, false).change()).isZero();
  }

  @Test
  void whatWasTakenInALongOutageIsNotADebtAfterIt() {
    for (int i = 0; i < 600; i++) {
      take(MINUTE, 1);
      pass(Duration.ofSeconds(2));
    }
    assertThat(count(1, true).change()).isLessThanOrEqualTo(60);
  }

  @Test
  void aDayForgetsNothingInAnOutage() {
    for (int i = 0; i < 300; i++) {
      take(DAY, 1);
      pass(Duration.ofSeconds(2));
    }
    assertThat(count(1, true).change()).isEqualTo(300);
  }

  @Test
  void aReportThatIsSentAgainHasLessByWhatHasRefilled() {
    take(MINUTE, 30);
    take(DAY, 30);
    Pending pending = drain(1, false);
    pass(Duration.ofSeconds(10));

    for (Count each : pending.at(nanos.get()).counts()) {
      assertThat(each.change()).isCloseTo(each.refill() > 0 ? 20 : 30, within(0.001));
    }
    assertThat(pending.at(nanos.get()).number()).isEqualTo(pending.report().number());
  }

  @Test
  void theCountsOfAllReplaceThoseOfThisGateway() {
    take(MINUTE, 5);
    Pending pending = drain(1, false);
    take(MINUTE, 1);
    reports.apply(pending, List.of(45.0));

    assertThat(local.read(MINUTE).remaining()).isEqualTo(14);
  }

  @Test
  void whatIsKnownOfADayBeginsACountThatDoesNotExist() {
    take(DAY, 5);
    reports.apply(drain(1, false), List.of(105.0));
    take(DAY, 1);
    assertThat(count(1, false).known()).isEqualTo(106);
  }

  /** While others are away each unit counts here for them, too; they report their own. */
  @Test
  void aWindowThatIsFirstUsedInAnOutageIsReportedWithWhatWasTakenHere() {
    local.take(List.of(new RateDemand(DAY, 6)));
    windows.add(DAY, 3, 2, local.day());
    Count count = count(2, true);
    assertThat(count.change()).isEqualTo(3);
    assertThat(count.known()).isEqualTo(3);
  }

  @Test
  void aWindowThatIsIdleIsNoLongerReportedAndOneThatIsUsedAgainIs() {
    take(DAY, 1);
    for (int i = 0; i < 40; i++) {
      reports.due().forEach(due -> reports.drain(due, 1, false, nanos.get()));
    }
    assertThat(reports.due()).isEmpty();
    assertThat(windows.size()).isZero();

    take(DAY, 1);
    assertThat(count(1, false).change()).isEqualTo(1);
  }

  @Test
  void aReportHasABoundAndTheRestIsInTheNext() {
    for (int i = 0; i < RateExchange.MAX_COUNTS + 1; i++) {
      RateKey key = new RateKey(Scope.TENANT, "", "tenant-" + i, Window.REQUESTS_PER_DAY);
      windows.add(new RateRule(key, DAY.allowance()), 1, 1, local.day());
    }
    assertThat(reports.due()).extracting(List::size).containsExactly(RateExchange.MAX_COUNTS, 1);
  }

  private Count count(int weight, boolean late) {
    return drain(weight, late).report().counts().getFirst();
  }

  private Pending drain(int weight, boolean late) {
    return reports.drain(reports.due().getFirst(), weight, late, nanos.get());
  }

  private void take(RateRule rule, int amount) {
    local.take(List.of(new RateDemand(rule, amount)));
    windows.add(rule, amount, 1, local.day());
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private static RateRule rule(Window window, long amount) {
    return new RateRule(
        new RateKey(Scope.TENANT, "", "acme", window), new Allowance(window, amount));
  }
}
