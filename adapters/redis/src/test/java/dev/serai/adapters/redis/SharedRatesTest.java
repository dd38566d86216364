package dev.serai.adapters.redis;

import static dev.serai.adapters.redis.Replica.SLOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.rate.Allowance;
import dev.serai.core.rate.RateRule;
import dev.serai.core.rate.Window;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.Protocol.Command;

/** Gateways share their limits through a real Redis. */
class SharedRatesTest {
  /** What may refill while a test runs. */
  private static final int REFILL = 5;

  @TempDir static Path programs;

  private RedisServer redis;
  private Replica one;
  private Replica other;

  @BeforeEach
  void start() {
    redis = RedisServer.start(programs);
    one = new Replica(redis.url(), "one");
    other = new Replica(redis.url(), "other");
    one.awaitShared();
    other.awaitShared();
    one.await("both are known", () -> one.rates.gateways() == 2 && other.rates.gateways() == 2);
  }

  @AfterEach
  void end() {
    redis.resume();
    one.close();
    other.close();
    redis.close();
  }

  @Test
  void whatOneGatewayHasTakenIsGoneForTheOther() {
    assertThat(one.take(SLOW, 600)).isEqualTo(600);
    one.awaitExchange();
    assertThat(other.takes(SLOW)).isTrue();
    other.awaitExchange();

    assertThat(other.take(SLOW, 1000)).isBetween(399, 399 + REFILL);
  }

  @Test
  void whatOneGatewayGivesBackTheOtherMayTake() {
    assertThat(one.take(SLOW, 1000)).isEqualTo(1000);
    one.awaitExchange();
    other.takes(SLOW);
    one.await("all is taken", () -> !other.takes(SLOW));

    one.rates.adjust(SLOW, -500, 0);
    one.awaitExchange();
    one.await("some is back", () -> other.takes(SLOW));
  }

