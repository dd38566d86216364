package dev.serai.adapters.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.bandit.shared.LearnedRow;
import dev.serai.core.bandit.shared.LearnedStore.Batch;
import dev.serai.core.bandit.shared.LearnedStore.Head;
import dev.serai.core.net.RedisAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Protocol.Command;

/** Rows of what bandits have learned, in a real Redis, and what other servers reply. */
class RedisLearnedTest {
  @TempDir static Path programs;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\n\r\n",
        "-OOM command not allowed when used memory > 'maxmemory'.\r\n",
        "+OK\r\n",
        "*0\r\n",
        "*2\r\n$1\r\nx\r\n$1\r\n1\r\n",
        "*1\r\n:1\r\n",
      })
  void aReplyThatIsNotOfTheScriptIsAnError(String reply) throws IOException {
    try (ScriptedServer server = new ScriptedServer(reply, false);
        RedisLearned learned = at(server.url())) {
      assertThatThrownBy(learned::head)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("Redis");
    }
  }

  @Test
  void aRedisWithoutRoomRefusesRowsUntilItHasRoom() throws IOException {
    try (RedisServer server = RedisServer.start(programs);
        RedisLearned learned = at(server.url())) {
      Batch batch = new Batch("one", 1, Map.of("smart", "state"));
      server.command(Command.CONFIG, "SET", "maxmemory", "1");
      assertThatThrownBy(() -> learned.append(batch)).hasMessageContaining("OOM");
      server.command(Command.CONFIG, "SET", "maxmemory", "0");
      learned.append(batch);
      learned.append(batch);
      assertThat(learned.ofName("smart").rows()).as("the batch counts once").hasSize(1);
    }
  }

  @Test
  void rowsThatAreFoldedTwiceAtOnceAreFoldedOnce() throws IOException {
    try (RedisServer server = RedisServer.start(programs);
        RedisLearned learned = at(server.url())) {
      learned.append(new Batch("one", 1, Map.of("smart", "1")));
      learned.append(new Batch("other", 1, Map.of("smart", "2")));
      List<LearnedRow> read = learned.ofName("smart").rows();
      LearnedRow last = read.getLast();
      LearnedRow sum = new LearnedRow(last.number(), "smart", "", last.writtenMillis(), "3");
      learned.fold(read, sum);
      learned.append(new Batch("one", 2, Map.of("smart", "4")));
      learned.fold(read, sum);
      assertThat(learned.ofName("smart").rows())
          .extracting(LearnedRow::state)
          .containsExactly("3", "4");
      assertThat(learned.ofOthers("third", 0).rows()).hasSize(1);
    }
  }

  @Test
  void rowsAfterAPageOfExpiredOnesAreRead() throws IOException {
    try (RedisServer server = RedisServer.start(programs);
        RedisLearned learned = at(server.url())) {
      for (int i = 1; i <= 2_100; i++) {
        learned.append(new Batch("one", i, Map.of("smart", "state " + i)));
      }
      long first = learned.ofName("smart").rows().getFirst().number();
      for (int i = 0; i < 2_050; i++) {
        server.command(Command.PEXPIRE, "test:{bandits}:row:" + (first + i), "0");
      }
      List<LearnedRow> left = learned.ofName("smart").rows();
      assertThat(left).hasSize(50);
      assertThat(left.getFirst().state()).isEqualTo("state 2051");
      assertThat(learned.ofName("smart").rows()).isEqualTo(left);
    }
  }

  @Test
  void namesThatWereLearnedOfLongAgoGiveRoomToOthers() throws IOException {
    try (RedisServer server = RedisServer.start(programs);
        RedisLearned learned = at(server.url())) {
      Head before = learned.head();
      for (int i = 1; i <= 1_001; i++) {
        learned.append(new Batch("one", i, Map.of("model-" + i, "state")));
      }
      assertThat(learned.names(2_000)).hasSize(1_000);
      assertThat(learned.head()).isEqualTo(new Head(before.begun(), before.last() + 1_001));
      assertThat((List<?>) server.command(Command.KEYS, "test:{bandits}:row:*")).hasSize(1_000);
    }
  }

  private static RedisLearned at(String url) {
    return new RedisLearned(RedisAddress.parse(url), "test");
  }
}
