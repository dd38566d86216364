package dev.serai.gateway.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.serai.core.memory.search.MemoryFeed;
import dev.serai.core.memory.search.MemoryIndex;
import dev.serai.core.memory.search.MemorySearch;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.memory.objects.DatabaseMemoryFeed;
import dev.serai.memory.objects.DatabaseMemoryStore;
import dev.serai.memory.objects.IndexedMemorySearcher;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How an index of memory objects is filled, while its database and its files change. */
class MemoryIndexerTest extends IndexedMemory {
  private static final long DAY = Duration.ofDays(1).toMillis();

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
      searcher = new IndexedMemorySearcher(indexer, store, this::now);
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
    emptyIndex();
    open();
    for (int i = 0; i < 12; i++) {
      assertThat(search("t" + i, "harbour", 10)).containsExactly("n/a");
    }
  }

  /** A page has 256 changes. */
  @Test
  void anEventualSearchIsRefusedUntilALostIndexIsFilled() throws IOException {
    for (int i = 0; i < 300; i++) {
      put("t", "n/" + i, i == 299 ? "harbour" : "town", 0);
    }
    close();
    emptyIndex();
    current.withhold();
    open();
    current.awaitQuestion();
    anEventualSearchIsRefused();
    current.pages.release();
    current.awaitQuestion();
    anEventualSearchIsRefused();
    current.goOn();
    assertThat(search("t", "harbour", 10)).containsExactly("n/299");
    assertThat(search("t", "harbour", 10, false)).containsExactly("n/299");
  }

  @Test
  void anEventualSearchIsRefusedUntilAnIndexOfAnotherDatabaseIsFilled() {
    put("t", "n/a", "harbour", 0);
    assertThat(search("t", "harbour", 10, true)).hasSize(1);
    current.withhold();
    try (DatabaseMemoryStore formerStore = store;
        DatabaseMemoryFeed formerFeed = feed) {
      openStore("sqlite:another.db");
      searcher = new IndexedMemorySearcher(indexer, store, this::now);
      put("t", "n/c", "harbour", 0);
      current.awaitQuestion();
      current.pages.release(); // of the other database, so that the index is emptied
      current.awaitQuestion();
      anEventualSearchIsRefused();
      current.goOn();
      assertThat(search("t", "harbour", 10)).containsExactly("n/c");
    }
  }

  @Test
  void anUnavailableDatabaseIsWaitedForByTheThread() {
    close();
    current.failing.set(1);
    open();
    put("t", "n/a", "harbour", 0);
    current.asked.drainPermits();
    current.awaitQuestion();
    assertThat(search("t", "harbour", 10)).containsExactly("n/a");
    current.withhold();
    current.awaitQuestion();
    current.failing.set(1);
    current.goOn();
    put("t", "n/b", "harbour", 0);
    current.awaitQuestion();
    assertThat(search("t", "harbour", 10)).containsExactlyInAnyOrder("n/a", "n/b");
    assertThat(failures).isEmpty();
  }

  @Test
  void anIndexThatASearchFindsDamagedIsFilledAnewWithoutAnyChange() throws IOException {
    put("t", "n/a", "harbour", 0);
    assertThat(search("t", "harbour", 10)).containsExactly("n/a");
    try (Stream<Path> files = Files.list(folder.resolve("index"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".cfs")).toList()) {
        try (FileChannel segment = FileChannel.open(file, StandardOpenOption.WRITE)) {
          segment.write(ByteBuffer.wrap("x".repeat((int) segment.size()).getBytes(UTF_8)));
        }
      }
    }
    assertThatExceptionOfType(CapacityProblem.class)
        .isThrownBy(() -> search("t", "harbour", 10))
        .satisfies(refused -> assertThat(refused.code()).isEqualTo("memory_unavailable"));
    current.asked.drainPermits();
    current.awaitQuestion();
    current.awaitQuestion(); // the index was looked at in between
    assertThat(search("t", "harbour", 10)).containsExactly("n/a");
  }

  @Test
  void aSearchWhileTheIndexIsClosedIsRefused() {
    put("t", "n/a", "harbour", 0);
    search("t", "harbour", 10);
    MemoryIndex open = indexer.current();
    indexer.stop(STOP);
    anEventualSearchIsRefused();
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () -> open.search("t", new MemorySearch("harbour", 1, MemorySearch.Filter.ALL), now()));
  }
}
