package dev.serai.adapters.dialects.stream;

import dev.serai.adapters.dialects.json.MalformedInput;
import java.util.Arrays;

/**
 * Splits the bytes of a stream into frames: events, lines, messages. Does not copy what arrives
 * whole.
 *
 * <p>Model: the bytes not yet split lie in one array, {@link #buffer}. {@link #take} adds a piece,
 * {@link #next} moves on to the next complete frame, and an incomplete frame waits for more bytes.
 * Frames follow each other without gaps: their bytes together are the bytes of the stream. A
 * subclass keeps its offsets relative to {@link #start}, so that they hold when the frame moves to
 * a larger array. Not thread-safe.
 */
public abstract class Splitter {
  private static final byte[] EMPTY = {};
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  /** An idle stream may hold a buffer of this size, in bytes. */
  private static final int MAX_KEPT = 4096;

  private byte[] buffer = EMPTY;
  private boolean owned;
  private int start;
  private int length;
  private int limit;

  /**
   * Looks for the end of the frame that begins at {@link #start}.
   *
   * @return the length of the frame in bytes, with its delimiter; 0 if it is incomplete
   * @throws MalformedInput if the bytes are not in the grammar, or the frame is too long
   */
  protected abstract int split();

  /** The frame is left: the next one begins at {@link #start}. */
  protected abstract void reset();

  /** Adds the next bytes of the stream. The splitter owns the array from now on. */
  public final void take(byte[] piece) {
    leaveFrame();
    int left = limit - start;
    if (left == 0) {
      buffer = piece;
      owned = false;
      start = 0;
      limit = piece.length;
      return;
    }
    if (!owned || buffer.length - limit < piece.length) {
      int needed = left + piece.length;
      // Doubled the second time: a frame in many pieces is not copied for each of them.
      byte[] larger = new byte[owned ? Math.max(needed, 2 * left) : needed];
      System.arraycopy(buffer, start, larger, 0, left);
      buffer = larger;
      owned = true;
      start = 0;
      limit = left;
    }
    System.arraycopy(piece, 0, buffer, limit, piece.length);
    limit += piece.length;
  }

  /** No more bytes follow. {@link #next} may find a last frame. */
  public void finish() {}

  /**
   * Moves on to the next complete frame.
   *
   * @return false if there is none before more bytes are taken
   * @throws MalformedInput if the bytes are not in the grammar, or a frame is too long
   */
  public final boolean next() {
    leaveFrame();
    length = split();
    return length > 0;
  }

  /**
   * Shrinks the buffer of an idle stream to the bytes that are not split yet. Arrays that readers
   * hold stay unchanged; {@link #buffer} is another one from now on.
   */
  public final void release() {
    leaveFrame();
    int left = limit - start;
    if (buffer.length > MAX_KEPT && 4 * left < buffer.length) {
      buffer = left == 0 ? EMPTY : Arrays.copyOfRange(buffer, start, limit);
      owned = true;
      start = 0;
      limit = left;
    }
  }

  private void leaveFrame() {
    if (length > 0) {
      start += length;
      length = 0;
      reset();
    }
  }

  /** The array that holds the frame; it may hold other bytes too. Not to be changed. */
  public final byte[] buffer() {
    return buffer;
  }

  /** Where the frame starts in {@link #buffer}; without a frame, where the unsplit bytes start. */
  public final int start() {
    return start;
  }

  /** The offset behind the frame and its delimiter. */
  public final int end() {
    return start + length;
  }

  /** How many bytes {@link #buffer} holds. */
  public final int limit() {
    return limit;
  }

  /** Whether the frame holds data: a blank line, a comment and an empty value do not. */
  public abstract boolean hasData();

  /** Whether the frame is an event with empty data, which clients cannot read. */
  protected abstract boolean isEmptyEvent();

  /**
   * Whether there is nothing for a reader between two offsets: white space, {@code null}, or an
   * object without members. Some servers send such a value to keep the connection open while they
   * wait for the model.
   */
  public static boolean isEmpty(byte[] bytes, int from, int to) {
    int first = pastBlank(bytes, from, to);
    if (first == to) {
      return true;
    }
    int end = first;
    if (bytes[first] == '{') {
      int close = pastBlank(bytes, first + 1, to);
      end = close < to && bytes[close] == '}' ? close + 1 : first;
    } else if (to - first >= NULL.length && isNull(bytes, first)) {
      end = first + NULL.length;
    }
    return end > first && pastBlank(bytes, end, to) == to;
  }

  private static boolean isNull(byte[] bytes, int at) {
    return Arrays.equals(bytes, at, at + NULL.length, NULL, 0, NULL.length);
  }

  private static int pastBlank(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] >= 0 && bytes[at] <= ' ') {
      at++;
    }
    return at;
  }

  /** The array that holds the data of the frame. */
  public byte[] data() {
    return buffer;
  }

  /** Where the data starts in {@link #data}. */
  public abstract int dataStart();

  /** The offset behind the data in {@link #data}. */
  public abstract int dataEnd();
}
