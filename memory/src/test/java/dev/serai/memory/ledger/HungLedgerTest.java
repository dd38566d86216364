package dev.serai.memory.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.caller.Caller;
import dev.serai.core.chat.Usage;
import dev.serai.core.limit.ByteLimit;
import dev.serai.memory.database.Database;
import dev.serai.memory.database.DatabaseTimeouts;
import dev.serai.memory.database.DeafProxy;
import dev.serai.memory.database.PostgresServer;
import dev.serai.memory.tokens.Tokenizer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A ledger whose database takes connections and bytes and never responds. */
class HungLedgerTest {
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final Caller CALLER = new Caller("hung", "", "", "");
  private static final int CALLS = 100;

  @RegisterExtension static final PostgresServer server = new PostgresServer();
  @TempDir Path folder;

  @Test
  void callsSettleWhileTheDatabaseHangsAndAllRowsAreThereAfterwards() throws Exception {
    new Database(server.url(), folder).connect().close(); // with its schema, which takes longer
    try (DeafProxy proxy = new DeafProxy(server.port());
        Ledger ledger = open(proxy)) {
      settle(ledger);
      until("the first calls are written", () -> ledger.written() == CALLS);
      proxy.deafen(true);
      settle(ledger);
      until("the outage is noticed", () -> !ledger.databaseUp());
      settle(ledger);
      assertThat(ledger.lagSeconds()).isPositive();

      proxy.deafen(false);
      until("all is written", () -> ledger.databaseUp() && ledger.lagSeconds() == 0);
      assertThat(
              ledger.totals(LedgerContract.query("hung", 0, Long.MAX_VALUE)).getFirst().requests())
          .isEqualTo(3 * CALLS);
      assertThat(ledger.lost()).isZero();
      assertThat(ledger.setAside()).isZero();
    }
  }

  private Ledger open(DeafProxy proxy) {
    String url = "postgres://postgres:postgres@127.0.0.1:" + proxy.port() + "/postgres";
    Ledger ledger =
        new Ledger(
            LedgerLimits.in(folder, 64 * 1024 * 1024),
            new Database(url, folder, new DatabaseTimeouts(SHORT, SHORT, SHORT.multipliedBy(20))),
            new UsagePricing(new CallFixtures.Prices(), new Tokenizer(), ByteLimit.unlimited()),
            () -> Instant.ofEpochMilli(CallFixtures.NOW),
            BackgroundThreads.unreported());
    ledger.start(_ -> {});
    return ledger;
  }

  private static void settle(Ledger ledger) {
    for (int i = 0; i < CALLS; i++) {
      LedgerContract.settle(
          ledger, CallFixtures.answered(CallFixtures.id(CallFixtures.NOW), Usage.of(1, 1)), CALLER);
    }
  }

  private static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      LockSupport.parkNanos(5_000_000);
    }
  }
}
