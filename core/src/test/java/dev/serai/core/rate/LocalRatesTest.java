package dev.serai.core.rate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.rate.RateKey.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalRatesTest {
  private static final Instant MIDNIGHT = Instant.parse("2026-03-01T00:00:00Z");

  private final AtomicLong nanos = new AtomicLong();
  private final LocalRates rates =
      new LocalRates(nanos::get, () -> MIDNIGHT.plusNanos(nanos.get()));

  @Test
  void aFullWindowAllowsItsAmountAtOnceAndThenRefillsEvenly() {
    RateRule rule = rule(Window.REQUESTS_PER_MINUTE, 6);
    assertThat(admitted(rule, 10)).isEqualTo(6);

    pass(Duration.ofSeconds(10).minusNanos(1000));
    assertThat(admitted(rule, 1)).isZero();
    pass(Duration.ofNanos(1000));
    assertThat(admitted(rule, 2)).isEqualTo(1);
  }

  @Test
  void aLimitThatDoesNotDivideTheWindowIsExactOverAnHour() {
    RateRule rule = rule(Window.REQUESTS_PER_SECOND, 7);
    int admitted = 0;
    for (int i = 0; i < 36_000; i++) {
      admitted += admitted(rule, 2);
      pass(Duration.ofMillis(100));
    }
    assertThat(admitted).isEqualTo(7 + 7 * 3600 - 1);
  }

  @Test
  void aBurstMayBeLargerThanTheRate() {
    RateRule rule = rule(new Allowance(Window.REQUESTS_PER_SECOND, 2, 5));
    assertThat(admitted(rule, 9)).isEqualTo(5);
    pass(Duration.ofSeconds(1));
    assertThat(admitted(rule, 9)).isEqualTo(2);
  }

  @Test
  void aRefusalSaysExactlyWhenTheWindowAllowsTheCall() {
    RateRule rule = rule(Window.TOKENS_PER_MINUTE, 600);
    assertThat(take(rule, 600)).isInstanceOf(RateDecision.Taken.class);
    assertThat(take(rule, 30)).isEqualTo(new RateDecision.Refused(rule, Duration.ofSeconds(3)));

    pass(Duration.ofSeconds(3));
    assertThat(take(rule, 30)).isInstanceOf(RateDecision.Taken.class);
  }

  /** Only the calendar day is of the clock, which may be wrong for a while. */
  @ParameterizedTest
  @ValueSource(longs = {1, -1, 24, -24, 24 * 365, -24 * 365})
  void aClockThatJumpsAndComesBackNeitherBlocksWindowsNorRefillsThem(long hours) {
    AtomicLong jump = new AtomicLong();
    LocalRates jumping =
        new LocalRates(
            nanos::get,
            () -> MIDNIGHT.plus(Duration.ofHours(12 + jump.get())).plusNanos(nanos.get()));
    RateRule second = rule(Window.REQUESTS_PER_SECOND, 5);
    RateRule day = rule(Window.REQUESTS_PER_DAY, 1_000);
    assertThat(taken(jumping, second, 10)).isEqualTo(5);
    assertThat(taken(jumping, day, 600)).isEqualTo(600);
    jump.set(hours);
    assertThat(taken(jumping, second, 10)).as("by the ticker").isZero();
    assertThat(taken(jumping, day, 400)).isEqualTo(400);
    jump.set(0);
    pass(Duration.ofSeconds(1));
    assertThat(taken(jumping, second, 10)).isEqualTo(5);
    assertThat(taken(jumping, day, 2_000)).isLessThanOrEqualTo(600);
    pass(Duration.ofDays(2));
    assertThat(taken(jumping, day, 2_000)).as("a day begins").isEqualTo(1_000);
  }

  private static int taken(LocalRates from, RateRule rule, int calls) {
    int taken = 0;
    for (int i = 0; i < calls; i++) {
      boolean admitted = from.take(List.of(new RateDemand(rule, 1))) instanceof RateDecision.Taken;
      taken += admitted ? 1 : 0;
    }
    return taken;
  }

  @Test
  void aDayIsACalendarDayInUtc() {
    RateRule rule = rule(Window.REQUESTS_PER_DAY, 2);
    pass(Duration.ofHours(23));
    assertThat(admitted(rule, 3)).isEqualTo(2);
    assertThat(take(rule, 1)).isEqualTo(new RateDecision.Refused(rule, Duration.ofHours(1)));

    pass(Duration.ofHours(1));
    assertThat(admitted(rule, 3)).isEqualTo(2);
  }

  /** LiteLLM#29576, #39726: after a reset, no count of the day before is left. */
  @Test
  void whatACallOfYesterdayGivesBackDoesNotChangeToday() {
    RateRule rule = rule(Window.TOKENS_PER_DAY, 100);
    pass(Duration.ofHours(23));
    RateDecision.Taken taken = (RateDecision.Taken) take(rule, 80);
    pass(Duration.ofHours(2));
    take(rule, 70);

    rates.adjust(rule, -80, taken.day());
    assertThat(rates.read(rule).remaining()).isEqualTo(30);
    rates.adjust(rule, 1000, taken.day());
    assertThat(rates.read(rule).remaining()).isEqualTo(30);
  }

  /** LiteLLM#38686: a refused call does not put off the end of the window. */
  @Test
  void refusedCallsTakeNothing() {
    RateRule minute = rule(Window.REQUESTS_PER_MINUTE, 60);
    RateRule day = rule(Window.REQUESTS_PER_DAY, 1);
    List<RateDemand> both = List.of(new RateDemand(minute, 1), new RateDemand(day, 1));
    assertThat(rates.take(both)).isInstanceOf(RateDecision.Taken.class);

    for (int i = 0; i < 1000; i++) {
      assertThat(rates.take(both)).isInstanceOf(RateDecision.Refused.class);
    }
    assertThat(rates.read(minute).remaining()).isEqualTo(59);
    pass(Duration.ofSeconds(1));
    assertThat(rates.read(minute).remaining()).isEqualTo(60);
  }

  /** LiteLLM#34492: a limit that is set later counts from then on. */
  @Test
  void aNewLimitOfAnOldKeyIsFullAndAChangedOneKeepsWhatWasTaken() {
    RateRule old = rule(Window.REQUESTS_PER_DAY, 1000);
    assertThat(admitted(old, 900)).isEqualTo(900);
    RateRule added = rule(Window.REQUESTS_PER_MINUTE, 10);
    assertThat(admitted(added, 20)).isEqualTo(10);

    RateRule raised = rule(Window.REQUESTS_PER_MINUTE, 30);
    assertThat(admitted(raised, 40)).isEqualTo(20);
    assertThat(admitted(rule(Window.REQUESTS_PER_DAY, 950), 100)).isEqualTo(50);
  }

  @Test
  void aLoweredLimitAllowsACallAsSoonAsItsOwnRateDoes() {
    assertThat(admitted(rule(Window.REQUESTS_PER_MINUTE, 100), 80)).isEqualTo(80);
    RateRule lowered = rule(Window.REQUESTS_PER_MINUTE, 6);
    assertThat(take(lowered, 1))
        .isEqualTo(new RateDecision.Refused(lowered, Duration.ofSeconds(10)));
  }

  @Test
  void tokensBeyondTheExpectedAreOwed() {
    RateRule rule = rule(Window.TOKENS_PER_MINUTE, 600);
    RateDecision.Taken taken = (RateDecision.Taken) take(rule, 100);
    rates.adjust(rule, 800, taken.day());
    assertThat(rates.read(rule).remaining()).isZero();
    assertThat(take(rule, 1)).isEqualTo(new RateDecision.Refused(rule, Duration.ofMillis(30_100)));
  }

  @Test
  void aCallLargerThanTheWindowIsAdmittedWhenTheWindowIsFull() {
    RateRule rule = rule(Window.TOKENS_PER_MINUTE, 600);
    assertThat(take(rule, 5000)).isInstanceOf(RateDecision.Taken.class);
    assertThat(take(rule, 5000)).isEqualTo(new RateDecision.Refused(rule, Duration.ofMinutes(1)));
  }

  /** HARDENING L16; LiteLLM#34732, #40095: no gap between the check and the count. */
  @Test
  void aCapOfConcurrentCallsIsExactUnderARaceOf64Threads() throws InterruptedException {
    RateRule rule = rule(Window.CONCURRENT_REQUESTS, 17);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger admitted = new AtomicInteger();
    race(
        64,
        thread -> {
          for (int i = 0; i < 2000; i++) {
            if (take(rule, 1) instanceof RateDecision.Taken taken) {
              admitted.incrementAndGet();
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              running.decrementAndGet();
              rates.adjust(rule, -1, taken.day());
            }
          }
        });
    assertThat(most.get()).isLessThanOrEqualTo(17);
    assertThat(admitted.get()).isPositive();
    assertThat(rates.read(rule).remaining()).isEqualTo(17);
  }

  /** LiteLLM#18730: a limit of tokens is not passed by calls that start at the same time. */
  @Test
  void callsThatStartTogetherNeverTakeMoreThanTheWindow() throws InterruptedException {
    RateRule tokens = rule(Window.TOKENS_PER_MINUTE, 100_000);
    RateRule requests = rule(Window.REQUESTS_PER_MINUTE, 1_000_000);
    List<RateDemand> demands = List.of(new RateDemand(requests, 1), new RateDemand(tokens, 999));
    AtomicInteger admitted = new AtomicInteger();
    race(
        64,
        thread -> {
          for (int i = 0; i < 100; i++) {
            if (rates.take(demands) instanceof RateDecision.Taken) {
              admitted.incrementAndGet();
            }
          }
        });
    assertThat(admitted).hasValue(100);
    assertThat(rates.read(requests).remaining()).isEqualTo(1_000_000 - 100);
  }

  /**
   * Threads take at random times from random windows. In every span of time, a window admits at
   * most what it holds when full and what it refills in that span.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void noWindowEverAdmitsMoreThanItRefills(long seed) throws InterruptedException {
    List<RateRule> rules = new ArrayList<>();
    Random random = new Random(seed);
    for (int i = 0; i < 8; i++) {
      RateKey key = new RateKey(Scope.KEY, "t", "k" + i, Window.REQUESTS_PER_SECOND);
      int amount = 1 + random.nextInt(50);
      rules.add(
          new RateRule(key, new Allowance(key.window(), amount, 1 + random.nextInt(2 * amount))));
    }
    int[][] admitted = new int[rules.size()][200];
    for (int step = 0; step < 200; step++) {
      AtomicInteger[] counts = new AtomicInteger[rules.size()];
      for (int i = 0; i < counts.length; i++) {
        counts[i] = new AtomicInteger();
      }
      int calls = random.nextInt(30);
      long steps = seed * 1000 + step;
      race(
          4,
          thread -> {
            Random own = new Random(steps * 31 + thread);
            for (int i = 0; i < calls; i++) {
              int chosen = own.nextInt(rules.size());
              if (take(rules.get(chosen), 1) instanceof RateDecision.Taken) {
                counts[chosen].incrementAndGet();
              }
            }
          });
      for (int i = 0; i < counts.length; i++) {
        admitted[i][step] = counts[i].get();
      }
      pass(Duration.ofMillis(50));
    }
    for (int i = 0; i < rules.size(); i++) {
      requireBound(admitted[i], rules.get(i).allowance());
    }
  }

  private static void requireBound(int[] admitted, Allowance allowance) {
    for (int from = 0; from < admitted.length; from++) {
      long sum = 0;
      for (int to = from; to < admitted.length; to++) {
        sum += admitted[to];
        long refilled = (to - from) * 50L * allowance.amount() / 1000;
        assertThat(sum).isLessThanOrEqualTo(allowance.capacity() + refilled);
      }
    }
  }

  @Test
  void windowsThatAreFullAgainAreForgotten() {
    for (int i = 0; i < 5000; i++) {
      take(rule("k" + i), 1);
      pass(Duration.ofMillis(100));
    }
    assertThat(rates.size()).isLessThan(2500);
  }

  @Test
  void memoryIsBoundedAndALimitThatCannotBeCountedRefuses() {
    LocalRates small = new LocalRates(nanos::get, () -> MIDNIGHT, 100);
    for (int i = 0; i < 100; i++) {
      assertThat(small.take(List.of(new RateDemand(rule("k" + i), 1))))
          .isInstanceOf(RateDecision.Taken.class);
    }
    assertThat(small.take(List.of(new RateDemand(rule("one more"), 1))))
        .isInstanceOf(RateDecision.Full.class);
    assertThat(small.size()).isEqualTo(100);

    pass(Duration.ofMinutes(1));
    assertThat(small.take(List.of(new RateDemand(rule("one more"), 1))))
        .isInstanceOf(RateDecision.Taken.class);
  }

  @Test
  void aWindowThatIsForgottenDuringACallIsCountedAnew() throws InterruptedException {
    LocalRates small = new LocalRates(nanos::get, () -> MIDNIGHT, 4);
    RateRule rule = rule(Window.CONCURRENT_REQUESTS, 3);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    race(
        8,
        thread -> {
          for (int i = 0; i < 2000; i++) {
            pass(Duration.ofSeconds(2));
            small.take(List.of(new RateDemand(rule("k" + thread + i), 1)));
            if (small.take(List.of(new RateDemand(rule, 1))) instanceof RateDecision.Taken taken) {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              running.decrementAndGet();
              small.adjust(rule, -1, taken.day());
            }
          }
        });
    assertThat(most.get()).isLessThanOrEqualTo(3);
    assertThat(small.read(rule).remaining()).isEqualTo(3);
  }

  private static void race(int threads, IntConsumer task) throws InterruptedException {
    CountDownLatch ready = new CountDownLatch(1);
    AtomicInteger failed = new AtomicInteger();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      for (int i = 0; i < threads; i++) {
        int thread = i;
        pool.execute(
            () -> {
              try {
                ready.await();
                task.accept(thread);
              } catch (InterruptedException | RuntimeException e) {
                failed.incrementAndGet();
              }
            });
      }
      ready.countDown();
      pool.shutdown();
      assertThat(pool.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(failed).hasValue(0);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private RateDecision take(RateRule rule, long amount) {
    return rates.take(List.of(new RateDemand(rule, amount)));
  }

  private int admitted(RateRule rule, int tries) {
    int admitted = 0;
    for (int i = 0; i < tries; i++) {
      admitted += take(rule, 1) instanceof RateDecision.Taken ? 1 : 0;
    }
    return admitted;
  }

  private static RateRule rule(Window window, long amount) {
    return rule(new Allowance(window, amount));
  }

  private static RateRule rule(Allowance allowance) {
    return new RateRule(new RateKey(Scope.KEY, "acme", "app", allowance.window()), allowance);
  }

  private static RateRule rule(String name) {
    Allowance allowance = new Allowance(Window.REQUESTS_PER_MINUTE, 1);
    return new RateRule(new RateKey(Scope.KEY, "acme", name, allowance.window()), allowance);
  }
}
