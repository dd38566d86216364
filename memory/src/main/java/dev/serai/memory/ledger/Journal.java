package dev.serai.memory.ledger;

import dev.serai.core.problem.cause.CloseAll;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The usage that is not in the database yet: files mapped into memory, to which many threads append
 * and which one thread reads and empties.
 *
 * <p>The files are called segments. Appends go to the <i>current</i> segment. When it is full it
 * moves to the queue of <i>full</i> ones, and the <i>spare</i> one takes its place; another thread
 * then makes the next spare one, so an appending thread never waits for the file system. Full
 * segments that were read are emptied and reused, or deleted. Segments that an earlier process left
 * are read first.
 *
 * <p>Calls that have not ended are noted beside the segments, in {@link RunningCalls}.
 *
 * <p>If there is neither a current nor a spare segment (at the start, with a full disk, at the
 * bound), entries wait in memory, which is bounded too. {@link #shelve} moves them into files
 * later.
 *
 * <p>Reading does not remove: {@link #read} returns a batch and moves the read positions, {@link
 * #done} frees what was read, and {@link #undo} moves the positions back.
 *
 * <p>{@link #append} is safe for use by many threads, {@link #provide} is for the thread that makes
 * files, and all else is for the thread that writes to the database.
 */
final class Journal {
  private final Path root;
  private final int segmentBytes;
  private final int maxSegments;
  private final int maxWaiting;
  private final AtomicReference<@Nullable JournalSegment> current = new AtomicReference<>();
  private final AtomicReference<@Nullable JournalSegment> spare = new AtomicReference<>();
  private final Queue<JournalSegment> full = new ConcurrentLinkedQueue<>();
  private final Queue<byte[]> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waitingCount = new AtomicInteger();
  private final RunningCalls running = new RunningCalls();
  private final Queue<JournalSegment> left = new ConcurrentLinkedQueue<>();
  private final Queue<JournalSegment> empty = new ArrayDeque<>();
  private final ReentrantLock files = new ReentrantLock();
  private final AtomicInteger moving = new AtomicInteger();
  private volatile int segments;
  private volatile boolean failing;
  private volatile Runnable spareTaken = () -> {};
  private final CountDownLatch found = new CountDownLatch(1);
  private final CountDownLatch tried = new CountDownLatch(1);
  private volatile String name = "";
  private @Nullable JournalFolder folder;

  /**
   * @param root the folder for the journal's own folder
   * @param segmentBytes of each file
   * @param maxBytes of all files
   * @param maxWaiting entries in memory while there is no file for them
   */
  Journal(Path root, int segmentBytes, long maxBytes, int maxWaiting) {
    this.root = root;
    this.segmentBytes = segmentBytes;
    this.maxSegments = (int) Math.max(2, maxBytes / segmentBytes);
    this.maxWaiting = maxWaiting;
  }

  /** Sets what an appending thread runs when a spare segment is needed. It must not block. */
  void whenSpareTaken(Runnable action) {
    spareTaken = action;
  }

  /** Appends an entry; false if there is no room in files or in memory. */
  boolean append(EntryBuffer entry) {
    JournalSegment segment = current.get();
    while (segment != null) {
      if (segment.append(entry.array(), entry.length())) {
        return true;
      }
      segment = next(segment);
    }
    if (waitingCount.get() >= maxWaiting) {
      return false;
    }
    waitingCount.incrementAndGet();
    waiting.add(Arrays.copyOf(entry.array(), entry.length()));
    return true;
  }

  RunningCalls running() {
    return running;
  }

  /** Replaces a full segment by the spare one, unless another thread has already done so. */
  private @Nullable JournalSegment next(JournalSegment seen) {
    JournalSegment now = current.get();
    if (now != seen) {
      return now;
    }
    JournalSegment fresh = spare.getAndSet(null);
    spareTaken.run();
    if (fresh == null) {
      now = current.get();
      return now == seen ? null : now;
    }
    moving.incrementAndGet(); // between the two steps the segment is in neither place
    boolean moved = current.compareAndSet(seen, fresh);
    if (moved) {
      seen.close();
      full.add(seen);
    }
    moving.decrementAndGet();
    if (!moved && !spare.compareAndSet(null, fresh)) {
      fresh.close(); // there is a new spare one already: this one is recycled
      full.add(fresh);
    }
    return current.get();
  }

  /** Whether there is hardly any room left, so that new calls must be refused. */
  boolean full() {
    return waitingCount.get() >= maxWaiting / 2;
  }

  /**
   * Whether files cannot be made, mostly because the disk is full, and those that there are have
   * little more room than for the calls that run.
   */
  boolean lacksFiles() {
    if (!failing || spare.get() != null) {
      return false;
    }
    JournalSegment now = current.get();
    return now == null || now.size() - now.end() < now.size() / 4;
  }

  /** Waits until it is known what an earlier process has left; false if that takes longer. */
  boolean awaitFound(Duration atMost) throws InterruptedException {
    return found.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Waits until files were made, or that has failed once; not longer than this. */
  void awaitTried(Duration atMost) throws InterruptedException {
    var _ = tried.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** The name of its folder; empty until {@link #awaitFound}. */
  String name() {
    return name;
  }

  /** Whether all that an earlier process has left is known and in the database. */
  boolean leftIsStored() {
    return found.getCount() == 0 && left.isEmpty();
  }

  /** Whether everything that was appended or found is in the database. */
  boolean drained() {
    JournalSegment now = current.get(); // read first: what it replaced is full or moving
    return moving.get() == 0
        && waiting.isEmpty()
        && left.isEmpty()
        && full.isEmpty()
        && (now == null || !now.unread());
  }

  /** The size of all files. */
  long bytes() {
    return (long) segments * segmentBytes;
  }

  int waiting() {
    return waitingCount.get();
  }

  Path root() {
    return root;
  }

  long maxBytes() {
    return (long) maxSegments * segmentBytes;
  }

  /**
   * Makes the files that are missing.
   *
   * @throws IOException if a file cannot be created
   */
  void provide() throws IOException {
    files.lock();
    try {
      JournalFolder opened = folder;
      if (opened == null) {
        opened = JournalFolder.open(root);
        name = opened.name();
        left.addAll(opened.left());
        segments = opened.left().size();
        folder = opened;
      }
      refill();
      running.provide(opened.runningCalls());
      failing = false;
    } catch (IOException e) {
      failing = true;
      throw e;
    } finally {
      if (folder != null) {
        found.countDown();
      }
      tried.countDown();
      files.unlock();
    }
  }

  private void refill() throws IOException {
    if (spare.get() == null) {
      spare.set(make().orElse(null));
    }
    if (current.get() == null) {
      current.set(spare.getAndSet(null));
      spare.set(make().orElse(null));
    }
  }

  /** An empty segment; none at the bound. */
  private Optional<JournalSegment> make() throws IOException {
    JournalSegment ready = empty.poll();
    JournalFolder in = folder;
    if (ready != null || in == null || segments >= maxSegments) {
      return Optional.ofNullable(ready);
    }
    JournalSegment fresh = in.create(segmentBytes);
    segments++;
    return Optional.of(fresh);
  }

  /** Moves entries from memory into files, as far as there is room. */
  void shelve() {
    JournalSegment into = current.get();
    while (into != null) {
      byte[] entry = waiting.peek();
      if (entry == null) {
        return;
      }
      if (into.append(entry, entry.length)) {
        waiting.poll();
        waitingCount.decrementAndGet();
      } else {
        into = next(into);
      }
    }
  }

  /** Reads the next entries, at most so many. */
  JournalBatch read(int max) {
    JournalSegment now = current.get(); // read first: what it replaced is full or moving
    boolean complete = moving.get() == 0;
    JournalBatch batch =
        new JournalBatch(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), 0, false);
    for (JournalSegment segment : left) {
      complete &= batch.take(segment, true, max);
    }
    for (JournalSegment segment : full) {
      complete &= batch.take(segment, false, max);
    }
    if (now != null) {
      complete &= batch.take(now, false, max);
    }
    int fromMemory = 0;
    for (byte[] entry : waiting) {
      if (batch.entries().size() >= max) {
        complete = false;
        break;
      }
      batch.entries().add(entry);
      fromMemory++;
    }
    return new JournalBatch(batch.entries(), batch.from(), batch.began(), fromMemory, complete);
  }

  /** Frees the space of a batch that is in the database. */
  void done(JournalBatch batch) throws IOException {
    for (int i = 0; i < batch.fromMemory(); i++) {
      waiting.poll();
      waitingCount.decrementAndGet();
    }
    files.lock();
    try {
      recycle();
    } finally {
      files.unlock();
    }
  }

  private void recycle() throws IOException {
    deleteLeft();
    for (JournalSegment head = full.peek(); head != null && head.exhausted(); head = full.peek()) {
      full.poll();
      if (empty.isEmpty()) {
        head.clear();
        empty.add(head);
      } else {
        segments--;
        head.delete();
      }
    }
  }

  private void deleteLeft() throws IOException {
    for (JournalSegment head = left.peek(); head != null && head.exhausted(); head = left.peek()) {
      left.poll();
      segments--;
      head.delete();
    }
  }

  /** Takes a batch back that could not be written: it will be read again. */
  void undo(JournalBatch batch) {
    for (int i = batch.from().size() - 1; i >= 0; i--) { // backwards: one may be in it twice
      batch.from().get(i).rewind(batch.began().get(i));
    }
  }

  /** Forces everything that was appended to disk. */
  void force() {
    full.forEach(JournalSegment::force);
    JournalSegment now = current.get();
    if (now != null) {
      now.force();
    }
  }

  /** Closes every file. The next process finds those with unwritten entries. */
  void close() throws IOException {
    files.lock();
    try {
      closeSegments();
    } finally {
      files.unlock();
    }
  }

  private void closeSegments() throws IOException {
    CloseAll.inOrder(this::shelveAll, this::closeFiles);
  }

  private void closeFiles() throws IOException {
    boolean clean = drained();
    List<CloseAll.Step<IOException>> closing = new ArrayList<>();
    for (JournalSegment segment : closed()) {
      closing.add(clean ? segment::delete : segment::leave);
    }
    closing.add(running::close);
    JournalFolder locked = folder;
    if (locked != null) {
      closing.add(locked::close);
    }
    CloseAll.inOrder(closing);
  }

  private void shelveAll() throws IOException {
    for (int before = -1; waiting() != 0 && waiting() != before && folder != null; ) {
      before = waiting();
      refill();
      shelve();
    }
  }

  private List<JournalSegment> closed() {
    List<JournalSegment> all = new ArrayList<>(left);
    all.addAll(full);
    all.addAll(empty);
    for (AtomicReference<@Nullable JournalSegment> place : List.of(current, spare)) {
      JournalSegment segment = place.getAndSet(null);
      if (segment != null) {
        segment.close();
        all.add(segment);
      }
    }
    return all;
  }
}
