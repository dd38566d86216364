package dev.serai.memory.responses;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.problem.CapacityProblem;
import dev.serai.memory.database.PostgresServer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresResponseStoreTest extends ResponseStoreContract {
  @RegisterExtension static final PostgresServer server = new PostgresServer();

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
    String tooLong =
        new Random(1).ints(5000, 'a', 'z').mapToObj(Character::toString).collect(joining());
    ours().store(new Turn("a", "hello"));
    ours().store(new Turn(tooLong, "hello"));
    ours().store(new Turn("b", "hello"));
    assertThat(ours().find(tooLong)).isPresent();
    store.close();
    assertThat(store.lost()).isEqualTo(1);
    restart();

    assertThat(ours().find("a")).isPresent();
    assertThat(ours().find("b")).isPresent();
  }

  @Test
  void anIdWithCharactersThatTheDatabaseDoesNotStoreIsFoundAllTheSame() {
    ours().store(new Turn("nul-\u0000", "hello"));
    restart();

    assertThat(ours().find("nul-\u0000")).isPresent();
    assertThat(ours().delete("nul-\u0000")).isTrue();
  }
}
