package dev.serai.core.background;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class BackgroundThreadTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  private final AtomicLong skipped = new AtomicLong();
  private final Ticker ticker = () -> System.nanoTime() + skipped.get();
  private final Queue<String> reports = new ConcurrentLinkedQueue<>();
  private final Queue<Duration> pauses = new ConcurrentLinkedQueue<>();
  private final BackgroundThreads threads =
      new BackgroundThreads(
          ticker,
          (thread, why, pause) -> {
            pauses.add(pause);
            reports.add(thread + ": " + why.getMessage());
          });

  @Test
  void workThatThrowsAnythingIsReportedAndRunAgain() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch working = new CountDownLatch(1);
    BackgroundThread thread =
        threads.make(
            "worker",
            self -> {
              switch (runs.incrementAndGet()) {
                case 1 -> throw new IllegalStateException("unchecked");
                case 2 -> throw new LinkageError("an error");
                default -> {
                  working.countDown();
                  parkUntilStopped(self);
                }
              }
            });
    thread.start();

    assertThat(working.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(reports).containsExactly("worker: unchecked", "worker: an error");
    assertThat(pauses).containsExactly(Duration.ofMillis(250), Duration.ofMillis(500));
    assertThat(thread.failures()).isEqualTo(2);
    stopped(thread);
  }

  @Test
  void aThreadFailsUntilItsWorkHasRunSteadily() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch again = new CountDownLatch(1);
    BackgroundThread thread =
        threads.makeVital(
            "worker",
            self -> {
              if (runs.incrementAndGet() == 1) {
                throw new IllegalStateException("once");
              }
              again.countDown();
              parkUntilStopped(self);
            });
    assertThat(threads.vitalOnesRun()).isTrue();
    thread.start();

    assertThat(again.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(threads.failing()).containsExactly("worker");
    assertThat(threads.vitalOnesRun()).isFalse();
    skipped.addAndGet(Duration.ofSeconds(11).toNanos());
    assertThat(threads.failing()).isEmpty();
    assertThat(threads.vitalOnesRun()).isTrue();
    stopped(thread);
  }

  @Test
  void theGatewayIsReadyWhileAThreadFailsThatItCanDoWithout() throws Exception {
    BackgroundThread thread =
        threads.make(
            "worker",
            self -> {
              throw new IllegalStateException("always");
            });
    thread.start();

    until(() -> thread.failures() > 0);
    assertThat(threads.failing()).containsExactly("worker");
    assertThat(threads.vitalOnesRun()).isTrue();
    stopped(thread);
  }

  @Test
  void workThatReturnsIsNotRunAgain() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    BackgroundThread thread = threads.make("worker", self -> runs.incrementAndGet());
    thread.start();
    thread.join(SOON);

    assertThat(runs).hasValue(1);
    assertThat(threads.failing()).isEmpty();
  }

  @Test
  void aStopEndsThePauseAndTheWorkRunsOnceMoreToClose() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    BackgroundThread thread =
        threads.make(
            "worker",
            self -> {
              runs.incrementAndGet();
              if (!self.isStopping()) {
                throw new IllegalStateException("always");
              }
            });
    thread.start();
    until(() -> thread.failures() >= 4); // the pause is two seconds now
    int before = runs.get();
    stopped(thread);

    assertThat(runs).hasValue(before + 1);
  }

  @Test
  void aFailureOfTheListenerDoesNotEndTheThread() throws Exception {
    BackgroundThreads broken =
        new BackgroundThreads(
            ticker,
            (thread, why, pause) -> {
              throw new IllegalStateException("the log is full");
            });
    BackgroundThread thread =
        broken.make(
            "worker",
            self -> {
              throw new IllegalStateException("always");
            });
    thread.start();

    until(() -> thread.failures() > 1);
    stopped(thread);
  }

  @Test
  void aTaskIsRepeatedUntilItsThreadIsStopped() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    BackgroundThread thread =
        threads.repeat(
            "poller", Duration.ZERO, Duration.ofMillis(1), self -> runs.incrementAndGet());
    thread.start();
    until(() -> runs.get() > 3);
    stopped(thread);
    int after = runs.get();
    LockSupport.parkNanos(5_000_000);

    assertThat(runs).hasValue(after);
  }

  @Test
  void aThreadThatWasNotStartedIsNotWaitedFor() throws Exception {
    stopped(threads.make("worker", self -> {}));
  }

  @Test
  void everyThreadIsObservedWheneverItIsMade() {
    List<String> names = new ArrayList<>();
    threads.make("before", self -> {});
    threads.observe(thread -> names.add(thread.name()));
    threads.makeVital("after", self -> {});

    assertThat(names).containsExactly("before", "after");
  }

  private static void parkUntilStopped(BackgroundThread self) {
    while (!self.isStopping()) {
      LockSupport.parkNanos(self, 1_000_000);
    }
  }

  private static void stopped(BackgroundThread thread) throws InterruptedException {
    thread.stop();
    thread.join(SOON);
    assertThat(thread.isAlive()).isFalse();
  }

  private interface Condition {
    boolean holds();
  }

  private static void until(Condition condition) {
    long end = System.nanoTime() + SOON.toNanos();
    while (!condition.holds()) {
      assertThat(System.nanoTime()).isLessThan(end);
      LockSupport.parkNanos(1_000_000);
    }
  }
}
