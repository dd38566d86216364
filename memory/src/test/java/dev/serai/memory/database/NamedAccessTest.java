package dev.serai.memory.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.problem.CapacityProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What shares the access to a database has a name of its own in its problems. */
class NamedAccessTest {
  @TempDir Path folder;

  @Test
  void aProblemNamesWhatWasReadOrChangedNotWhatElseIsStored() throws Exception {
    Files.createDirectory(folder.resolve("serai.db")); // a folder is not a database
    Database database = new Database("sqlite", folder);
    try (DatabaseReader reader = new DatabaseReader(database, "keys");
        ChangeWriter writer = new ChangeWriter(database, "keys", new Nothing())) {
      assertUnavailable(
          () -> reader.of("experiments").read(_ -> 1),
          "experiments_unavailable",
          "The experiments cannot be read now.");
      assertUnavailable(() -> reader.read(_ -> 1), "keys_unavailable", "The keys cannot");
      assertUnavailable(
          () -> writer.of("tenants").run(_ -> 1), "tenants_unavailable", "cannot be stored now");
    }
  }

  private static void assertUnavailable(Runnable access, String code, String message) {
    assertThatThrownBy(access::run)
        .isInstanceOfSatisfying(
            CapacityProblem.class,
            problem -> {
              assertThat(problem.code()).isEqualTo(code);
              assertThat(problem.message()).contains(message);
            });
  }

  private static final class Nothing implements ChangeWriter.Around {
    @Override
    public void begin(Connection connection) {}

    @Override
    public void stored(Connection connection) {}
  }
}
