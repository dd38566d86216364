package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.redis.RedisServer;
import dev.serai.e2e.provider.CassetteServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two gateways share the limits of keys through a real Redis; the other one is a process. A limit
 * per day does not refill in a test. The last test kills the other gateway.
 */
@Tag("load")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SharedLimitsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String SECRET = "-0123456789abcdef-canary";
  private static final String PASSWORD = "redis-canary-77d3c1";
  private static final int CALLERS = 4;
  private static final int LIMIT = Load.of(500, 10_000);
  private static final String EXCHANGES = "serai_limits_exchanges_total";

  private static final String SETTINGS =
      """
      auth:
        keys:
          - {name: admin, key: admin%1$s, role: admin}
          - {name: both, key: both%1$s, limits: {requests_per_day: 45}}
          - {name: outage, key: outage%1$s, limits: {requests_per_day: 100}}
          - {name: killed, key: killed%1$s, limits: {requests_per_day: %2$d}}
      """
          .formatted(SECRET, LIMIT);

  @TempDir static Path folder;
  private static RedisServer redis;
  private static CassetteServer provider;
  private static RunningGateway gateway;
  private static GatewayProcess process;
  private static Caller one;
  private static Caller other;

  @BeforeAll
  static void start() throws IOException {
    redis = RedisServer.start(folder.resolve("redis"), "--requirepass", PASSWORD);
    provider = CassetteServer.start();
    gateway = plan("one").start();
    process = GatewayProcess.start(folder.resolve("other"), plan("other"));
    one = new Caller(gateway.url());
    other = new Caller(process.url());
    knowEachOther();
  }

  private static void knowEachOther() {
    for (Caller each : List.of(one, other)) {
      await("both are known", () -> metric(each, "serai_limits_gateways") == 2);
    }
  }

  private static RunningGateway.Plan plan(String name) throws IOException {
    return RunningGateway.in(Files.createDirectories(folder.resolve(name)))
        .providersAt(provider.url())
        .settings(SETTINGS)
        .with("REDIS_URL", redis.url().replace("redis://", "redis://:" + PASSWORD + "@"));
  }

  @AfterAll
  static void stop() {
    other.close();
    one.close();
    process.close();
    gateway.close();
    provider.close();
    redis.close();
  }

  /**
   * Each takes ten, and then they learn of each other: ten is what the limit may be exceeded by.
   */
  @Test
  @Order(1)
  void aKeyHasItsLimitOnceOverBothGateways() {
    int all = 0;
    int round = 1;
    while (round > 0) {
      round = take("both", one, 10) + take("both", other, 10);
      all += round;
      exchange(one, other);
    }
    assertThat(all).isBetween(45, 55);
    assertThat(call("both", other).header("x-ratelimit-remaining-requests")).isEqualTo("0");
  }

  @Test
  @Order(2)
  void whileRedisIsAwayEachHasAShareAndAfterwardsTheyKnowOfEachOthersCalls() throws IOException {
    int all = take("outage", one, 20) + take("outage", other, 1);
    exchange(one, other);
    knowEachOther();

    redis.kill();
    awaitRedis(one, "unavailable");
    awaitRedis(other, "unavailable");
    int share = take("outage", one, 100);
    assertThat(share).isBetween(39, 40); // half of 79
    all += share + take("outage", other, 10);

    redis.startAgain(); // empty
    awaitRedis(one, "");
    awaitRedis(other, "");
    exchange(one, other);
    all += take("outage", one, 1);
    exchange(one, other);
    all += take("outage", one, 100);
    assertThat(all).isEqualTo(100);
    for (String name : List.of("one", "other")) {
      assertThat(Files.readString(folder.resolve(name).resolve("serai.log")))
          .contains("limits are not shared")
          .doesNotContain(PASSWORD);
    }
  }

  /** What is not reported when it is killed is lost: at most the calls since an exchange. */
  @Test
  @Order(3)
  void afterOneIsKilledUnderLoadTheOtherCountsWhatItHasAdmitted() throws Exception {
    Traffic here = new Traffic("admin", one);
    Traffic there = new Traffic("killed", other);
    int all = take("killed", one, 1);
    int reported;
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        here.start(callers);
        there.start(callers);
        Until.holds(PATIENCE, "load", () -> there.admitted() > 200);
        reported = there.admitted();
        exchange(other);
      } finally {
        process.kill();
        Until.holds(PATIENCE, "all have ended", there::isOver);
        here.end(); // or the executor never closes
      }
    }
    assertThat(here.failures).isEmpty();
    all += there.admitted() + take("killed", one, 1);
    exchange(one);
    all += take("killed", one, LIMIT);

    int lost = there.admitted() - reported;
    assertThat(all).isBetween(LIMIT - CALLERS, LIMIT + lost + 1);
  }

  /** Calls as fast as it can on a few threads. */
  private static final class Traffic {
    private final String key;
    private final Caller to;
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger admitted = new AtomicInteger();
    private final AtomicInteger over = new AtomicInteger();
    private final AtomicBoolean enough = new AtomicBoolean();

    Traffic(String key, Caller to) {
      this.key = key;
      this.to = to;
    }

    void start(ExecutorService threads) {
      for (int i = 0; i < CALLERS; i++) {
        threads.execute(this::callOn);
      }
    }

    private void callOn() {
      try {
        while (!enough.get()) {
          Caller.Reply reply = call(key, to);
          if (reply.status() == 200) {
            admitted.incrementAndGet();
          } else if (reply.status() != 429) {
            failures.add(reply.status() + " " + reply.body());
          }
        }
      } catch (UncheckedIOException e) {
        failures.add(e.toString()); // the gateway is gone
      } finally {
        over.incrementAndGet();
      }
    }

    int admitted() {
      return admitted.get();
    }

    boolean isOver() {
      return over.get() == CALLERS;
    }

    void end() {
      enough.set(true);
    }
  }

  private static Caller.Reply call(String key, Caller to) {
    return to.send("POST", "/v1/chat/completions", key + SECRET, Caller.body("openai/text", false));
  }

  /** Calls until one is refused, at most so often, and returns how many were admitted. */
  private static int take(String key, Caller from, int most) {
    for (int taken = 0; taken < most; taken++) {
      Caller.Reply reply = call(key, from);
      if (reply.status() != 200) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(429);
        return taken;
      }
    }
    return most;
  }

  /**
   * Waits until each has reported its calls, and then until each has learned those of the others.
   */
  private static void exchange(Caller... gateways) {
    for (int i = 0; i < 2; i++) {
      double[] begun = Stream.of(gateways).mapToDouble(each -> metric(each, EXCHANGES)).toArray();
      for (int k = 0; k < begun.length; k++) {
        double enough = begun[k] + 2;
        Caller each = gateways[k];
        await("exchanges", () -> metric(each, EXCHANGES) >= enough);
      }
    }
  }

  private static void awaitRedis(Caller gateway, String expected) {
    await(
        "redis: " + expected,
        () -> {
          Caller.Reply health = gateway.get("/health/ready");
          assertThat(health.status()).isEqualTo(200);
          return health.json().path("redis").asText("").equals(expected);
        });
  }

  /** Asks not so often that this is load. */
  private static void await(String what, BooleanSupplier condition) {
    Until.holds(
        PATIENCE,
        what,
        () -> {
          LockSupport.parkNanos(50_000_000);
          return condition.getAsBoolean();
        });
  }

  private static double metric(Caller gateway, String name) {
    return gateway
        .send("GET", "/metrics", "admin" + SECRET, "")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElseThrow();
  }
}
