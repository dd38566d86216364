package dev.serai.memory.objects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.memory.MemoryChange;
import dev.serai.core.memory.MemoryEntry;
import dev.serai.core.memory.MemoryObject;
import dev.serai.core.memory.MemoryOutcome;
import dev.serai.core.memory.MemoryPath;
import dev.serai.core.memory.MemoryQuery;
import dev.serai.core.memory.MemoryStore;
import dev.serai.core.memory.Precondition;
import dev.serai.core.memory.TenantMemory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How memory objects are stored, in every store, by two gateways with one store. */
public abstract class MemoryStoreContract {
  private static final long QUOTA = 1000;

  /** The bytes of a unit of the quota, and of sizes. */
  private static final int UNIT = 100;

  private final AtomicLong millis = new AtomicLong(1_000_000);
  private final AtomicLong skippedNanos = new AtomicLong();
  private final String tenant = "t" + UUID.randomUUID();
  private Opened first;
  private Opened second;

  /** A store of one gateway. */
  protected interface Opened extends MemoryStore, AutoCloseable {
    @Override
    void close();
  }

  /**
   * Opens the store; the second time for a second gateway.
   *
   * @param quota of each tenant, in bytes
   */
  protected abstract Opened open(long quota, InstantSource clock, BackgroundThreads threads);

  @BeforeEach
  final void start() {
    first = started();
    second = started();
  }

  private Opened started() {
    return open(
        QUOTA * UNIT,
        () -> Instant.ofEpochMilli(millis.get()),
        new BackgroundThreads(
            () -> System.nanoTime() + skippedNanos.get(), (thread, why, pause) -> {}));
  }

  @AfterEach
  final void close() {
    first.close();
    second.close();
  }

  private TenantMemory one() {
    return first.forTenant(tenant);
  }

  private TenantMemory other() {
    return second.forTenant(tenant);
  }

  private static MemoryPath path(String text) {
    return MemoryPath.of(List.of(text.split("/")));
  }

  private static MemoryChange.Put put(String path, String json) {
    return new MemoryChange.Put(
        path(path), json.getBytes(UTF_8), Optional.empty(), false, List.of(), Precondition.NONE);
  }

  private static MemoryChange.Put put(String path, String json, Precondition precondition) {
    return new MemoryChange.Put(
        path(path), json.getBytes(UTF_8), Optional.empty(), false, List.of(), precondition);
  }

