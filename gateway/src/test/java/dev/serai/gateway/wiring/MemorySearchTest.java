package dev.serai.gateway.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.serai.adapters.search.LuceneMemoryIndex;
import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.memory.MemoryChange;
import dev.serai.core.memory.MemoryPath;
import dev.serai.core.memory.Precondition;
import dev.serai.core.memory.search.MemoryFeed;
import dev.serai.core.memory.search.MemoryIndex;
import dev.serai.core.memory.search.MemoryFeed;
import dev.serai.core.memory.search.MemorySearch;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.gateway.management.AdminRequests;
import dev.serai.memory.database.Database;
import dev.serai.memory.objects.DatabaseMemoryFeed;
import dev.serai.memory.objects.DatabaseMemoryStore;
import dev.serai.memory.objects.IndexedMemorySearcher;
import dev.serai.memory.objects.MemoryIndexer;
import dev.serai.memory.objects.StoreTime;
import dev.serai.memory.objects.StoredSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store of memory objects and its index together. */
class MemorySearchTest {
  private static final Duration STOP = Duration.ofSeconds(10);
  private static final MemoryPath GONE = new MemoryPath("n", "gone");
  private static final long DAY = Duration.ofDays(1).toMillis();

  @TempDir Path folder;
  private final AtomicLong millis = new AtomicLong(1_000_000);
  private final AtomicLong skippedNanos = new AtomicLong();
  private final BackgroundThreads threads =
      new BackgroundThreads(
          () -> System.nanoTime() + skippedNanos.get(), (thread, why, pause) -> {});
  private DatabaseMemoryStore store;
  private DatabaseMemoryFeed feed;
  private MemoryIndexer indexer;
  private IndexedMemorySearcher searcher;

  @BeforeEach
  void open() {
    open("sqlite");
  }

  private void open(String url) {
    openStore(url);
    indexer = new MemoryIndexer(new CurrentFeed(), this::index, threads);
    indexer.start();
    searcher = new IndexedMemorySearcher(indexer, store);
  }

  private void openStore(String url) {
    Database database = new Database(url, folder);
    store =
        new DatabaseMemoryStore(
            database,
            1_000_000,
            StoreTime.of(() -> Instant.ofEpochMilli(millis.get())),
            threads);
    store.start();
    feed = new DatabaseMemoryFeed(database, () -> UUID.randomUUID().toString());
  }

  /** The feed of the store that is open now, so that it can be replaced while it is read. */
  private final class CurrentFeed implements MemoryFeed {
    @Override
    public Head head() {
      return feed.head();
    }

    @Override
    public Page after(long version, Limit limit) {
      return feed.after(version, limit);
    }
  }

  private LuceneMemoryIndex index() throws IOException {
    return LuceneMemoryIndex.open(
        folder.resolve("index"), json -> AdminRequests.searchedText(json, 1000));
  }

  @AfterEach
  void close() {
    indexer.stop(STOP);
    feed.close();
    store.close();
  }

