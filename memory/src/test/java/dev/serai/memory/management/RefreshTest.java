package dev.serai.memory.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.background.BackgroundThreads;
import dev.serai.memory.database.Database;
import dev.serai.memory.keys.Pepper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefreshTest {
  /** SQLite removes its log of writes when the last connection is closed. */
  @Test
  void aThreadThatStopsClosesItsConnection(@TempDir Path folder) throws Exception {
    Database database = new Database("sqlite", folder);
    Pepper pepper = new Pepper(Optional.empty(), folder, false, new SecureRandom());
    List<Refresh.Read> reads = new ArrayList<>();
    Refresh refresh =
        new Refresh(
            database, pepper, reads::add, _ -> {}, () -> {}, BackgroundThreads.unreported());
    refresh.start();
    assertThat(refresh.awaitFirst(Duration.ofSeconds(30))).isTrue();
    Path log = folder.resolve("serai.db-wal");
    assertThat(log).exists();
    refresh.stop();
    assertThat(log).doesNotExist();
    assertThat(reads).hasSize(1);
  }

  @Test
  void keysAndBudgetsAreReadBeforePrompts(@TempDir Path folder) throws Exception {
    Database database = new Database("sqlite", folder);
    Pepper pepper = new Pepper(Optional.empty(), folder, false, new SecureRandom());
    List<Object> reads = new ArrayList<>();
    Refresh refresh =
        new Refresh(
            database, pepper, reads::add, reads::add, () -> {}, BackgroundThreads.unreported());
    try (Connection connection = database.connect()) {
      refresh.read(connection);
    }
    assertThat(reads).hasSize(2);
    assertThat(reads.getFirst()).isInstanceOf(Refresh.Read.class);
  }

  @Test
  void withADamagedPepperEverythingButKeysIsReadUntilItIsRestored(@TempDir Path folder)
      throws Exception {
    Database database = new Database("sqlite", folder);
    Path file = folder.resolve("api-keys.pepper");
    Files.writeString(file, "0123456789");
    Pepper pepper = new Pepper(Optional.empty(), folder, false, new SecureRandom());
    List<Refresh.Read> reads = new ArrayList<>();
    AtomicInteger unchanged = new AtomicInteger();
    Refresh refresh =
        new Refresh(
            database,
            pepper,
            reads::add,
            _ -> {},
            unchanged::incrementAndGet,
            BackgroundThreads.unreported());
    try (Connection connection = database.connect()) {
      refresh.read(connection);
      refresh.read(connection);
      assertThat(reads).singleElement().matches(read -> read.hasher().isEmpty());
      assertThat(unchanged).hasValue(1);

      Files.writeString(file, "ab".repeat(32));
      try (Statement sql = connection.createStatement()) {
        sql.execute("ALTER TABLE api_key RENAME TO away");
        assertThatThrownBy(() -> refresh.read(connection)).isInstanceOf(SQLException.class);
        sql.execute("ALTER TABLE away RENAME TO api_key");
      }
      refresh.read(connection);
      assertThat(reads).hasSize(2);
      assertThat(reads.getLast().hasher()).isPresent();
    }
  }
}
