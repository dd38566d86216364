package dev.serai.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.serai.adapters.redis.RedisMemoryStore;
import dev.serai.adapters.redis.RedisServer;
import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.memory.MemoryChange;
import dev.serai.core.memory.MemoryObject;
import dev.serai.core.memory.MemoryPath;
import dev.serai.core.memory.Precondition;
import dev.serai.core.memory.TenantMemory;
import dev.serai.core.memory.search.MemoryFeed;
import dev.serai.core.memory.search.MemoryHit;
import dev.serai.core.net.RedisAddress;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.memory.objects.MemoryStoreContract;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Protocol.Command;

/** Memory objects in a real Redis. */
class RedisMemoryStoreTest extends MemoryStoreContract {
  private static final MemoryFeed.Limit ALL = new MemoryFeed.Limit(100, 10_000_000);

  @TempDir static Path programs;
  private static RedisServer server;
  private final AtomicLong now = new AtomicLong(1_000_000);
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
  protected Opened open(long quota, InstantSource clock, BackgroundThreads threads) {
    RedisMemoryStore store = store("contract", quota, clock);
    return new Opened() {
      @Override
      public TenantMemory forTenant(String tenant) {
        return store.forTenant(tenant);
      }

      @Override
      public void close() {
        store.close();
      }
    };
  }

  private static RedisMemoryStore store(String prefix, long quota, InstantSource clock) {
    return new RedisMemoryStore(
        RedisAddress.parse(server.url()),
        new RedisMemoryStore.Options(
            prefix, quota, Optional.of(clock), UUID.randomUUID().toString()));
  }

  private RedisMemoryStore own() {
    return store(prefix, 100_000_000, () -> Instant.ofEpochMilli(now.get()));
  }

  private static MemoryChange.Put put(String key, byte[] json, Optional<Duration> life) {
    MemoryPath path = new MemoryPath("n", key);
    return new MemoryChange.Put(path, json, life, false, List.of("a", "b"), Precondition.NONE);
  }

  private static void put(RedisMemoryStore store, String tenant, String key, String json) {
    store.forTenant(tenant).change(List.of(put(key, json.getBytes(UTF_8), Optional.empty())));
  }

  private static void delete(RedisMemoryStore store, String tenant, String key) {
    MemoryPath path = new MemoryPath("n", key);
    store.forTenant(tenant).change(List.of(new MemoryChange.Delete(path, Precondition.NONE)));
  }

  @Test
  void theFeedHasTheLastChangeOfEachObjectInPages() {
    try (RedisMemoryStore store = own()) {
      put(store, "t", "a", "1");
      put(store, "t:1", "b", "22");
      put(store, "u", "a", "1");
      put(store, "t", "a", "4");
      delete(store, "t:1", "b");
      MemoryFeed.Page page = store.after(0, ALL);
      assertThat(page.changes())
          .extracting(one -> one.tenant() + "|" + one.path() + "|" + one.object().isPresent())
          .containsExactly("u|n/a|true", "t|n/a|true", "t:1|n/b|false");
      assertThat(page.changes().get(1).object().orElseThrow().entry())
          .isEqualTo(store.forTenant("t").find(new MemoryPath("n", "a")).orElseThrow().entry());
      assertThat(page.upTo()).isEqualTo(5).isEqualTo(store.head().last());
      assertThat(store.after(0, new MemoryFeed.Limit(100, 1)).upTo()).isEqualTo(3);
      assertThat(store.after(3, new MemoryFeed.Limit(1, 100)).upTo()).isEqualTo(4);
      assertThat(store.after(5, ALL)).isEqualTo(new MemoryFeed.Page(store.head(), List.of(), 5));
      assertThat(store.size()).isEqualTo(new RedisMemoryStore.Size(2, 2 * 518));
    }
  }

