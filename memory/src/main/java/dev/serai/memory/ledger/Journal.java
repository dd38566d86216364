package dev.serai.memory.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
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
  private static final int MAX_FOLDERS = 64;
  private static final String SUFFIX = ".journal";

  private final Path root;
  private final int segmentBytes;
  private final int maxSegments;
  private final int maxWaiting;
  private final AtomicReference<@Nullable JournalSegment> current = new AtomicReference<>();
  private final AtomicReference<@Nullable JournalSegment> spare = new AtomicReference<>();
  private final Queue<JournalSegment> full = new ConcurrentLinkedQueue<>();
  private final Queue<byte[]> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waitingCount = new AtomicInteger();
  private final Queue<JournalSegment> left = new ConcurrentLinkedQueue<>();
  private final Queue<JournalSegment> empty = new ArrayDeque<>();
  private final ReentrantLock files = new ReentrantLock();
  private volatile int segments;
  private volatile Runnable spareTaken = () -> {};
  private @Nullable FileChannel lock;
  private @Nullable Path folder;
  private int made;

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
    if (current.compareAndSet(seen, fresh)) {
      seen.close();
      full.add(seen);
    } else if (!spare.compareAndSet(null, fresh)) {
      fresh.close(); // there is a new spare one already: this one is recycled
      full.add(fresh);
    }
    return current.get();
  }

  /** Whether there is hardly any room left, so that new calls must be refused. */
  boolean full() {
    return waitingCount.get() >= maxWaiting / 2;
  }

  /** Whether everything is in the database. */
  boolean drained() {
    JournalSegment now = current.get();
    return waiting.isEmpty() && left.isEmpty() && full.isEmpty() && (now == null || !now.unread());
  }

  /** The size of all files. */
  long bytes() {
    return (long) segments * segmentBytes;
  }

  int waiting() {
    return waitingCount.get();
  }

  long maxBytes() {
    return (long) maxSegments * segmentBytes;
  }

  /**
   * Locks a folder that no other process uses, and finds the segments left in it.
   *
   * @throws IOException if there is no such folder or it cannot be written
   */
  private void open() throws IOException {
    for (int i = 1; i <= MAX_FOLDERS; i++) {
      Path candidate = root.resolve(i == 1 ? "journal" : "journal-" + i);
      Files.createDirectories(candidate);
      FileChannel channel = openLock(candidate);
      if (locked(channel)) {
        lock = channel;
        folder = candidate;
        findLeft(candidate);
        return;
      }
      channel.close();
    }
    throw new IOException("every journal folder in " + root + " is in use");
  }

  private static FileChannel openLock(Path folder) throws IOException {
    return FileChannel.open(
        folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // another gateway in this process has locked it
    }
  }

  private void findLeft(Path in) throws IOException {
    try (Stream<Path> files = Files.list(in)) {
      for (Path file : files.filter(f -> f.toString().endsWith(SUFFIX)).sorted().toList()) {
        if (Files.size(file) == 0) {
          Files.delete(file);
        } else {
          left.add(JournalSegment.left(file));
          String name = String.valueOf(file.getFileName());
          made = Math.max(made, Integer.parseInt(name, 0, name.length() - SUFFIX.length(), 10));
        }
      }
    }
    segments = left.size();
  }

  /**
   * Makes the current and the spare segment if they are missing.
   *
   * @throws IOException if a file cannot be created
   */
  void provide() throws IOException {
    files.lock();
    try {
      if (folder == null) {
        open();
      }
      refill();
    } finally {
      files.unlock();
    }
  }

  private void refill() throws IOException {
    if (spare.get() == null) {
      spare.set(make());
    }
    if (current.get() == null) {
      current.set(spare.getAndSet(null));
      spare.set(make());
    }
  }

  /** A segment, or null at the bound. */
  private @Nullable JournalSegment make() throws IOException {
    JournalSegment ready = empty.poll();
    if (ready != null) {
      return ready;
    }
    Path in = folder;
    return in == null || segments >= maxSegments ? ready : create(in);
  }

  private JournalSegment create(Path in) throws IOException {
    made++;
    String name = Integer.toString(1_000_000_000 + made).substring(1) + SUFFIX;
    JournalSegment fresh = JournalSegment.create(in.resolve(name), segmentBytes);
    segments++;
    return fresh;
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

  /**
   * Some entries to be written to the database.
   *
   * @param from the segments that were read
   * @param began the read position of each of them before
   * @param fromMemory how many of the entries are from memory, the last ones
   */
  record Batch(
      List<byte[]> entries, List<JournalSegment> from, List<Integer> began, int fromMemory) {}

  /** Reads the next entries, at most so many. */
  Batch read(int max) {
    Batch batch = new Batch(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), 0);
    for (JournalSegment segment : left) {
      take(segment, true, max, batch);
    }
    for (JournalSegment segment : full) {
      take(segment, false, max, batch);
    }
    JournalSegment now = current.get();
    if (now != null) {
      take(now, false, max, batch);
    }
    int fromMemory = 0;
    for (byte[] entry : waiting) {
      if (batch.entries.size() >= max) {
        break;
      }
      batch.entries.add(entry);
      fromMemory++;
    }
    return new Batch(batch.entries, batch.from, batch.began, fromMemory);
  }

  private static void take(JournalSegment segment, boolean wasLeft, int max, Batch batch) {
    batch.from.add(segment);
    batch.began.add(segment.position());
    while (batch.entries.size() < max) {
      byte[] entry = wasLeft ? segment.nextWhole() : segment.next();
      if (entry.length == 0) {
        return;
      }
      batch.entries.add(entry);
    }
  }

  /** Frees the space of a batch that is in the database. */
  void done(Batch batch) throws IOException {
    for (int i = 0; i < batch.fromMemory; i++) {
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
  void undo(Batch batch) {
    for (int i = 0; i < batch.from.size(); i++) {
      batch.from.get(i).rewind(batch.began.get(i));
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
    for (int before = -1; waiting() != 0 && waiting() != before && folder != null; ) {
      before = waiting();
      refill();
      shelve();
    }
    boolean clean = drained();
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
    for (JournalSegment segment : all) {
      if (clean) {
        segment.delete();
      } else {
        segment.leave();
      }
    }
    if (lock != null) {
      lock.close();
    }
  }
}
