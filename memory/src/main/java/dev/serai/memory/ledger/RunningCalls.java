package dev.serai.memory.ledger;

import dev.serai.memory.files.PrivateFiles;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The calls that run, one slot each in a file that is mapped into memory, so that the next process
 * can account for those that the end of this one interrupts.
 *
 * <p>An occupied slot is an entry as in a {@link JournalSegment}: length, checksum, bytes. A free
 * one has the length 0. So what a process leaves is read as a segment. To take or free a slot costs
 * one compare-and-set on a stack of free slots; the slot that was freed last is taken first, so
 * that few calls touch few pages. Thread-safe.
 */
final class RunningCalls {
  static final int SLOTS = 20_480;
  static final int NONE = -1;
  private static final int SLOT = 256;
  private static final Runnable NOTHING = () -> {};
  private static final int HEAD = 8;
  private static final long INDEX = 0xffff_ffffL;
  private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);

  private final int[] below = new int[SLOTS];

  /** What frees each slot. It is made when the slot is first taken, and reused by later calls. */
  private final @Nullable Runnable[] removals = new Runnable[SLOTS];

  /** The top of the stack in the lower half, and a count of changes above it. */
  private final AtomicLong top = new AtomicLong();

  private final AtomicInteger running = new AtomicInteger();
  private final AtomicLong unnoted = new AtomicLong();
  private volatile @Nullable MemorySegment memory;
  private @Nullable Path made;

  RunningCalls() {
    for (int i = 0; i < SLOTS; i++) {
      below[i] = i + 1 < SLOTS ? i + 1 : NONE;
    }
  }

  /**
   * Creates the file, unless this was done. Its blocks are written, so that a full disk fails here
   * and not in a thread that takes a slot. If that fails, no file stays behind.
   */
  void provide(Path file) throws IOException {
    if (memory != null) {
      return;
    }
    try (FileChannel channel = PrivateFiles.open(file, NEW)) {
      JournalSegment.writeZeros(channel, SLOTS * SLOT);
      // Never unmapped by hand: a call may end after the ledger was closed.
      memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) SLOTS * SLOT, Arena.ofAuto());
      made = file;
    } catch (IOException e) {
      JournalSegment.deleteAfter(e, file);
      throw e;
    }
  }

  /**
   * Whether this is such a file and every slot is free. The bytes of calls that ended stay in it.
   */
  static boolean isFree(MemorySegment file) {
    boolean free = file.byteSize() == (long) SLOTS * SLOT;
    for (long at = 0; free && at < file.byteSize(); at += SLOT) {
      free = file.get(ValueLayout.JAVA_INT, at) == 0;
    }
    return free;
  }

  /** The longest entry that has room. */
  static int maxLength() {
    return SLOT - HEAD;
  }

  /**
   * Notes a call that begins. Never waits.
   *
   * @return removes the note; to be run once
   */
  Runnable note(EntryBuffer entry) {
    int slot = add(entry);
    return slot == NONE ? NOTHING : removal(slot);
  }

  private Runnable removal(int slot) {
    Runnable removal = removals[slot];
    if (removal == null) {
      removal = () -> remove(slot);
      removals[slot] = removal;
    }
    return removal;
  }

  /**
   * Takes a slot for a call that begins. Never waits.
   *
   * @return {@link #NONE} if all are taken, there is no file yet, or the entry is too long
   */
  int add(EntryBuffer entry) {
    MemorySegment into = memory;
    int length = entry.length();
    int slot = into == null || length > maxLength() ? NONE : take();
    if (into != null && slot != NONE) {
      long at = (long) slot * SLOT;
      MemorySegment.copy(entry.array(), 0, into, ValueLayout.JAVA_BYTE, at + HEAD, length);
      into.set(ValueLayout.JAVA_INT, at + 4, JournalSegment.checksum(entry.array(), length));
      INT.setVolatile(into, at, length);
      running.incrementAndGet();
    } else {
      unnoted.incrementAndGet();
    }
    return slot;
  }

  /** The number of calls that got no slot: if a kill interrupts them, they have no row. */
  long unnoted() {
    return unnoted.get();
  }

  /** Frees the slot of a call that has ended. */
  void remove(int slot) {
    MemorySegment from = memory;
    if (from == null) {
      return;
    }
    INT.setVolatile(from, (long) slot * SLOT, 0);
    running.decrementAndGet();
    boolean freed = false;
    while (!freed) {
      long seen = top.get();
      below[slot] = (int) seen;
      freed = top.compareAndSet(seen, next(seen, slot));
    }
  }

  private int take() {
    long seen = top.get();
    while ((int) seen != NONE) {
      long now = top.compareAndExchange(seen, next(seen, below[(int) seen]));
      if (now == seen) {
        return (int) seen;
      }
      seen = now;
    }
    return NONE;
  }

  /** The count protects from a slot that was taken and freed in between. */
  private static long next(long seen, int slot) {
    return (seen & ~INDEX) + (1L << 32) | slot & INDEX;
  }

  /** Deletes the file; keeps it for the next process if calls still run. */
  void close() throws IOException {
    Path file = made;
    if (file != null && running.get() == 0) {
      Files.deleteIfExists(file);
    }
  }
}
