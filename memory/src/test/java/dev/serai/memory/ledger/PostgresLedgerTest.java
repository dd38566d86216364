package dev.serai.memory.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.caller.Caller;
import dev.serai.core.chat.Usage;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.memory.database.PostgresServer;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresLedgerTest extends LedgerRowsContract {
  @RegisterExtension static final PostgresServer server = new PostgresServer();

  @Override
  String url() {
    return server.url();
  }

  @Test
  void usageIsWrittenWhenTheDatabaseIsAvailableAgain() throws Exception {
    Caller caller = new Caller("outage", "", "", "");
    AtomicInteger settled = new AtomicInteger();
    AtomicBoolean enough = new AtomicBoolean();
    try (ExecutorService callers = Executors.newSingleThreadExecutor()) {
      callers.submit(
          () -> {
            while (!enough.get()) {
              settle(
                  CallFixtures.answered(CallFixtures.id(CallFixtures.NOW), Usage.of(1, 1)), caller);
              settled.incrementAndGet();
              LockSupport.parkNanos(200_000);
            }
          });
      try {
        until("calls in the database", () -> ledger.written() > 100);
        server.stop();
        until("the outage is noticed", () -> !ledger.databaseUp());
        int atOutage = settled.get();
        assertThatThrownBy(() -> totals("outage")).isInstanceOf(CapacityProblem.class);
        until("calls go on", () -> settled.get() > atOutage + 1000);
        server.startAgain();
      } finally {
        enough.set(true); // or the executor never closes
      }
      callers.shutdown();
      assertThat(callers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }
    long began = System.nanoTime();
    until("drained", () -> ledger.databaseUp() && ledger.lagSeconds() == 0);

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
    assertThat(totals("outage").getFirst().requests()).isEqualTo(settled.get());
    assertThat(totals("outage").getFirst().usage().input()).isEqualTo(settled.get());
    assertThat(ledger.lost()).isZero();
  }

  /** A condition that is polled. */
  private interface Condition {
    boolean holds();
  }

  private static void until(String what, Condition condition) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      LockSupport.parkNanos(5_000_000);
    }
  }
}
