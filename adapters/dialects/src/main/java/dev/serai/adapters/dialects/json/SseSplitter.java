package dev.serai.adapters.dialects.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Splits a stream of bytes into server-sent events (WHATWG HTML, section 9.2.6), without copying
 * what is whole.
 *
 * <p>Model: the bytes not yet split lie in one array, {@link #buffer}. A <em>block</em> is
 * everything up to and including a blank line: an event if it has a data field, else comments or
 * nothing. {@link #take} adds a piece, {@link #next} moves on to the next complete block, and a
 * block that is not complete waits for more. Blocks follow each other without gaps: their bytes
 * together are the stream's bytes. Offsets inside a block are kept from its start, so that they
 * hold when the block moves to a larger array.
 *
 * <p>LF, CR and CRLF end a line; data lines are joined by LF; one space after the colon is dropped;
 * a byte order mark at the start is passed over. A CR at the end of a piece ends its line at once,
 * unless the stream has shown that it writes CRLF. An unfinished event at the end of the stream is
 * discarded, as the standard says. Not thread-safe.
 */
public final class SseSplitter {
  /** The longest line, in bytes, unless a grammar needs another. */
  public static final int LINE_LIMIT = 256 * 1024;

  /** The longest block, in lines of full length. */
  private static final int BLOCK_LINES = 4;

  /** The longest block, in bytes, unless a grammar needs longer lines. */
  public static final int BLOCK_LIMIT = BLOCK_LINES * LINE_LIMIT;

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long LINE_FEEDS = ONES * '\n';
  private static final long RETURNS = ONES * '\r';
  private static final byte[] DATA = {'d', 'a', 't', 'a'};
  private static final byte[] EVENT = {'e', 'v', 'e', 'n', 't'};
  private static final byte[] NOTHING = new byte[0];

  /** A buffer of so many bytes may be kept for nothing. */
  private static final int SMALL = 4096;

  private final int lineLimit;
  private byte[] buffer = NOTHING;
  private boolean owned;
  private int limit;
  private boolean firstLine = true;
  private boolean crlf;
  private boolean lineFeedMayFollow;

  private int blockStart;
  // From here on offsets count from blockStart.
  private int blockEnd;
  private int lineStart;
  private int scan;
  private int dataLines;
  private int dataStart;
  private int dataEnd;
  private int typeStart;
  private int typeEnd;
  private byte[] joined = NOTHING;
  private int joinedSize;

  public SseSplitter() {
    this(LINE_LIMIT);
  }

  /**
   * @param lineLimit the longest line, in bytes; a block may be four times as long
   */
  public SseSplitter(int lineLimit) {
    this.lineLimit = lineLimit;
  }

  /** Adds the next bytes of the stream. The array is the splitter's from now on. */
  public void take(byte[] piece) {
    leaveBlock();
    int left = limit - blockStart;
    if (left == 0) {
      buffer = piece;
      owned = false;
      blockStart = 0;
      limit = piece.length;
      return;
    }
    if (!owned || buffer.length - limit < piece.length) {
      int needed = left + piece.length;
      // Doubled the second time: a block in very many pieces is not copied for each of them.
      byte[] larger = new byte[owned ? Math.max(needed, 2 * left) : needed];
      System.arraycopy(buffer, blockStart, larger, 0, left);
      buffer = larger;
      owned = true;
      blockStart = 0;
      limit = left;
    }
    System.arraycopy(piece, 0, buffer, limit, piece.length);
    limit += piece.length;
  }

  /**
   * What came is done with: keeps no more of it than the bytes that are not split yet. What was
   * handed out stays as it is; {@link #buffer} is another from now on.
   */
  public void letGo() {
    leaveBlock();
    int left = limit - blockStart;
    if (buffer.length > SMALL && 4 * left < buffer.length) {
      buffer = left == 0 ? NOTHING : Arrays.copyOfRange(buffer, blockStart, limit);
      owned = true;
      blockStart = 0;
      limit = left;
    }
  }

  /** No more bytes will come: a CR at the very end stands alone. {@link #next} may find a block. */
  public void finish() {
    crlf = false;
  }

  /**
   * Moves on to the next complete block.
   *
   * @return false if there is none before more bytes are taken
   * @throws MalformedInput if a line or a block is too long
   */
  public boolean next() {
    leaveBlock();
    while (true) {
      passLineFeed();
      int end = lineEnd(buffer, blockStart + scan, limit);
      scan = end - blockStart;
      if (scan - lineStart > lineLimit || scan > BLOCK_LINES * lineLimit) {
        throw new MalformedInput(end, "a shorter line of the event stream");
      }
      if (end == limit || buffer[end] == '\r' && end + 1 == limit && crlf) {
        return false;
      }
      int after = afterLine(end);
      boolean blank = readLine(blockStart + lineStart, end);
      lineStart = after - blockStart;
      scan = lineStart;
      if (blank) {
        blockEnd = scan;
        return true;
      }
    }
  }

  /** The array that holds the block; it may hold other bytes too. Not to be changed. */
  public byte[] buffer() {
    return buffer;
  }

  /**
   * Where the block starts in {@link #buffer}; before {@link #next}: where the unsplit bytes do.
   */
  public int start() {
    return blockStart;
  }

  /** The offset behind the block's blank line. */
  public int end() {
    return blockStart + blockEnd;
  }

  /** How many bytes {@link #buffer} holds. */
  public int limit() {
    return limit;
  }

  /** Whether the block is an event. */
  public boolean hasData() {
    return dataLines > 0;
  }

  /** The array that holds the event's data. */
  public byte[] data() {
    return dataLines > 1 ? joined : buffer;
  }

  /** Where the event's data starts in {@link #data}. */
  public int dataStart() {
    return dataLines > 1 ? 0 : blockStart + dataStart;
  }

  /** Where it ends. */
  public int dataEnd() {
    return dataLines > 1 ? joinedSize : blockStart + dataEnd;
  }

  /** Whether the event's type is that one, given as ASCII. */
  public boolean typeIs(byte[] type) {
    return Arrays.equals(
        buffer, blockStart + typeStart, blockStart + typeEnd, type, 0, type.length);
  }

  private void leaveBlock() {
    if (blockEnd > 0) {
      blockStart += blockEnd;
      blockEnd = 0;
      lineStart = 0;
      scan = 0;
      dataLines = 0;
      typeStart = 0;
      typeEnd = 0;
    }
  }

  private void passLineFeed() {
    int at = blockStart + scan;
    if (lineFeedMayFollow && at < limit) {
      lineFeedMayFollow = false;
      if (buffer[at] == '\n') {
        crlf = true;
        scan++;
        lineStart = scan;
      }
    }
  }

  private int afterLine(int end) {
    if (buffer[end] == '\n') {
      return end + 1;
    }
    if (end + 1 == limit) {
      lineFeedMayFollow = true;
      return limit;
    }
    if (buffer[end + 1] == '\n') {
      crlf = true;
      return end + 2;
    }
    return end + 1;
  }

  private static int lineEnd(byte[] bytes, int from, int limit) {
    int at = from;
    for (int last = limit - 8; at <= last; at += 8) {
      long word = (long) WORDS.get(bytes, at);
      long feeds = word ^ LINE_FEEDS;
      long returns = word ^ RETURNS;
      long marks = ((feeds - ONES) & ~feeds | (returns - ONES) & ~returns) & HIGH_BITS;
      if (marks != 0) {
        return at + (Long.numberOfTrailingZeros(marks) >>> 3);
      }
    }
    while (at < limit && bytes[at] != '\n' && bytes[at] != '\r') {
      at++;
    }
    return at;
  }

  /** Reads a field; says whether the line is blank. */
  private boolean readLine(int lineFrom, int to) {
    int from = lineFrom;
    if (firstLine) {
      firstLine = false;
      boolean marked =
          to - from >= 3
              && buffer[from] == (byte) 0xEF
              && buffer[from + 1] == (byte) 0xBB
              && buffer[from + 2] == (byte) 0xBF;
      from = marked ? from + 3 : from;
    }
    if (from == to) {
      return true;
    }
    if (isField(DATA, from, to)) {
      addData(valueStart(from + DATA.length, to), to);
    } else if (isField(EVENT, from, to)) {
      typeStart = valueStart(from + EVENT.length, to) - blockStart;
      typeEnd = to - blockStart;
    }
    return false;
  }

  private boolean isField(byte[] name, int from, int to) {
    int end = from + name.length;
    return end <= to
        && buffer[from] == name[0]
        && Arrays.equals(buffer, from, end, name, 0, name.length)
        && (end == to || buffer[end] == ':');
  }

  private int valueStart(int colon, int to) {
    if (colon == to) {
      return to;
    }
    return colon + 1 < to && buffer[colon + 1] == ' ' ? colon + 2 : colon + 1;
  }

  private void addData(int from, int to) {
    if (dataLines == 0) {
      dataStart = from - blockStart;
      dataEnd = to - blockStart;
    } else {
      if (dataLines == 1) {
        joinedSize = 0;
        join(blockStart + dataStart, blockStart + dataEnd);
      }
      join(-1, -1);
      join(from, to);
    }
    dataLines++;
  }

  /** Adds these bytes to the joined data, or a line feed if there are none to add. */
  private void join(int from, int to) {
    int length = from < 0 ? 1 : to - from;
    if (joined.length - joinedSize < length) {
      joined = Arrays.copyOf(joined, 2 * (joinedSize + length));
    }
    if (from < 0) {
      joined[joinedSize] = '\n';
    } else {
      System.arraycopy(buffer, from, joined, joinedSize, length);
    }
    joinedSize += length;
  }
}
