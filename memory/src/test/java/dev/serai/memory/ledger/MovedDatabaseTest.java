package dev.serai.memory.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.chat.Usage;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.memory.database.Database;
import dev.serai.memory.tokens.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of SQLite is moved, removed or replaced while the ledger is open. */
class MovedDatabaseTest {
  @TempDir Path folder;
  @TempDir Path elsewhere;

  private Path file;
  private Ledger ledger;
  private String before;

  @BeforeEach
  void begin() {
    file = folder.resolve("serai.db");
    ledger = open();
    before = settled();
    assertThat(ledger.of(before)).hasSize(1);
  }

  @AfterEach
  void end() {
    ledger.close();
  }

  @Test
  void usageStaysInTheJournalWhileTheFileIsAwayAndIsWrittenWhenItIsBack() throws Exception {
    Path moved = move(file);
    String during = settled();
    until("noticed", () -> !ledger.databaseUp());

    assertThatThrownBy(() -> ledger.of(before))
        .isInstanceOf(CapacityProblem.class)
        .hasMessage("The database of usage cannot be used; the log of the gateway says why.");
    assertThat(file).doesNotExist();
    assertThat(calls(moved)).as("the moved file is whole").isEqualTo(1);

    Files.move(moved, file);
    until("noticed that it is back", ledger::databaseUp);
    assertThat(ledger.of(before)).hasSize(1);
    assertThat(ledger.of(during)).hasSize(1);
    assertThat(ledger.lost()).isZero();
  }

  @Test
  void aFileThatIsRemovedIsMadeAgainByTheNextStartOnly() throws Exception {
    Files.delete(file);
    String during = settled();
    until("noticed", () -> !ledger.databaseUp());
    ledger.close();
    assertThat(file).doesNotExist();

    ledger = open();
    assertThat(ledger.of(during)).hasSize(1);
  }

  @Test
  void aBackupThatReplacesTheFileGetsTheUsageFromThenOn() throws Exception {
    new Database("sqlite", elsewhere.resolve("other")).connect().close();
    Path moved = move(file);
    Files.move(elsewhere.resolve("other/serai.db"), file);

    assertThat(ledger.of(before)).as("without any call that is written").isEmpty();
    String during = settled();
    assertThat(ledger.of(during)).hasSize(1);
    assertThat(ledger.databaseUp()).isTrue();
    assertThat(calls(moved)).as("the moved file is whole").isEqualTo(1);
  }

  @Test
  void aFileThatIsNotADatabaseOfSeraiIsUnchanged() throws Exception {
    Path moved = move(file);
    Files.createFile(file);
    String during = settled();
    until("noticed", () -> !ledger.databaseUp());
    assertThatThrownBy(() -> ledger.of(before)).isInstanceOf(CapacityProblem.class);
    assertThat(file).isEmptyFile();

    Files.delete(file);
    Files.move(moved, file);
    until("noticed that it is back", ledger::databaseUp);
    assertThat(ledger.of(before)).hasSize(1);
    assertThat(ledger.of(during)).hasSize(1);
  }

  private Ledger open() {
    Ledger opened =
        new Ledger(
            LedgerLimits.in(folder, 64 * 1024 * 1024),
            new Database("sqlite", folder),
            new UsagePricing(new CallFixtures.Prices(), new Tokenizer(), ByteLimit.unlimited()),
            () -> Instant.ofEpochMilli(CallFixtures.NOW),
            BackgroundThreads.unreported());
    opened.start(row -> {});
    return opened;
  }

  private String settled() {
    String id = CallFixtures.id(CallFixtures.NOW);
    ledger.settled(CallFixtures.answered(id, Usage.of(1, 1)));
    return id;
  }

  private Path move(Path from) throws IOException {
    return Files.move(from, elsewhere.resolve("moved.db"));
  }

  private static int calls(Path database) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("SELECT COUNT(*) FROM usage_attempt")) {
      found.next();
      return found.getInt(1);
    }
  }

  private static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      LockSupport.parkNanos(5_000_000);
    }
  }
}