  /** A put that counts for the quota as that many units. */
  private static MemoryChange.Put sized(String path, int units, boolean evictable, int seconds) {
    return new MemoryChange.Put(
        path(path),
        "x".repeat(units * UNIT - MemoryChange.Put.COST_BYTES - path.length()).getBytes(UTF_8),
        seconds == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds)),
        evictable,
        List.of(),
        Precondition.NONE);
  }

  private static MemoryOutcome make(TenantMemory memory, MemoryChange change) {
    return memory.change(List.of(change)).getFirst();
  }

  private static MemoryEntry stored(TenantMemory memory, MemoryChange.Put put) {
    MemoryOutcome outcome = make(memory, put);
    assertThat(outcome).isInstanceOf(MemoryOutcome.Stored.class);
    return ((MemoryOutcome.Stored) outcome).entry();
  }

  private static void refused(MemoryOutcome outcome, int status) {
    assertThat(outcome).isInstanceOf(MemoryOutcome.Refused.class);
    assertThat(((MemoryOutcome.Refused) outcome).problem().status()).isEqualTo(status);
  }

  private static boolean deleted(TenantMemory memory, String path) {
    MemoryOutcome outcome = make(memory, new MemoryChange.Delete(path(path), Precondition.NONE));
    return ((MemoryOutcome.Deleted) outcome).found();
  }

  private static String read(TenantMemory memory, String path) {
    return memory
        .find(path(path))
        .map(MemoryObject::json)
        .map(json -> new String(json, UTF_8))
        .orElse("");
  }

  private List<String> list(String namespace, String prefix, String after, int limit) {
    Optional<String> from = after.isEmpty() ? Optional.empty() : Optional.of(after);
    return other().list(new MemoryQuery(namespace, prefix, from, limit)).stream()
        .map(entry -> entry.path().text())
        .toList();
  }

  @Test
  void whatIsStoredIsReadAsItWasWrittenInEveryGateway() {
    String json = "{\"a\": 1.50, \"t\":\"h\u00e4\\u0000\", \"n\": null}";
    MemoryEntry entry = stored(one(), put("tenant/acme/s1", json));
    assertThat(read(other(), "tenant/acme/s1")).isEqualTo(json);
    assertThat(other().find(path("tenant/acme/s1")).orElseThrow().entry()).isEqualTo(entry);
    assertThat(entry.created()).isEqualTo(Instant.ofEpochMilli(1_000_000));

    millis.addAndGet(5);
    MemoryEntry replaced = stored(other(), put("tenant/acme/s1", "[]"));
    assertThat(read(one(), "tenant/acme/s1")).isEqualTo("[]");
    assertThat(replaced.version()).isGreaterThan(entry.version());
    assertThat(replaced.created()).isEqualTo(entry.created());
    assertThat(replaced.updated()).isEqualTo(Instant.ofEpochMilli(1_000_005));

    assertThat(deleted(one(), "tenant/acme/s1")).isTrue();
    assertThat(other().find(path("tenant/acme/s1"))).isEmpty();
    assertThat(deleted(other(), "tenant/acme/s1")).isFalse();
  }

  @Test
  void namespaceAndKeyOfTheLastWriterAreShownWhereverTheKeyBegins() {
    stored(one(), put("a/b/c", "1"));
    MemoryChange.Put otherSplit =
        new MemoryChange.Put(
            new MemoryPath("a", "b/c"),
            "2".getBytes(UTF_8),
            Optional.empty(),
            false,
            List.of("x", "y"),
            Precondition.NONE);
    stored(other(), otherSplit);
    MemoryEntry entry = one().find(path("a/b/c")).orElseThrow().entry();
    assertThat(entry.path()).isEqualTo(new MemoryPath("a", "b/c"));
    assertThat(entry.tags()).containsExactly("x", "y");
  }

  @Test
  void aTenantNeitherReadsNorListsNorDeletesWhatAnotherHasStored() {
    stored(one(), put("n/k", "1"));
    TenantMemory stranger = second.forTenant("another-" + tenant);
    assertThat(stranger.find(path("n/k"))).isEmpty();
    assertThat(stranger.list(new MemoryQuery("n", "", Optional.empty(), 10))).isEmpty();
    assertThat(deleted(stranger, "n/k")).isFalse();
    stored(stranger, sized("n/k", 999, false, 0));
    assertThat(read(one(), "n/k")).isEqualTo("1");
    stored(one(), sized("n/other", 990, false, 0));
  }

  @Test
  void aChangeIsMadeOnlyIfItsPreconditionHolds() {
    refused(make(one(), put("n/k", "1", new Precondition.Present())), 412);
    long version = stored(one(), put("n/k", "1", new Precondition.Absent())).version();
    refused(make(other(), put("n/k", "2", new Precondition.Absent())), 412);
    refused(make(other(), put("n/k", "2", new Precondition.Version(Set.of(version + 1)))), 412);
    assertThat(read(other(), "n/k")).isEqualTo("1");
    MemoryEntry next =
        stored(other(), put("n/k", "2", new Precondition.Version(Set.of(7L + version, version))));
    MemoryPath path = path("n/k");
    refused(
        make(one(), new MemoryChange.Delete(path, new Precondition.Version(Set.of(version)))), 412);
    Precondition right = new Precondition.Version(Set.of(next.version()));
    assertThat(make(one(), new MemoryChange.Delete(path, right)))
        .isEqualTo(new MemoryOutcome.Deleted(true));
    long later = stored(one(), put("n/k", "3", new Precondition.Absent())).version();
    assertThat(later).as("a version is never used twice").isGreaterThan(next.version());
  }

  @Test
  void ofWritersThatReadTheSameVersionOneWins() throws Exception {
    long version = stored(one(), put("n/count", "0")).version();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<MemoryOutcome>> outcomes = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        TenantMemory through = i % 2 == 0 ? one() : other();
        MemoryChange.Put mine =
            put("n/count", Integer.toString(i), new Precondition.Version(Set.of(version)));
        outcomes.add(threads.submit(() -> make(through, mine)));
      }
      int won = 0;
      for (Future<MemoryOutcome> outcome : outcomes) {
        won += outcome.get() instanceof MemoryOutcome.Stored ? 1 : 0;
      }
      assertThat(won).isEqualTo(1);
    }
  }

  @Test
  void anObjectIsGoneWhenItsTimeHasPassed() {
    stored(one(), sized("n/short", 500, false, 10));
    stored(one(), sized("n/long", 100, false, 100));
    millis.addAndGet(9_999);
    assertThat(one().find(path("n/short"))).isPresent();
    millis.addAndGet(1);
    assertThat(other().find(path("n/short"))).isEmpty();
    assertThat(list("n", "", "", 10)).containsExactly("n/long");
    assertThat(deleted(one(), "n/short")).isFalse();
    refused(make(one(), put("n/short", "1", new Precondition.Present())), 412);
    MemoryEntry again = stored(other(), put("n/short", "1", new Precondition.Absent()));
    assertThat(again.created()).isEqualTo(Instant.ofEpochMilli(millis.get()));
    assertThat(again.expires()).isEmpty();
  }

  @Test
  void theQuotaIsExactAndNothingThatWasPromisedToStayIsRemoved() {
    stored(one(), sized("n/a", 600, false, 0));
    refused(make(other(), sized("n/b", 401, false, 0)), 507);
    stored(other(), sized("n/b", 400, false, 0));
    refused(make(one(), sized("n/c", 10, true, 60)), 507);
    stored(one(), sized("n/a", 590, false, 0));
    stored(other(), sized("n/c", 10, false, 0));
    refused(make(one(), sized("n/a", 591, false, 0)), 507);
    assertThat(deleted(other(), "n/b")).isTrue();
    stored(one(), sized("n/a", 990, false, 0));
    assertThat(list("n", "", "", 10)).containsExactly("n/a", "n/c");
  }

  @Test
  void roomIsMadeOfWhatHasExpiredAndThenOfTheOldestThatMayBeRemoved() {
    stored(one(), sized("n/stays", 300, false, 0));
    for (String name : List.of("n/cache-2", "n/cache-1", "n/cache-3")) {
      millis.addAndGet(1);
      stored(one(), sized(name, 200, true, 3600));
    }
    stored(one(), sized("n/expires", 100, false, 10));
    refused(make(other(), sized("n/large", 800, false, 0)), 507);
    assertThat(list("n", "", "", 10)).as("refused, so nothing is removed").hasSize(5);
    millis.addAndGet(10_000);
    stored(other(), sized("n/small", 100, false, 0));
    assertThat(list("n", "cache", "", 10)).as("the expired one made room").hasSize(3);
    stored(other(), sized("n/next", 150, false, 0));
    assertThat(list("n", "", "", 10))
        .containsExactly("n/cache-1", "n/cache-3", "n/next", "n/small", "n/stays");
    stored(one(), sized("n/cache-1", 400, true, 3600));
    assertThat(list("n", "", "", 10))
        .as("the object itself does not count twice")
        .containsExactly("n/cache-1", "n/next", "n/small", "n/stays");
  }

  @Test
  void whatMayBeRemovedIsRemovedInTheOrderOfItsLastUse() {
    for (String name : List.of("n/a", "n/b", "n/c", "n/d", "n/e")) {
      millis.addAndGet(1);
      stored(one(), sized(name, 200, true, 3600));
    }
    millis.addAndGet(1);
    assertThat(read(one(), "n/a")).isNotEmpty();
    stored(one(), sized("n/f", 200, true, 3600));
    assertThat(list("n", "", "", 10)).containsExactly("n/a", "n/c", "n/d", "n/e", "n/f");

    millis.addAndGet(1);
    assertThat(read(other(), "n/c")).isNotEmpty();
    assertThat(list("n", "d", "", 10)).as("a list is no use").hasSize(1);
    skippedNanos.addAndGet(Duration.ofMinutes(1).toNanos());
    deleted(other(), "n/none"); // reads of a gateway are written after half a minute
    stored(one(), sized("n/g", 200, true, 3600));
    assertThat(list("n", "", "", 10)).containsExactly("n/a", "n/c", "n/e", "n/f", "n/g");
  }

  @Test
  void whatOnlyTheObjectItselfCouldMakeRoomForIsRefusedAndLeavesIt() {
    stored(one(), sized("n/stays", 600, false, 0));
    stored(one(), sized("n/cache", 400, true, 3600));
    refused(make(one(), sized("n/cache", 401, true, 3600)), 507);
    assertThat(list("n", "", "", 10)).containsExactly("n/cache", "n/stays");
  }

  @Test
  void aListIsInTheOrderOfCodePointsAndHasPages() {
    List<String> names =
        List.of("n/A", "n/Z", "n/a", "n/a/b", "n/a0", "n/\u00e9", "n/\uD83D\uDE00", "n/\uFFFD");
    for (String name : names) {
      stored(one(), put(name, "1"));
    }
    stored(one(), put("m/x", "1"));
    stored(one(), put("nn/x", "1"));
    List<String> sorted = new ArrayList<>(names);
    sorted.sort((a, b) -> Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8)));
    assertThat(list("n", "", "", 100)).isEqualTo(sorted);
    assertThat(list("n", "a", "", 100)).containsExactly("n/a", "n/a/b", "n/a0");
    assertThat(list("n/a", "", "", 100)).containsExactly("n/a/b");
    List<String> paged = new ArrayList<>();
    String after = "";
    for (List<String> page = list("n", "", after, 3);
        !page.isEmpty();
        page = list("n", "", after, 3)) {
      paged.addAll(page);
      after = page.getLast();
    }
    assertThat(paged).isEqualTo(sorted);
  }

  @Test
  void changesOfOneRequestAreMadeInTheirOrderAndOneRefusedStopsNoOther() {
    List<MemoryOutcome> outcomes =
        one()
            .change(
                List.of(
                    put("n/k", "1"),
                    put("n/k", "2", new Precondition.Absent()),
                    new MemoryChange.Delete(path("n/k"), Precondition.NONE),
                    put("n/k", "3", new Precondition.Absent())));
    assertThat(outcomes.get(0)).isInstanceOf(MemoryOutcome.Stored.class);
    refused(outcomes.get(1), 412);
    assertThat(outcomes.get(2)).isEqualTo(new MemoryOutcome.Deleted(true));
    assertThat(outcomes.get(3)).isInstanceOf(MemoryOutcome.Stored.class);
    assertThat(read(other(), "n/k")).isEqualTo("3");
  }

  /** Whatever was done, the bytes that are counted are those that are stored. */
  @Test
  void whatATenantHasStoredIsCountedExactlyAfterRandomChangesOfTwoGateways() {
    Random random = new Random(42);
    for (int i = 0; i < 150; i++) {
      TenantMemory through = random.nextBoolean() ? one() : other();
      String path = "n/" + random.nextInt(6);
      millis.addAndGet(random.nextInt(2000));
      switch (random.nextInt(4)) {
        case 0 -> deleted(through, path);
        case 1 -> make(through, sized(path, 20 + random.nextInt(200), true, 5));
        case 2 -> make(through, sized(path, 20 + random.nextInt(200), false, 3));
        default -> make(through, sized(path, 20 + random.nextInt(200), false, 0));
      }
    }
    Set<String> left = new TreeSet<>(list("n", "", "", 100));
    left.forEach(path -> assertThat(deleted(one(), path)).isTrue());
    stored(other(), sized("n/all", (int) QUOTA, false, 0));
    refused(make(one(), sized("n/more", 10, false, 0)), 507);
  }
}
