package dev.serai.adapters.dialects.stream;

import dev.serai.adapters.dialects.json.MalformedInput;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Splits a stream of bytes into the blocks of server-sent events (WHATWG HTML, section 9.2.6).
 *
 * <p>Model: a <em>block</em> is everything up to and including a blank line: an event if it has a
 * data field, else comments or nothing. A block is read line by line; the offsets of its data and
 * its type are noted on the way. LF, CR and CRLF end a line; data lines are joined by LF; one space
 * after the colon is dropped; a byte order mark at the start is skipped. A CR at the end of a piece
 * ends its line at once, unless the stream has shown that it writes CRLF. An unfinished event at
 * the end of the stream is discarded, as the standard says. Not thread-safe.
 */
public final class SseSplitter extends Splitter {
  /** The longest line, in bytes, unless a grammar needs another. */
  public static final int MAX_LINE = 256 * 1024;

  /** The longest block, in lines of full length. */
  private static final int BLOCK_LINES = 4;

  /** The longest block, in bytes, unless a grammar needs longer lines. */
  public static final int MAX_BLOCK = BLOCK_LINES * MAX_LINE;

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long LINE_FEEDS = ONES * '\n';
  private static final long RETURNS = ONES * '\r';
  private static final byte[] DATA = {'d', 'a', 't', 'a'};
  private static final byte[] EVENT = {'e', 'v', 'e', 'n', 't'};

  private final int lineLimit;
  private boolean firstLine = true;
  private boolean crlf;
  private boolean lineFeedMayFollow;

  // Offsets count from the start of the block.
  private int lineStart;
  private int scan;
  private int dataLines;
  private int dataStart;
  private int dataEnd;
  private int typeStart;
  private int typeEnd;
  private byte[] joined = {};
  private int joinedSize;

  public SseSplitter() {
    this(MAX_LINE);
  }

  /**
   * @param lineLimit the longest line, in bytes; a block may be four times as long
   */
  public SseSplitter(int lineLimit) {
    this.lineLimit = lineLimit;
  }

  /** No more bytes follow: a CR at the very end stands alone. */
  @Override
  public void finish() {
    crlf = false;
  }

  @Override
  protected int split() {
    byte[] bytes = buffer();
    int start = start();
    int limit = limit();
    while (true) {
      passLineFeed();
      int end = lineEnd(bytes, start + scan, limit);
      scan = end - start;
      if (scan - lineStart > lineLimit || scan > BLOCK_LINES * lineLimit) {
        throw new MalformedInput(end, "a shorter line of the event stream");
      }
      if (end == limit || bytes[end] == '\r' && end + 1 == limit && crlf) {
        return 0;
      }
      int after = afterLine(end);
      boolean blank = readLine(start + lineStart, end);
      lineStart = after - start;
      scan = lineStart;
      if (blank) {
        return scan;
      }
    }
  }

  @Override
  protected void reset() {
    lineStart = 0;
    scan = 0;
    dataLines = 0;
    typeStart = 0;
    typeEnd = 0;
  }

  /** Whether the block is an event whose data is not empty. */
  @Override
  public boolean hasData() {
    return dataLines > 0 && !isEmpty(data(), dataStart(), dataEnd());
  }

  @Override
  protected boolean isEmptyEvent() {
    return dataLines > 0 && !hasData();
  }

  @Override
  public byte[] data() {
    return dataLines > 1 ? joined : buffer();
  }

  @Override
  public int dataStart() {
    return dataLines > 1 ? 0 : start() + dataStart;
  }

  @Override
  public int dataEnd() {
    return dataLines > 1 ? joinedSize : start() + dataEnd;
  }

  /** Whether the event's type is that one, given as ASCII. */
  public boolean typeIs(byte[] type) {
    return Arrays.equals(buffer(), start() + typeStart, start() + typeEnd, type, 0, type.length);
  }

  private void passLineFeed() {
    int at = start() + scan;
    if (lineFeedMayFollow && at < limit()) {
      lineFeedMayFollow = false;
      if (buffer()[at] == '\n') {
        crlf = true;
        scan++;
        lineStart = scan;
      }
    }
  }

  private int afterLine(int end) {
    if (buffer()[end] == '\n') {
      return end + 1;
    }
    if (end + 1 == limit()) {
      lineFeedMayFollow = true;
      return limit();
    }
    if (buffer()[end + 1] == '\n') {
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

  /** Reads a field; returns whether the line is blank. */
  private boolean readLine(int lineFrom, int to) {
    byte[] bytes = buffer();
    int from = lineFrom;
    if (firstLine) {
      firstLine = false;
      boolean marked =
          to - from >= 3
              && bytes[from] == (byte) 0xEF
              && bytes[from + 1] == (byte) 0xBB
              && bytes[from + 2] == (byte) 0xBF;
      from = marked ? from + 3 : from;
    }
    if (from == to) {
      return true;
    }
    if (isField(DATA, from, to)) {
      addData(valueStart(from + DATA.length, to), to);
    } else if (isField(EVENT, from, to)) {
      typeStart = valueStart(from + EVENT.length, to) - start();
      typeEnd = to - start();
    }
    return false;
  }

  private boolean isField(byte[] name, int from, int to) {
    byte[] bytes = buffer();
    int end = from + name.length;
    return end <= to
        && bytes[from] == name[0]
        && Arrays.equals(bytes, from, end, name, 0, name.length)
        && (end == to || bytes[end] == ':');
  }

  private int valueStart(int colon, int to) {
    if (colon == to) {
      return to;
    }
    return colon + 1 < to && buffer()[colon + 1] == ' ' ? colon + 2 : colon + 1;
  }

  private void addData(int from, int to) {
    if (dataLines == 0) {
      dataStart = from - start();
      dataEnd = to - start();
    } else {
      if (dataLines == 1) {
        joinedSize = 0;
        join(start() + dataStart, start() + dataEnd);
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
      System.arraycopy(buffer(), from, joined, joinedSize, length);
    }
    joinedSize += length;
  }
}
