package dev.serai.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.adapters.redis.RedisLearned;
import dev.serai.adapters.redis.RedisServer;
import dev.serai.core.bandit.shared.LearnedStore;
import dev.serai.core.net.RedisAddress;
import dev.serai.memory.bandits.LearningGateway;
import dev.serai.memory.bandits.SharedBanditsContract;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Protocol.Command;

/** What bandits have learned, in a real Redis. */
class RedisSharedBanditsTest extends SharedBanditsContract {
  @TempDir static Path programs;
  private static RedisServer server;
  private final String prefix = "p" + UUID.randomUUID();

  @BeforeAll
  static void run() {
    server = RedisServer.start(programs);
  }

  @AfterAll
  static void end() {
    server.close();
  }

  @Override
  protected LearnedStore store() {
    return new RedisLearned(RedisAddress.parse(server.url()), prefix);
  }

  @Override
  protected int rows() {
    return keys("row:*").size();
  }

  private List<String> keys(String like) {
    List<?> keys = (List<?>) server.command(Command.KEYS, prefix + ":{bandits}:" + like);
    return keys.stream().map(key -> new String((byte[]) key, UTF_8)).toList();
  }

  @Override
  protected void pass(Duration time) {
    long millis = -time.toMillis();
    for (String key : keys("row:*")) {
      server.command(Command.HINCRBY, key, "written", Long.toString(millis));
    }
    for (String key : keys("names")) {
      String script =
          "for _, name in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do"
              + " redis.call('ZINCRBY', KEYS[1], ARGV[1], name) end";
      server.command(Command.EVAL, script, "1", key, Long.toString(millis));
    }
  }

  @Override
  protected void write(String state) {
    keys("row:*").forEach(key -> server.command(Command.HSET, key, "state", state));
  }

  @Test
  void aRedisThatHasLostItsRowsIsGivenThemAgainOnce() throws Exception {
    LearningGateway one = gateway().learn(3).exchange();
    LearningGateway other = gateway().exchange();
    loseAllRows();

    one.learn(2).exchange();
    other.learn(4).exchange();
    for (int i = 0; i < 3; i++) {
      assertThat(one.exchange().calls()).isEqualTo(9);
      assertThat(other.exchange().calls()).isEqualTo(9);
    }
    assertThat(gateway().exchange().calls()).isEqualTo(9);
  }

  private void loseAllRows() {
    keys("*").forEach(key -> server.command(Command.DEL, key));
  }

  @Test
  void aGatewayThatStartsWithTheEmptyRedisIsGivenWhatAnotherRestores() throws Exception {
    LearningGateway one = gateway().learn(300).exchange();
    loseAllRows();
    LearningGateway late = gateway().learn(1).exchange();
    one.learn(20);
    for (int i = 0; i < 5; i++) {
      one.exchange();
      late.exchange();
    }
    assertThat(one.calls()).isEqualTo(321);
    assertThat(late.calls()).isEqualTo(321);
    assertThat(gateway().exchange().calls()).isEqualTo(321);
  }

  @Test
  void aGatewayThatHadReadNothingBeforeTheLossIsGivenAllThatIsRestored() throws Exception {
    LearningGateway other = gateway().learn(1).exchange();
    LearningGateway idle = gateway();
    idle.open(LearningGateway.NAME);
    loseAllRows();
    idle.exchange();
    loseAllRows();

    other.learn(3).exchange();
    assertThat(idle.exchange().calls()).isEqualTo(4);
    assertThat(idle.exchange().calls()).isEqualTo(4);
    assertThat(other.exchange().calls()).isEqualTo(4);
  }

  @Test
  void whatIsLostAndRestoredTwiceCountsOnce() throws Exception {
    LearningGateway one = gateway().learn(3).exchange();
    loseAllRows();
    LearningGateway late = gateway().learn(1).exchange();
    one.exchange();
    late.exchange();
    one.exchange();
    loseAllRows();
    late.learn(2).exchange();
    one.learn(5).exchange();
    for (int i = 0; i < 3; i++) {
      assertThat(late.exchange().calls()).isEqualTo(11);
      assertThat(one.exchange().calls()).isEqualTo(11);
    }
    assertThat(gateway().exchange().calls()).isEqualTo(11);
  }

  @Test
  void whileRedisIsAwayABanditGoesOnAndItsRewardsAreSharedLater() throws Exception {
    LearningGateway one = gateway().learn(3).exchange();
    server.kill();
    assertThatThrownBy(() -> one.learn(2).exchange())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Redis at 127.0.0.1");
    assertThat(one.calls()).isEqualTo(5);

    server.startAgain();
    assertThat(one.exchange().calls()).isEqualTo(5);
    assertThat(gateway().exchange().calls()).isEqualTo(5);
  }

  @Test
  void aStateOfSeveralMegabytesIsStoredInPages() throws Exception {
    String large = "x".repeat(3_000_000);
    try (LearnedStore store = store()) {
      for (int i = 1; i <= 4; i++) {
        store.append(new LearnedStore.Batch("one", i, Map.of("smart", large)));
      }
      assertThat(store.ofName("smart").rows())
          .extracting(row -> row.state().length())
          .containsExactly(3_000_000, 3_000_000, 3_000_000, 3_000_000);
      LearnedStore.Page page = store.ofOthers("other", 0);
      assertThat(page.rows()).hasSize(2);
      assertThat(page.more()).isTrue();
      assertThat(store.ofOthers("other", page.upTo()).rows()).hasSize(2);
      assertThat(store.ofOthers("one", 0).rows()).isEmpty();
    }
  }

  @Test
  void everyKeyHasThePrefixAndExpires() throws Exception {
    LearningGateway one = gateway().learn(3).exchange();
    pass(Duration.ofHours(2));
    one.learn(1).exchange().fold();
    assertThat(keys("*")).hasSizeGreaterThanOrEqualTo(7);
    for (String key : keys("*")) {
      assertThat((Long) server.command(Command.PTTL, key)).as(key).isPositive();
    }
  }
}
