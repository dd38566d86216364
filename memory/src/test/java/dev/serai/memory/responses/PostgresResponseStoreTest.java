package dev.serai.memory.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.problem.CapacityProblem;
import dev.serai.memory.database.Postgres;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresResponseStoreTest extends ResponseStoreContract {
  @TempDir static Path data;
  static Postgres server;

  @BeforeAll
  static void startServer() {
    server = Postgres.start(data.resolve("data"));
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Override
  String url() {
    return server.url();
  }

  @Test
  void newResponsesAreFoundWhileTheDatabaseIsDownAndStoredLater() {
    ours().store(new Turn("before", "hello"));
    restart();
    server.stop();

    ours().store(new Turn("during", "hello"));
    assertThat(ours().find("during")).isPresent();
    isRefusedWhileTheDatabaseIsAway();
    assertThatThrownBy(() -> ours().delete("before")).isInstanceOf(CapacityProblem.class);

    server.startAgain();
    assertThat(ours().delete("before")).as("brought there behind what waited").isTrue();
    restart();
    assertThat(ours().find("during")).isPresent();
    assertThat(ours().find("before")).isEmpty();
  }

  @Test
  void aResponseThatTheDatabaseRefusesDoesNotBlockTheOthers() {
    ours().store(new Turn("a", "hello"));
    ours().store(new Turn("nul-\u0000", "hello"));
    ours().store(new Turn("b", "hello"));
    assertThat(ours().find("nul-\u0000")).isPresent();
    restart();

    assertThat(ours().find("a")).isPresent();
    assertThat(ours().find("b")).isPresent();
  }
}
