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
import dev.serai.core.memory.search.MemorySearch;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.gateway.management.AdminRequests;
import dev.serai.memory.database.Database;
import dev.serai.memory.objects.DatabaseMemoryFeed;
import dev.serai.memory.objects.DatabaseMemoryStore;
import dev.serai.memory.objects.IndexedMemorySearcher;
import dev.serai.memory.objects.MemoryIndexer;
import dev.serai.memory.objects.StoreTime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A store of memory objects in a database, and an index that follows it. */
abstract class IndexedMemory {
  static final Duration STOP = Duration.ofSeconds(10);

  @TempDir Path folder;
  final AtomicLong millis = new AtomicLong(1_000_000);
  final AtomicLong skippedNanos = new AtomicLong();
  final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  final CurrentFeed current = new CurrentFeed();
  final BackgroundThreads threads =
      new BackgroundThreads(
          () -> System.nanoTime() + skippedNanos.get(), (thread, why, pause) -> failures.add(why));
  DatabaseMemoryStore store;
  DatabaseMemoryFeed feed;
  MemoryIndexer indexer;
  IndexedMemorySearcher searcher;

  @BeforeEach
  void open() {
    open("sqlite");
  }

  void open(String url) {
    openStore(url);
    indexer = new MemoryIndexer(current, this::index, threads);
    indexer.start();
    searcher = new IndexedMemorySearcher(indexer, store, store::now);
  }

  Instant now() {
    return Instant.ofEpochMilli(millis.get());
  }

  void openStore(String url) {
    Database database = new Database(url, folder);
    store = new DatabaseMemoryStore(database, 1_000_000, StoreTime.of(this::now), threads);
    store.start();
    feed = new DatabaseMemoryFeed(database, () -> UUID.randomUUID().toString());
  }

  /**
   * The feed of the store that is open now, so that it can be replaced while it is read. Its pages
   * can be withheld, and its database can be unavailable.
   */
  final class CurrentFeed implements MemoryFeed {
    final Semaphore pages = new Semaphore(0);
    final Semaphore asked = new Semaphore(0);
    final AtomicInteger failing = new AtomicInteger();
    private boolean withheld;

    @Override
    public Head head() {
      return read(feed::head);
    }

    @Override
    public Page after(long version, Limit limit) {
      if (ask()) {
        pages.acquireUninterruptibly();
      }
      return read(() -> feed.after(version, limit));
    }

    private <T> T read(Supplier<T> from) {
      if (failing.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        throw new CapacityProblem("memory_unavailable", "unavailable", Duration.ofSeconds(5));
      }
      return from.get();
    }

    private synchronized boolean ask() {
      asked.release();
      return withheld;
    }

    synchronized void withhold() {
      withheld = true;
      pages.drainPermits();
      asked.drainPermits();
    }

    /** Waits until a page is asked for. */
    void awaitQuestion() {
      asked.acquireUninterruptibly();
    }

    synchronized void goOn() {
      withheld = false;
      pages.release();
    }
  }

  LuceneMemoryIndex index() throws IOException {
    return LuceneMemoryIndex.open(
        folder.resolve("index"),
        LuceneMemoryIndex.Content.words(json -> AdminRequests.searchedText(json, 1000)));
  }

  @AfterEach
  void close() {
    current.goOn();
    indexer.stop(STOP);
    feed.close();
    store.close();
  }

  void put(String tenant, String path, String text, int seconds) {
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

  void delete(String tenant, String path) {
    MemoryPath gone = MemoryPath.of(List.of(path.split("/")));
    store.forTenant(tenant).change(List.of(new MemoryChange.Delete(gone, Precondition.NONE)));
  }

  List<String> search(String tenant, String words, int limit) {
    return search(tenant, words, limit, true);
  }

  List<String> search(String tenant, String words, int limit, boolean current) {
    MemorySearch wanted = new MemorySearch(words, limit, MemorySearch.Filter.ALL);
    return searcher.search(tenant, wanted, current).found().stream()
        .map(found -> found.object().entry().path().text())
        .toList();
  }

  void anEventualSearchIsRefused() {
    assertThatExceptionOfType(CapacityProblem.class)
        .isThrownBy(() -> search("t", "harbour", 10, false))
        .satisfies(refused -> assertThat(refused.code()).isEqualTo("memory_index_behind"));
  }

  void emptyIndex() throws IOException {
    try (LuceneMemoryIndex emptied = index()) {
      emptied.clear();
      emptied.commit(new MemoryIndex.Position("", 0));
    }
  }
}