  private void put(String tenant, String path, String text, int seconds) {
    MemoryChange.Put put =
        new MemoryChange.Put(
            MemoryPath.of(List.of(path.split("/"))),
            ("{\"text\":\"" + text + "\"}").getBytes(UTF_8),
            seconds == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds)),
            false,
            List.of(),
            Precondition.NONE);
    store.forTenant(tenant).change(List.of(put));
  }

  private void delete(String tenant, String path) {
    MemoryPath gone = MemoryPath.of(List.of(path.split("/")));
    store.forTenant(tenant).change(List.of(new MemoryChange.Delete(gone, Precondition.NONE)));
  }

  private List<String> search(String tenant, String words, int limit) {
    MemorySearch wanted = new MemorySearch(words, limit, MemorySearch.Filter.ALL);
    return searcher.search(tenant, wanted, true).stream()
        .map(found -> found.object().entry().path().text())
        .toList();
  }

  @Test
  void whatIsStoredIsFoundAtOnceAndWhatIsDeletedOrExpiredIsNot() {
    put("t", "n/a", "harbour", 0);
    assertThat(search("t", "harbour", 10)).containsExactly("n/a");
    put("t", "n/a", "mayor", 0);
    put("t", "n/b", "harbour", 10);
    assertThat(search("t", "harbour", 10)).containsExactly("n/b");
    millis.addAndGet(10_000);
    assertThat(search("t", "harbour", 10)).isEmpty();
    delete("t", "n/a");
    assertThat(search("t", "mayor", 10)).isEmpty();
  }

  @Test
  void anIndexThatWasLostOrIsOfAnotherStoreIsFilledAnew() throws IOException {
    put("t", "n/a", "harbour", 0);
    search("t", "harbour", 1);
    close();
    try (Stream<Path> files = Files.list(folder.resolve("index"))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    open();
    assertThat(search("t", "harbour", 10)).containsExactly("n/a");
    close();
    open("sqlite:another.db");
    assertThat(search("t", "harbour", 10)).isEmpty();
    put("t", "n/c", "harbour", 0);
    assertThat(search("t", "harbour", 10)).containsExactly("n/c");
  }

  @Test
  void anIndexWhoseDatabaseIsReplacedWhileItIsReadIsFilledAnew() {
    put("t", "n/a", "harbour", 0);
    put("t", "n/b", "harbour", 0);
    assertThat(search("t", "harbour", 10)).hasSize(2);
    try (DatabaseMemoryStore formerStore = store;
        DatabaseMemoryFeed formerFeed = feed) {
      openStore("sqlite:another.db");
      searcher = new IndexedMemorySearcher(indexer, store);
      put("t", "n/c", "harbour", 0);
      assertThat(search("t", "harbour", 10)).containsExactly("n/c");
    }
  }

  @Test
  void deletionsThatTheFeedHasForgottenAreNotLeftInAnOldIndex() {
    put("t", "n/a", "harbour", 0);
    put("t", "n/b", "harbour", 0);
    assertThat(search("t", "harbour", 10)).hasSize(2);
    close();
    open();
    indexer.stop(STOP);
    delete("t", "n/a");
    millis.addAndGet(8 * DAY);
    skippedNanos.addAndGet(Duration.ofMinutes(1).toNanos());
    put("t", "n/c", "harbour", 0); // the next transaction forgets old deletions
    assertThat(feed.head().complete()).isPositive();
    close();
    open();
    assertThat(search("t", "harbour", 10)).containsExactlyInAnyOrder("n/b", "n/c");
    assertThat(search("t", "harbour", 1)).hasSize(1);
  }

  /** An object may be as large as a page of the feed, and a page has only some of them. */
  @Test
  void aLostIndexOfLargeObjectsIsFilledPageByPage() throws IOException {
    for (int i = 0; i < 12; i++) {
      put("t" + i, "n/a", "harbour " + "x".repeat(900_000), 0);
    }
    assertThat(feed.after(0, new MemoryFeed.Limit(256, 2_000_000)).changes()).hasSize(2);
    assertThat(feed.after(0, new MemoryFeed.Limit(256, 10)).changes()).hasSize(1);
    close();
    try (LuceneMemoryIndex emptied = index()) {
      emptied.clear();
      emptied.commit(new MemoryIndex.Position("", 0));
    }
    open();
    for (int i = 0; i < 12; i++) {
      assertThat(search("t" + i, "harbour", 10)).containsExactly("n/a");
    }
  }

  @Test
  void theSizeOfTheStoreAndOfTheIndexAndItsLagAreKnown() {
    put("t", "n/a", "harbour", 0);
    put("u", "n/a", "harbour", 0);
    put("u", "n/b", "harbour", 0);
    delete("u", "n/b");
    assertThat(store.size()).isEqualTo(new StoredSize(2, 2 * ("n/a".length() + 18)));
    search("t", "harbour", 1);
    assertThat(indexer.objects()).isEqualTo(2);
    assertThat(indexer.lagNanos()).isLessThan(Duration.ofSeconds(20).toNanos());
    indexer.stop(STOP);
    skippedNanos.addAndGet(Duration.ofMinutes(1).toNanos());
    assertThat(indexer.objects()).isZero();
    assertThat(indexer.lagNanos()).isGreaterThan(Duration.ofSeconds(59).toNanos());
  }

  @Test
  void whatAnotherGatewayHasStoredCountsAfterTheNextSweep() {
    DatabaseMemoryStore mine = store;
    indexer.stop(STOP);
    feed.close();
    open();
    put("t", "n/a", "harbour", 0);
    skippedNanos.addAndGet(Duration.ofMinutes(1).toNanos());
    mine.forTenant("t").change(List.of(new MemoryChange.Delete(GONE, Precondition.NONE)));
    assertThat(mine.size().objects()).isEqualTo(1);
    mine.close();
  }

  @Test
  void aSearchWithoutAnIndexIsRefused() {
    indexer.stop(STOP);
    assertThatExceptionOfType(CapacityProblem.class)
        .isThrownBy(() -> search("t", "harbour", 1))
        .satisfies(refused -> assertThat(refused.code()).isEqualTo("memory_index_behind"));
  }

  /** After any changes of several tenants, each finds exactly its own objects, by any word. */
  @Test
  void afterRandomChangesEachTenantFindsExactlyWhatItHasStored() {
    Random random = new Random(7);
    List<String> words = List.of("red", "green", "blue");
    Map<String, Map<String, String>> expected = new HashMap<>();
    for (int i = 0; i < 300; i++) {
      String tenant = "t" + random.nextInt(3);
      String path = "n/" + random.nextInt(5);
      Map<String, String> own = expected.computeIfAbsent(tenant, name -> new HashMap<>());
      if (random.nextInt(3) == 0) {
        delete(tenant, path);
        own.remove(path);
      } else {
        String word = words.get(random.nextInt(3));
        put(tenant, path, word, 0);
        own.put(path, word);
      }
      if (i == 150) {
        close();
        open();
      }
      if (i % 10 == 0) {
        String word = words.get(random.nextInt(3));
        List<String> found = new ArrayList<>(search(tenant, word, 10));
        assertThat(found)
            .containsExactlyInAnyOrderElementsOf(
                own.keySet().stream().filter(p -> own.get(p).equals(word)).toList());
      }
    }
  }
}
