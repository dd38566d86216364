package dev.serai.memory.objects;

import dev.serai.core.background.BackgroundThread;
import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.memory.search.MemoryFeed;
import dev.serai.core.memory.search.MemoryIndex;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.core.time.Ticker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets an index follow the feed of a store, on a thread of its own. It begins where the index on
 * the disk ends, so that after a crash nothing is missing. An index of another store, or one that
 * is too old for the feed, is filled anew. Thread-safe.
 */
public final class MemoryIndexer {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryIndexer.class);
  private static final Duration POLL = Duration.ofSeconds(2);
  private static final Duration COMMIT = Duration.ofSeconds(5);
  private static final MemoryIndex.Position NOTHING = new MemoryIndex.Position("", -1);
  private static final MemoryFeed.Limit PAGE = new MemoryFeed.Limit(256, 4L * 1024 * 1024);

  private final MemoryFeed feed;
  private final Opener opener;
  private final Ticker ticker;
  private final BackgroundThread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private volatile Optional<MemoryIndex> index = Optional.empty();
  private volatile MemoryIndex.Position applied = NOTHING;
  private volatile long completeNanos;

  /** Opens the index. */
  @FunctionalInterface
  public interface Opener {
    /**
     * Opens it; an index that cannot be read is replaced by an empty one.
     *
     * @throws IOException if the folder cannot be used
     */
    MemoryIndex open() throws IOException;
  }

  /** Starts nothing yet. */
  public MemoryIndexer(MemoryFeed feed, Opener opener, BackgroundThreads threads) {
    this.feed = feed;
    this.opener = opener;
    this.ticker = threads.ticker();
    this.completeNanos = ticker.nanos();
    this.thread = threads.make("memory-index", this::run);
  }

  /** Starts to follow the feed. */
  public void start() {
    thread.start();
  }

  /** Stops, and writes the index to the disk; waits for that at most for this time. */
  public void stop(Duration atMost) {
    thread.stopAndJoin(atMost);
  }

  /**
   * The index, once it has all changes that were committed before this call.
   *
   * @throws CapacityProblem if it has not caught up in time
   */
  public MemoryIndex caughtUp(Duration atMost) {
    MemoryFeed.Head head = feed.head();
    long left = atMost.toNanos();
    lock.lock();
    try {
      thread.unpark();
      while (!has(head) && left > 0) {
        left = moved.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
    if (!has(head)) {
      throw behind();
    }
    return current();
  }

  /** Whether the index has all changes of the store up to there; the store may be another one. */
  private boolean has(MemoryFeed.Head head) {
    MemoryIndex.Position at = applied;
    return at.store().equals(head.store()) && at.version() >= head.last();
  }

  /**
   * The index as it is.
   *
   * @throws CapacityProblem if it is not open
   */
  public MemoryIndex current() {
    return index.orElseThrow(MemoryIndexer::behind);
  }

  /**
   * How long ago the index had all changes of the store, in nanoseconds: about two seconds at most
   * while it follows the feed.
   */
  public long lagNanos() {
    return ticker.nanos() - completeNanos;
  }

  /** How many objects the index has; 0 if it is not open. */
  public int objects() {
    return index.map(MemoryIndex::objects).orElse(0);
  }

  private static CapacityProblem behind() {
    return new CapacityProblem(
        "memory_index_behind",
        "The index of memory objects is being filled. Retry later.",
        Duration.ofSeconds(5));
  }

  private void run(BackgroundThread self) {
    try (MemoryIndex opened = opener.open()) {
      do {
        applied = NOTHING;
        follow(self, opened);
      } while (!self.isStopping());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      index = Optional.empty();
      applied = NOTHING;
    }
  }

  private void follow(BackgroundThread self, MemoryIndex opened) throws IOException {
    MemoryFeed.Head head = feed.head();
    long at = begin(opened, head);
    long committed = at;
    long committedNanos = ticker.nanos();
    index = Optional.of(opened);
    moveTo(head.store(), at);
    while (!self.isStopping()) {
      long readNanos = ticker.nanos();
      MemoryFeed.Page page = feed.after(at, PAGE);
      if (!goesOn(head, page.head(), at)) {
        opened.clear();
        opened.commit(new MemoryIndex.Position("", 0)); // of no store: it is filled anew
        return;
      }
      if (!page.changes().isEmpty()) {
        opened.apply(page.changes());
      }
      boolean more = page.upTo() > at;
      at = Math.max(at, page.upTo());
      moveTo(head.store(), at);
      if (!more) {
        completeNanos = readNanos;
      }
      boolean due = ticker.nanos() - committedNanos >= COMMIT.toNanos();
      if (at > committed && due) {
        opened.commit(new MemoryIndex.Position(head.store(), at));
        committed = at;
        committedNanos = ticker.nanos();
      }
      if (!more && !self.isStopping()) {
        LockSupport.parkNanos(this, POLL.toNanos());
      }
    }
    if (at > committed) {
      opened.commit(new MemoryIndex.Position(head.store(), at));
    }
  }

  /** Whether the feed is still that of the index: a database may be replaced by a backup. */
  private static boolean goesOn(MemoryFeed.Head before, MemoryFeed.Head now, long at) {
    return now.store().equals(before.store()) && now.last() >= at;
  }

  /** The version after which changes are missing in the index. */
  private static long begin(MemoryIndex opened, MemoryFeed.Head head) throws IOException {
    Optional<MemoryIndex.Position> position = opened.position();
    boolean fits =
        position
            .filter(at -> at.store().equals(head.store()))
            .filter(at -> at.version() >= head.complete() && at.version() <= head.last())
            .isPresent();
    if (fits) {
      return position.orElseThrow().version();
    }
    if (position.isPresent()) {
      LOG.info("the index of memory objects does not fit the database and is filled anew");
    }
    opened.clear();
    return 0;
  }

  private void moveTo(String store, long version) {
    lock.lock();
    try {
      applied = new MemoryIndex.Position(store, version);
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