  @Test
  void allGatewaysSeeTheSameStoreAndAnEmptiedRedisIsAnotherOne() {
    try (RedisMemoryStore one = own();
        RedisMemoryStore other = own()) {
      put(one, "t", "a", "1");
      MemoryFeed.Head before = one.head();
      assertThat(other.head()).isEqualTo(before);
      server.command(Command.FLUSHALL);
      assertThat(other.head().store()).isNotEqualTo(before.store());
      assertThat(other.head().last()).isZero();
    }
  }

  @Test
  void deletionsThatTheFeedForgetsAreBehindItsBeginning() {
    try (RedisMemoryStore store = own()) {
      put(store, "t", "a", "1");
      delete(store, "t", "a");
      put(store, "t", "b", "1");
      now.addAndGet(Duration.ofDays(8).toMillis());
      put(store, "t", "c", "1");
      assertThat(store.head().complete()).isEqualTo(2);
      assertThat(store.after(0, ALL).changes())
          .extracting(MemoryFeed.Change::path)
          .containsExactly("n/b", "n/c");
    }
  }

  @Test
  void manyObjectsThatHaveExpiredAreRemovedBeforeTheNextChange() {
    try (RedisMemoryStore store = own()) {
      List<MemoryChange> many = new ArrayList<>();
      for (int i = 0; i < 700; i++) {
        many.add(put("k" + i, new byte[] {'1'}, Optional.of(Duration.ofHours(1))));
      }
      many.forEach(change -> store.forTenant("t").change(List.of(change)));
      now.addAndGet(Duration.ofHours(1).toMillis());
      put(store, "t", "next", "1");
      store.head();
      assertThat(store.size()).isEqualTo(new RedisMemoryStore.Size(1, 521));
    }
  }

  /** Without a gateway that removes it, so that Redis has the room. */
  @Test
  void redisItselfRemovesAValueWhoseTimeHasPassed() {
    try (RedisMemoryStore store = own()) {
      MemoryChange.Put brief = put("a", new byte[] {'1'}, Optional.of(Duration.ofMillis(1)));
      store.forTenant("t").change(List.of(brief));
      while (!server.command(Command.EXISTS, prefix + ":{memory}:object:1:t:n/a").equals(0L)) {
        Thread.onSpinWait();
      }
      assertThat(store.forTenant("t").find(new MemoryPath("n", "a"))).isEmpty();
      assertThat(store.after(0, ALL).changes().getFirst().object()).isEmpty();
      now.addAndGet(1);
      put(store, "t", "b", "1");
      store.head();
      assertThat(store.size().objects()).isEqualTo(1);
    }
  }

  @Test
  void aLargeValueIsReadAsItWasWrittenAndAReplyIsBounded() {
    try (RedisMemoryStore store = own()) {
      byte[] large = new byte[MemoryChange.Put.MAX_BYTES];
      Arrays.fill(large, (byte) '7');
      List<MemoryHit> hits = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        store.forTenant("t").change(List.of(put("k" + i, large, Optional.empty())));
        hits.add(new MemoryHit("n/k" + i, i + 1, i));
      }
      hits.add(0, new MemoryHit("n/k0", 77, 1));
      MemoryObject read = store.forTenant("t").find(new MemoryPath("n", "k3")).orElseThrow();
      assertThat(read.json()).isEqualTo(large);
      assertThat(read.entry().tags()).containsExactly("a", "b");
      assertThat(store.read("t", hits, 100)).hasSize(9);
      assertThat(store.read("t", hits, 2))
          .extracting(found -> found.object().entry().path().key() + found.score())
          .containsExactly("k00.0", "k11.0");
      assertThat(store.read("u", hits, 2)).isEmpty();
    }
  }

  @Test
  void whileRedisIsAwayEachRequestIsRefusedAndThenItGoesOn() {
    try (RedisMemoryStore store = own()) {
      put(store, "t", "a", "1");
      server.startAgain();
      assertThatExceptionOfType(CapacityProblem.class)
          .isThrownBy(() -> put(store, "t", "b", "1"))
          .satisfies(refused -> assertThat(refused.code()).isEqualTo("memory_unavailable"));
      put(store, "t", "b", "1");
      assertThat(store.head().last()).isEqualTo(1);
    }
  }
}
