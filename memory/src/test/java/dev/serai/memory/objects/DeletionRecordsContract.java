package dev.serai.memory.objects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.memory.MemoryChange;
import dev.serai.core.memory.MemoryPath;
import dev.serai.core.memory.Precondition;
import dev.serai.memory.database.Database;
import dev.serai.memory.database.Sql;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long the records of deleted objects are kept, in every database. */
abstract class DeletionRecordsContract {
  @TempDir Path folder;
  private final AtomicLong millis = new AtomicLong(1_000_000);
  private final AtomicLong skippedNanos = new AtomicLong();
  private final String tenant = "t" + UUID.randomUUID();
  private DatabaseMemoryStore store;

  abstract String url();

  /** Stores and deletes so many objects that the records are not removed at once. */
  @BeforeEach
  void deleteObjects() {
    BackgroundThreads threads =
        new BackgroundThreads(
            () -> System.nanoTime() + skippedNanos.get(), (thread, why, pause) -> {});
    store =
        new DatabaseMemoryStore(
            new Database(url(), folder),
            10_000,
            StoreTime.of(() -> Instant.ofEpochMilli(millis.get())),
            threads);
    store.start();
    List<MemoryChange> changes = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      changes.add(put("k" + i));
      changes.add(new MemoryChange.Delete(new MemoryPath("n", "k" + i), Precondition.NONE));
    }
    store.forTenant(tenant).change(changes);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static MemoryChange put(String key) {
    return new MemoryChange.Put(
        new MemoryPath("n", key),
        "1".getBytes(UTF_8),
        Optional.empty(),
        false,
        List.of(),
        Precondition.NONE);
  }

  private long records() throws SQLException {
    try (Connection connection = new Database(url(), folder).connect()) {
      String sql = "SELECT path FROM memory_deletion WHERE tenant = ?";
      return Sql.texts(connection, sql, tenant).size();
    }
  }

  /** Makes a change, with which old things are removed, and waits until all are. */
  private void sweep() {
    skippedNanos.addAndGet(Duration.ofMinutes(1).toNanos());
    store.forTenant(tenant).change(List.of(put("last")));
    store.close();
  }

  @Test
  void oneSweepRemovesAllThatAreOld() throws SQLException {
    assertThat(records()).isEqualTo(1000);
    millis.addAndGet(Duration.ofDays(8).toMillis());
    sweep();
    assertThat(records()).isZero();
  }

  @Test
  void theyAreKeptForAMillionChanges() throws SQLException {
    try (Connection connection = new Database(url(), folder).connect()) {
      Sql.run(connection, "UPDATE memory_version SET last = last + 999000");
    }
    sweep();
    assertThat(records()).isBetween(499L, 500L);
  }
}
