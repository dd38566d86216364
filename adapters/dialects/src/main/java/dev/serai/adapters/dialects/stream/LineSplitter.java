package dev.serai.adapters.dialects.stream;

import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.SseSplitter;

/**
 * Splits a stream of bytes into lines that end with LF, without copying what is whole. A line is at
 * most as long as an event stream's. Not thread-safe.
 */
public final class LineSplitter {
  private byte[] buffer = {};
  private boolean owned;
  private int limit;
  private int lineStart;
  private int lineEnd;
  private int next;
  private int scan;

  /** Adds the next bytes of the stream. The array is the splitter's from now on. */
  public void take(byte[] piece) {
    int left = limit - next;
    if (left == 0) {
      buffer = piece;
      owned = false;
      limit = piece.length;
    } else {
      int needed = left + piece.length;
      if (next > 0 || !owned || buffer.length < needed) {
        // Twice what is needed: a line in very many pieces is not copied for each of them.
        byte[] larger = new byte[2 * needed];
        System.arraycopy(buffer, next, larger, 0, left);
        buffer = larger;
        owned = true;
      }
      System.arraycopy(piece, 0, buffer, left, piece.length);
      limit = needed;
    }
    scan -= next;
    next = 0;
  }

  /**
   * Moves on to the next line that says something.
   *
   * @return false if there is none before more bytes are taken
   * @throws MalformedInput if a line is too long
   */
  public boolean next() {
    while (true) {
      while (scan < limit && buffer[scan] != '\n') {
        scan++;
      }
      if (scan - next > SseSplitter.LINE_LIMIT) {
        throw new MalformedInput(scan, "a shorter line");
      }
      if (scan == limit) {
        return false;
      }
      found(scan++);
      if (lineEnd > lineStart) {
        return true;
      }
    }
  }

  /** The line that the end of the stream ends, if there is one. */
  public boolean last() {
    found(limit);
    scan = limit;
    next = limit;
    return lineEnd > lineStart;
  }

  private void found(int end) {
    lineStart = next;
    lineEnd = end > next && buffer[end - 1] == '\r' ? end - 1 : end;
    next = end + 1;
  }

  /** The offset behind the last line: what is before it has been read. */
  public int taken() {
    return Math.min(next, limit);
  }

  public byte[] buffer() {
    return buffer;
  }

  public int start() {
    return lineStart;
  }

  public int end() {
    return lineEnd;
  }
}