  /** The bound that docs/limits.md states: what the others admit between two exchanges. */
  @Test
  void togetherTheyExceedALimitByNoMoreThanOneOfThemAdmitsBetweenExchanges() throws Exception {
    int step = 20;
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Callable<Integer> first = () -> takeInSteps(one, step);
      Callable<Integer> second = () -> takeInSteps(other, step);
      int sum = 0;
      for (Future<Integer> each : List.of(threads.submit(first), threads.submit(second))) {
        sum += each.get(120, TimeUnit.SECONDS);
      }
      assertThat(sum).isBetween(1000, 1000 + 2 * step + REFILL);
    }
  }

  private static int takeInSteps(Replica replica, int step) {
    int sum = 0;
    int taken = step;
    while (taken == step) {
      taken = replica.take(SLOW, step);
      sum += taken;
      replica.awaitExchange();
    }
    return sum;
  }

  @Test
  void whenRedisIsKilledEachHasAShareAndNothingIsForgottenWhenItIsBackEmpty() {
    assertThat(one.take(SLOW, 200)).isEqualTo(200);
    one.awaitExchange();
    other.takes(SLOW);
    other.awaitExchange();

    redis.kill();
    one.awaitAlone();
    other.awaitAlone();
    int during = one.take(SLOW, 1000);
    assertThat(during).isBetween(399, 400 + REFILL);
    assertThat(other.take(SLOW, 100)).isEqualTo(100);

    redis.startAgain();
    one.awaitShared();
    other.awaitShared();
    one.awaitExchange();
    other.awaitExchange();
    one.takes(SLOW);
    one.awaitExchange();
    int left = 1000 - 201 - during - 100 - 1;
    assertThat(one.left(SLOW)).isBetween(left - 1L, (long) left + REFILL);
    assertThat(one.events).last().isEqualTo("shared");
  }

  /** A report whose reply is lost is sent again, and counts once. */
  @Test
  void whenRedisHangsNoCallWaitsAndAfterwardsEachCallIsCountedOnce() {
    assertThat(one.take(SLOW, 100)).isEqualTo(100);
    redis.pause();
    assertThat(one.take(SLOW, 100)).isEqualTo(100);
    one.awaitAlone();
    assertThat(one.take(SLOW, 100)).isEqualTo(100);

    redis.resume();
    one.awaitShared();
    one.awaitExchange();
    other.takes(SLOW);
    other.awaitExchange();
    assertThat(other.left(SLOW)).isBetween(699L, 699L + REFILL);
  }

  @ParameterizedTest
  @CsvSource({
    "REPLICAOF 127.0.0.1 1, REPLICAOF NO ONE, READONLY",
    "CONFIG SET maxmemory 1, CONFIG SET maxmemory 0, OOM",
  })
  void aRedisThatRefusesWritesLeavesEachItsShareUntilItTakesThem(
      String fault, String mend, String reason) {
    one.take(SLOW, 10);
    command(fault);
    one.awaitAlone();
    assertThat(one.events).last().asString().contains(reason);
    assertThat(one.takes(SLOW)).isTrue();

    command(mend);
    one.awaitShared();
    one.awaitExchange();
    other.takes(SLOW);
    other.awaitExchange();
    assertThat(other.left(SLOW)).isBetween(988L, 988L + REFILL);
  }

  private void command(String line) {
    String[] words = line.split(" ");
    String[] rest = Arrays.copyOfRange(words, 1, words.length);
    redis.command(Command.valueOf(words[0]), rest);
  }

  @Test
  void aGatewayThatHasEndedIsForgottenAndWhatItTookIsNot() {
    assertThat(other.take(SLOW, 300)).isEqualTo(300);
    other.awaitExchange();
    other.close();
    one.await("one gateway is left", () -> one.rates.gateways() == 1);

    one.takes(SLOW);
    one.awaitExchange();
    assertThat(one.left(SLOW)).isBetween(699L, 699L + REFILL);
  }

  @Test
  void aGatewayWhoseClockIsWrongCountsTheSameDay() {
    RateRule day = Replica.rule(new Allowance(Window.REQUESTS_PER_DAY, 100));
    InstantSource wrong = InstantSource.offset(InstantSource.system(), Duration.ofDays(3));
    try (Replica late = new Replica(redis.url(), "late", wrong)) {
      late.awaitShared();
      late.awaitExchange();
      late.take(day, 60);
      late.awaitExchange();
      one.takes(day);
      one.awaitExchange();
      assertThat(one.left(day)).isIn(39L, 99L, 100L); // the others if midnight is now
    }
  }

  @Test
  void everyKeyHasThePrefixAndExpiresAndTellsNoName() {
    one.takes(SLOW);
    one.takes(Replica.rule(new Allowance(Window.TOKENS_PER_DAY, 100)));
    one.awaitExchange();
    List<?> keys = (List<?>) redis.command(Command.KEYS, "*");
    assertThat(keys).hasSizeGreaterThanOrEqualTo(4);
    for (Object each : keys) {
      String key = new String((byte[]) each, StandardCharsets.UTF_8);
      assertThat(key).startsWith("test:{limits}:").doesNotContain("acme");
      assertThat((Long) redis.command(Command.PTTL, key)).as(key).isPositive();
    }
  }

  @Test
  void aWrongPasswordIsNamedAndCallsAreAdmitted() {
    String url = redis.url().replace("redis://", "redis://:secret-of-redis@");
    redis.command(Command.CONFIG, "SET", "requirepass", "another");
    try (Replica refused = new Replica(url, "refused")) {
      refused.await("an event", () -> !refused.events.isEmpty());
      assertThat(refused.events.peek()).contains("WRONGPASS").doesNotContain("secret-of-redis");
      assertThat(refused.take(SLOW, 2000)).isEqualTo(1000);
    }
  }

  @Test
  void gatewaysWithAnotherPrefixDoNotShare() {
    try (Replica stranger = new Replica(redis.url(), "stranger", "another")) {
      stranger.awaitShared();
      assertThat(one.take(SLOW, 900)).isEqualTo(900);
      one.awaitExchange();
      stranger.takes(SLOW);
      stranger.awaitExchange();
      assertThat(stranger.rates.gateways()).isEqualTo(1);
      assertThat(one.rates.gateways()).isEqualTo(2);
      assertThat(stranger.take(SLOW, 1000)).isBetween(999, 999 + REFILL);
    }
  }

  /** A failover is the same: the new server has no scripts. */
  @Test
  void aRedisThatHasForgottenItsScriptsIsGivenThemAgain() {
    assertThat(one.take(SLOW, 100)).isEqualTo(100);
    one.awaitExchange();
    redis.command(Command.SCRIPT, "FLUSH");
    assertThat(one.take(SLOW, 100)).isEqualTo(100);
    one.awaitExchange();
    other.takes(SLOW);
    other.awaitExchange();
    assertThat(other.left(SLOW)).isBetween(799L, 799L + REFILL);
    assertThat(one.events).noneMatch(event -> event.contains("NOSCRIPT"));
  }
}
