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
 * What has been used and is not in the database yet: files that many threads append to and one
 * thread, the keeper, reads and empties.
 *
 * <p>There is always one current segment and a spare one, made beforehand by another thread that
 * waits for no database, so that who appends never waits for a file. Where there is neither (the
 * start, a full disk, the bound reached), entries wait in memory, bounded too. {@link #append} may
 * be called by any thread, {@link #provide} by the one that makes files, all else by the keeper.
 */
final class Journal {
  private static final int MOST_FOLDERS = 64;
  private static final String SUFFIX = ".journal";

  private final Path root;
  private final int segmentBytes;
  private final int mostSegments;
  private final int mostWaiting;
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
   * @param mostBytes of all files
   * @param mostWaiting entries in memory while there is no file for them
   */
  Journal(Path root, int segmentBytes, long mostBytes, int mostWaiting) {
    this.root = root;
    this.segmentBytes = segmentBytes;
    this.mostSegments = (int) Math.max(2, mostBytes / segmentBytes);
    this.mostWaiting = mostWaiting;
  }

  /** Has that run, by who appends, whenever a spare segment is needed; it must not wait. */
  void whenSpareTaken(Runnable action) {
    spareTaken = action;
  }

  /** Takes an entry; false if nothing at all can take it any more. */
  boolean append(EntryBuffer entry) {
    JournalSegment segment = current.get();
    while (segment != null) {
      if (segment.append(entry.array(), entry.length())) {
        return true;
      }
      segment = next(segment);
    }
    if (waitingCount.get() >= mostWaiting) {
      return false;
    }
    waitingCount.incrementAndGet();
    waiting.add(Arrays.copyOf(entry.array(), entry.length()));
    return true;
  }

  /** The segment after a full one: another thread's choice, or the spare one. */
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
      fresh.close(); // the keeper has made another meanwhile: this one is emptied again
      full.add(fresh);
    }
    return current.get();
  }

  /** Whether there is no room left but a little in memory: new calls should be refused. */
  boolean full() {
    return waitingCount.get() >= mostWaiting / 2;
  }

  /** Whether nothing waits to be brought to the database. */
  boolean drained() {
    JournalSegment now = current.get();
    return waiting.isEmpty() && left.isEmpty() && full.isEmpty() && (now == null || !now.unread());
  }

  /** Files in use and the entries in memory. */
  long bytes() {
    return (long) segments * segmentBytes;
  }

  int waiting() {
    return waitingCount.get();
  }

  long mostBytes() {
    return (long) mostSegments * segmentBytes;
  }

  /**
   * Takes a folder that no other process has, and finds what was left in it.
   *
   * @throws IOException if there is none to be had or it cannot be written
   */
  private void open() throws IOException {
    for (int i = 1; i <= MOST_FOLDERS; i++) {
      Path candidate = root.resolve(i == 1 ? "journal" : "journal-" + i);
      Files.createDirectories(candidate);
      FileChannel channel =
          FileChannel.open(
              candidate.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (locked(channel)) {
        lock = channel;
        folder = candidate;
        findLeft(candidate);
        return;
      }
      channel.close();
    }
    throw new IOException("every journal in " + root + " is in use");
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // a gateway in this very process has it
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
   * Sees to it that there are a current and a spare segment.
   *
   * @throws IOException if no file can be made
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

  /** A new one; none if that would be one too many. */
  private @Nullable JournalSegment make() throws IOException {
    JournalSegment ready = empty.poll();
    if (ready != null) {
      return ready;
    }
    Path in = folder;
    return in == null || segments >= mostSegments ? ready : create(in);
  }

  private JournalSegment create(Path in) throws IOException {
    made++;
    String name = Integer.toString(1_000_000_000 + made).substring(1) + SUFFIX;
    JournalSegment fresh = JournalSegment.create(in.resolve(name), segmentBytes);
    segments++;
    return fresh;
  }

  /** Puts what waits in memory into files, as far as there is room. */
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

  /** Some entries to be brought to the database, and how far they reach. */
  record Batch(
      List<byte[]> entries, List<JournalSegment> from, List<Integer> began, int fromMemory) {}

  /** The next entries, at most about so many. */
  Batch read(int most) {
    Batch batch = new Batch(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), 0);
    for (JournalSegment segment : left) {
      take(segment, true, most, batch);
    }
    for (JournalSegment segment : full) {
      take(segment, false, most, batch);
    }
    JournalSegment now = current.get();
    if (now != null) {
      take(now, false, most, batch);
    }
    int fromMemory = 0;
    for (byte[] entry : waiting) {
      if (batch.entries.size() >= most) {
        break;
      }
      batch.entries.add(entry);
      fromMemory++;
    }
    return new Batch(batch.entries, batch.from, batch.began, fromMemory);
  }

  private static void take(JournalSegment segment, boolean wasLeft, int most, Batch batch) {
    batch.from.add(segment);
    batch.began.add(segment.position());
    while (batch.entries.size() < most) {
      byte[] entry = wasLeft ? segment.nextWhole() : segment.next();
      if (entry.length == 0) {
        return;
      }
      batch.entries.add(entry);
    }
  }

  /** The batch is in the database: what has been read to its end is emptied or removed. */
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
    for (JournalSegment head = left.peek(); head != null && head.exhausted(); head = left.peek()) {
      left.poll();
      segments--;
      head.delete();
    }
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

  /** The batch could not be brought there: it will be read again. */
  void undo(Batch batch) {
    for (int i = 0; i < batch.from.size(); i++) {
      batch.from.get(i).rewind(batch.began.get(i));
    }
  }

  /** Has the disk take everything that has been appended. */
  void force() {
    full.forEach(JournalSegment::force);
    JournalSegment now = current.get();
    if (now != null) {
      now.force();
    }
  }

  /** Lets go of every file; those with something in them are found by the next process. */
  void close() throws IOException {
    files.lock();
    try {
      letGo();
    } finally {
      files.unlock();
    }
  }

  private void letGo() throws IOException {
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
