package dev.serai.memory.ledger;

import dev.serai.memory.files.PrivateFiles;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32C;

/**
 * One file of the journal, mapped into memory.
 *
 * <p>An entry is its length, a checksum and its bytes, aligned to eight bytes. An appending thread
 * reserves a place by moving one counter, without a lock, fills it, and writes the length last: an
 * entry exists once its length is there. The bytes then belong to the kernel, so they outlive the
 * process however it ends; {@link #force} makes them outlive the machine. One thread reads.
 */
final class JournalSegment {
  private static final byte[] NOTHING = new byte[0];
  private static final int HEAD = 8;
  private static final int CLOSED = 1 << 31;
  private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);

  private final Path file;
  private final int size;
  private final Arena arena;
  private final MemorySegment memory;
  private final AtomicInteger reserved;
  private int read;

  private JournalSegment(Path file, Arena arena, MemorySegment memory, int reserved) {
    this.file = file;
    this.size = Math.toIntExact(memory.byteSize());
    this.arena = arena;
    this.memory = memory;
    this.reserved = new AtomicInteger(reserved);
  }

  /** What a segment holds that another process has left. */
  enum Content {
    /** Zeros only, or a list of running calls of which none ran. */
    NOTHING,
    /** Entries of this version. */
    ENTRIES,
    /** An entry of another version, or bytes of which none is an entry. */
    UNKNOWN
  }

  /**
   * Creates an empty segment. Its blocks are written, not only reserved, so that a full disk fails
   * here and not in an appending thread. If that fails, no file stays behind.
   */
  static JournalSegment create(Path file, int size) throws IOException {
    try (FileChannel channel = PrivateFiles.open(file, NEW)) {
      writeZeros(channel, size);
      channel.force(true);
      return map(channel, file, size, 0);
    } catch (IOException e) {
      deleteAfter(e, file);
      throw e;
    }
  }

  /** Deletes a file that could not be made; one that was there before is kept. */
  static void deleteAfter(IOException failure, Path file) {
    if (failure instanceof FileAlreadyExistsException) {
      return;
    }
    try {
      Files.deleteIfExists(file);
    } catch (IOException second) {
      failure.addSuppressed(second);
    }
  }

  static void writeZeros(FileChannel channel, int size) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocateDirect(64 * 1024);
    for (int at = 0; at < size; ) {
      zeros.clear().limit(Math.min(zeros.capacity(), size - at));
      at += channel.write(zeros, at);
    }
  }

  /** Opens a segment that another process has left. It is only read. */
  static JournalSegment left(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      int size = Math.toIntExact(channel.size());
      return map(channel, file, size, size | CLOSED);
    }
  }

  private static JournalSegment map(FileChannel channel, Path file, int size, int reserved)
      throws IOException {
    Arena arena = Arena.ofShared();
    MemorySegment memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, size, arena);
    return new JournalSegment(file, arena, memory, reserved);
  }

  /** Appends an entry; false if there is no room or the segment is closed. Never waits. */
  boolean append(byte[] bytes, int length) {
    int at = reserve(aligned(HEAD + length));
    if (at < 0) {
      return false;
    }
    MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, at + (long) HEAD, length);
    memory.set(ValueLayout.JAVA_INT, at + 4L, checksum(bytes, length));
    INT.setVolatile(memory, (long) at, length);
    return true;
  }

  /** Returns the reserved position, or -1 if the segment is closed or has no room. */
  private int reserve(int whole) {
    int at = reserved.get();
    while (at >= 0 && size - at >= whole) {
      int seen = reserved.compareAndExchange(at, at + whole);
      if (seen == at) {
        return at;
      }
      at = seen;
    }
    return -1;
  }

  /** Ends appending. */
  void close() {
    reserved.getAndUpdate(at -> at | CLOSED);
  }

  /** Whether the segment is closed and everything in it has been read. */
  boolean exhausted() {
    int end = reserved.get();
    return end < 0 && read >= (end & ~CLOSED);
  }

  /** Whether there may be something to read. */
  boolean unread() {
    return read < end();
  }

  int position() {
    return read;
  }

  /** The position behind the last place that was reserved so far. */
  int end() {
    return reserved.get() & ~CLOSED;
  }

  /** Moves the read position back, because entries could not be written to the database. */
  void rewind(int position) {
    read = position;
  }

  /** The next entry; empty if there is none yet. */
  byte[] next() {
    if (read >= end()) {
      return NOTHING;
    }
    int length = (int) INT.getVolatile(memory, (long) read);
    if (length == 0) {
      return NOTHING;
    }
    byte[] bytes = new byte[length];
    MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, read + (long) HEAD, bytes, 0, length);
    read += aligned(HEAD + length);
    return bytes;
  }

  /**
   * The next entry of a segment that was left. Skips places that were reserved and never filled,
   * because the process ended. Empty at the end of the file.
   */
  byte[] nextWhole() {
    for (; read + HEAD <= size; read += HEAD) {
      int length = memory.get(ValueLayout.JAVA_INT, read);
      if (length <= 0 || length > size - read - HEAD) {
        continue;
      }
      byte[] bytes = new byte[length];
      MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, read + (long) HEAD, bytes, 0, length);
      if (memory.get(ValueLayout.JAVA_INT, read + 4L) == checksum(bytes, length)) {
        read += aligned(HEAD + length);
        return bytes;
      }
    }
    read = size;
    return NOTHING;
  }

  /** What this segment holds that was left. Leaves the read position as it is. */
  Content content() {
    int before = read;
    Content content = Content.UNKNOWN;
    for (byte[] entry = nextWhole(); entry.length > 0; entry = nextWhole()) {
      if (!EntryReader.isKnown(entry)) {
        read = before;
        return Content.UNKNOWN;
      }
      content = Content.ENTRIES;
    }
    read = before;
    boolean empty = isZero() || RunningCalls.isFree(memory);
    return content == Content.ENTRIES || !empty ? content : Content.NOTHING;
  }

  /** The number of entries in a segment that was left. Leaves the read position as it is. */
  int count() {
    int before = read;
    int count = 0;
    while (nextWhole().length > 0) {
      count++;
    }
    read = before;
    return count;
  }

  private boolean isZero() {
    for (long at = 0; at < size; at++) {
      if (memory.get(ValueLayout.JAVA_BYTE, at) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Forces what was appended to disk. */
  void force() {
    memory.force();
  }

  /** Empties a segment that has been read, to use it again. */
  void clear() {
    memory.fill((byte) 0);
    read = 0;
    reserved.set(0);
  }

  /** Deletes the file. No thread may append any more. */
  void delete() throws IOException {
    arena.close();
    Files.deleteIfExists(file);
  }

  /** Closes the file and keeps it for the next process. No thread may append any more. */
  void leave() {
    memory.force();
    arena.close();
  }

  int size() {
    return size;
  }

  private static int aligned(int length) {
    return (length + 7) & ~7;
  }

  static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
