package dev.serai.gateway.identity;

import dev.serai.memory.files.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * Nonces that were used, in a mapped file, so that they survive the end of the process. Each is a
 * hash with the time until which it is remembered.
 *
 * <p>Model: the file is a hash table with open addressing. A nonce lies within {@value #MAX_PROBES}
 * slots from its first one. A slot whose time is over is free, but the search goes on behind it; it
 * ends at a slot that was never used. Of the free slots the oldest is taken, so that most nonces
 * are known for long after their time: a clock that jumps ahead and back makes none of them new.
 * There is no index in memory, and nothing is read at the start. The file is allocated as a whole
 * when it is created, so that a full disk cannot fail a later write. A crash of the machine, other
 * than one of the process, may lose the last seconds.
 *
 * <p>Thread-safe; a call takes less than a microsecond and does no I/O but page faults.
 */
public final class NonceFile {
  private static final String FILE = "nonces";
  private static final int SLOTS = 1 << 19;
  private static final int SLOT = 3 * Long.BYTES;
  private static final int MAX_PROBES = 64;
  private static final int PIECE = 64 * 1024;

  private final ByteBuffer table;
  private final int slots;

  /** What became of a nonce. */
  public enum Use {
    /** It is remembered now, and was not before. */
    FIRST,
    /** It was used before. */
    AGAIN,
    /** It cannot be remembered: too many others are. */
    FULL
  }

  private NonceFile(ByteBuffer table, int slots) {
    this.table = table;
    this.slots = slots;
  }

  /**
   * Opens the file of a folder, or creates it.
   *
   * @throws IOException if that fails
   */
  public static NonceFile open(Path folder) throws IOException {
    return open(folder, SLOTS);
  }

  /**
   * @param slots a power of two
   */
  static NonceFile open(Path folder, int slots) throws IOException {
    PrivateFiles.createFolder(folder);
    long size = (long) slots * SLOT;
    try (FileChannel channel =
        PrivateFiles.open(
            folder.resolve(FILE),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE))) {
      if (channel.size() != size) {
        allocate(channel, size);
      }
      return new NonceFile(channel.map(FileChannel.MapMode.READ_WRITE, 0, size), slots);
    }
  }

  private static void allocate(FileChannel channel, long size) throws IOException {
    channel.truncate(0);
    ByteBuffer zeros = ByteBuffer.allocate(PIECE);
    while (channel.position() < size) {
      zeros.position(0).limit((int) Math.min(PIECE, size - channel.position()));
      channel.write(zeros);
    }
    channel.force(true);
  }

  /**
   * Uses a nonce.
   *
   * @param high one half of a hash of the nonce and its owner
   * @param low the other half
   * @param now in seconds
   * @param until when it may be forgotten, in seconds, later than now
   */
  public synchronized Use use(long high, long low, long now, long until) {
    int free = -1;
    long freeSince = Long.MAX_VALUE;
    for (int probe = 0; probe < MAX_PROBES; probe++) {
      int at = (int) ((high + probe) & (slots - 1)) * SLOT;
      long end = table.getLong(at + 2 * Long.BYTES);
      if (end > now && table.getLong(at) == high && table.getLong(at + Long.BYTES) == low) {
        return Use.AGAIN;
      }
      if (end <= now && end < freeSince) {
        free = at;
        freeSince = end;
      }
      if (end == 0) {
        break;
      }
    }
    return free < 0 ? Use.FULL : write(free, high, low, until);
  }

  /** The time is written last: it makes the slot valid. */
  private Use write(int at, long high, long low, long until) {
    table.putLong(at, high);
    table.putLong(at + Long.BYTES, low);
    table.putLong(at + 2 * Long.BYTES, until);
    return Use.FIRST;
  }
}
