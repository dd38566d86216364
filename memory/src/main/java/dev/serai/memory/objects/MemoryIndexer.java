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
import java.util.function.Supplier;
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
   * The index as it is: with all changes that were committed before it was opened.
   *
   * @throws CapacityProblem if it is not open, or is being filled
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

  /** How many objects the index has; 0 if it is not open, or is being filled. */
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
      try {
        while (!self.isStopping()) {
          follow(self, opened);
          hide();
        }
      } finally {
        hide(); // before it is closed
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void hide() {
    index = Optional.empty();
    applied = NOTHING;
  }

  /** Follows the feed until that is another one, or cannot be read at the beginning. */
  private void follow(BackgroundThread self, MemoryIndex opened) throws IOException {
    Optional<MemoryFeed.Head> first = read(feed::head);
    if (first.isEmpty()) {
      rest(self);
      return;
    }
    Following following = new Following(opened, first.get());
    while (!self.isStopping()) {
      opened.requireIntact();
      long readNanos = ticker.nanos();
      Optional<MemoryFeed.Page> page = read(() -> feed.after(following.at, PAGE));
      if (page.isPresent() && !following.fits(page.get().head())) {
        hide();
        opened.clear();
        opened.commit(new MemoryIndex.Position("", 0)); // of no store: it is filled anew
        return;
      }
      boolean more = page.isPresent() && following.apply(page.get());
      if (page.isPresent() && !more) {
        completeNanos = readNanos;
      }
      following.commitIfDue();
      if (!more) {
        rest(self);
      }
    }
    following.commit();
  }

  /** Reads from the feed; empty while the database is unavailable, which its reader logs. */
  private static <T> Optional<T> read(Supplier<T> from) {
    try {
      return Optional.of(from.get());
    } catch (CapacityProblem e) {
      return Optional.empty();
    }
  }

  private void rest(BackgroundThread self) {
    if (!self.isStopping()) {
      LockSupport.parkNanos(this, POLL.toNanos());
    }
  }

  /** An index that follows a feed: how far it is. */
  private final class Following {
    private final MemoryIndex opened;
    private final MemoryFeed.Head first;

    /** Deletions up to this version are not missed if the feed has forgotten them. */
    private final long needless;

    private long at;
    private long committed;
    private long committedNanos = ticker.nanos();

    /** Begins where the index ends, or at the beginning with an empty one. */
    Following(MemoryIndex opened, MemoryFeed.Head first) throws IOException {
      this.opened = opened;
      this.first = first;
      Optional<MemoryIndex.Position> position = opened.position();
      Optional<MemoryIndex.Position> fitting =
          position
              .filter(end -> end.store().equals(first.store()))
              .filter(end -> end.version() >= first.complete() && end.version() <= first.last());
      at = fitting.map(MemoryIndex.Position::version).orElse(0L);
      committed = at;
      needless = fitting.isPresent() ? at : first.last();
      if (fitting.isEmpty()) {
        if (position.isPresent()) {
          LOG.info("the index of memory objects does not fit the database and is filled anew");
        }
        opened.clear();
      }
      move();
    }

    /**
     * Whether the feed is still that of the index, and has all that the index needs: a database may
     * be replaced by a backup, and many changes may be made while an index is behind.
     */
    boolean fits(MemoryFeed.Head now) {
      return now.store().equals(first.store())
          && now.last() >= at
          && now.complete() <= Math.max(at, needless);
    }

    /** Applies changes; returns whether there may be more. */
    boolean apply(MemoryFeed.Page page) throws IOException {
      opened.apply(page.changes());
      boolean more = page.upTo() > at;
      at = Math.max(at, page.upTo());
      move();
      return more;
    }

    /** Once the index has all changes that there were at the beginning, it is searched. */
    private void move() {
      lock.lock();
      try {
        if (at >= first.last()) {
          index = Optional.of(opened);
        }
        applied = new MemoryIndex.Position(first.store(), at);
        moved.signalAll();
      } finally {
        lock.unlock();
      }
    }

    void commitIfDue() throws IOException {
      if (ticker.nanos() - committedNanos >= COMMIT.toNanos()) {
        commit();
      }
    }

    void commit() throws IOException {
      if (at > committed) {
        opened.commit(new MemoryIndex.Position(first.store(), at));
        committed = at;
        committedNanos = ticker.nanos();
      }
    }
  }
}
