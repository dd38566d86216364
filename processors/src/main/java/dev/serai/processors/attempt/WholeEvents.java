package dev.serai.processors.attempt;

import java.util.Arrays;

/**
 * Holds back the beginning of a server-sent event until the event is whole, so that an event of the
 * gateway's own may follow at any time. The end of an event is an empty line; a line ends with LF,
 * CR LF or CR (WHATWG HTML, section 9.2.6). An event of more than 64 KiB, such as an image, is not
 * held: nothing may follow until it has ended. For one stream; not thread-safe.
 */
final class WholeEvents {
  private static final int MAX_HELD = 64 * 1024;
  private static final byte[] NOTHING = new byte[0];

  private byte[] held = NOTHING;
  private int length;
  private boolean lineIsEmpty = true;
  private boolean isAfterReturn;
  private boolean isAtEnd;
  private boolean isInEvent;

  /** The bytes that can be forwarded now that this piece has arrived; may be empty. */
  byte[] add(byte[] piece) {
    int end = end(piece);
    if (end > 0) {
      isInEvent = false;
    }
    if (isInEvent || length == 0 && end == piece.length) {
      return piece;
    }
    int open = end == 0 ? length + piece.length : piece.length - end;
    if (open > MAX_HELD) {
      isInEvent = true;
      return release(piece, piece.length);
    }
    byte[] whole = end == 0 ? NOTHING : release(piece, end);
    hold(piece, end);
    return whole;
  }

  /** The position behind the last event that ends in this piece; 0 if none does. */
  private int end(byte[] piece) {
    int end = 0;
    for (int i = 0; i < piece.length; i++) {
      byte next = piece[i];
      if (next == '\n' && isAfterReturn) {
        end = isAtEnd ? i + 1 : end; // belongs to the line end before it
      } else if (next == '\n' || next == '\r') {
        isAtEnd = lineIsEmpty;
        end = isAtEnd ? i + 1 : end;
        lineIsEmpty = true;
      } else {
        lineIsEmpty = false;
      }
      isAfterReturn = next == '\r';
    }
    return end;
  }

  /** What is held, and the first bytes of this piece. */
  private byte[] release(byte[] piece, int count) {
    if (length == 0 && count == piece.length) {
      return piece;
    }
    byte[] all = Arrays.copyOf(held, length + count);
    System.arraycopy(piece, 0, all, length, count);
    held = NOTHING;
    length = 0;
    return all;
  }

  /** The buffer doubles, so that an event in many small pieces is not copied for each. */
  private void hold(byte[] piece, int from) {
    int added = piece.length - from;
    if (held.length < length + added) {
      held = Arrays.copyOf(held, Math.max(length + added, 2 * held.length));
    }
    System.arraycopy(piece, from, held, length, added);
    length += added;
  }

  /** The bytes that are held back: the stream has ended, and they are forwarded as they are. */
  byte[] rest() {
    return release(NOTHING, 0);
  }

  /** Whether everything that was forwarded so far is whole. */
  boolean isWhole() {
    return !isInEvent;
  }
}
