package dev.serai.memory.objects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.memory.MemoryChange;
import dev.serai.core.memory.MemoryEntry;
import dev.serai.core.memory.MemoryOutcome;
import dev.serai.core.memory.MemoryPath;
import dev.serai.core.memory.MemoryQuery;
import dev.serai.core.memory.Precondition;
import dev.serai.core.memory.TenantMemory;
import dev.serai.memory.database.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How memory objects are stored in every database. */
abstract class DatabaseMemoryStoreContract extends MemoryStoreContract {
  @TempDir Path folder;

  abstract String url();

  @Override
  protected Opened open(long quota, InstantSource clock, BackgroundThreads threads) {
    return started(quota, StoreTime.of(clock), threads);
  }

  private Opened started(long quota, StoreTime time, BackgroundThreads threads) {
    DatabaseMemoryStore store =
        new DatabaseMemoryStore(new Database(url(), folder), quota, time, threads);
    store.start();
    return new Opened() {
      @Override
      public TenantMemory forTenant(String tenant) {
        return store.forTenant(tenant);
      }

      @Override
      public void close() {
        store.close();
      }
    };
  }

  /** A gateway whose clock is wrong by so many days. */
  private Opened wrong(int days) {
    InstantSource clock = () -> Instant.now().plus(days, ChronoUnit.DAYS);
    return started(10_000, StoreTime.ofDatabase(clock), BackgroundThreads.unreported());
  }

  private static MemoryEntry put(TenantMemory memory, String key) {
    MemoryChange.Put put =
        new MemoryChange.Put(
            new MemoryPath("n", key),
            "1".getBytes(UTF_8),
            Optional.of(Duration.ofHours(1)),
            false,
            List.of(),
            Precondition.NONE);
    return ((MemoryOutcome.Stored) memory.change(List.of(put)).getFirst()).entry();
  }

  @Test
  void timesAreThoseOfTheDatabaseWhateverTheClocksOfTheGatewaysSay() {
    String tenant = "t" + UUID.randomUUID();
    try (Opened late = wrong(3);
        Opened early = wrong(-3)) {
      MemoryEntry stored = put(early.forTenant(tenant), "a");
      assertThat(stored.updated()).isCloseTo(Instant.now(), within(10, ChronoUnit.MINUTES));
      put(late.forTenant(tenant), "b");
      for (Opened gateway : List.of(early, late)) {
        TenantMemory memory = gateway.forTenant(tenant);
        assertThat(memory.find(new MemoryPath("n", "a"))).isPresent();
        assertThat(memory.list(new MemoryQuery("n", "", Optional.empty(), 10))).hasSize(2);
      }
    }
  }
}
