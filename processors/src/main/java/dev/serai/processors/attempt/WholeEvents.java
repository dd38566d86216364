package dev.serai.processors.attempt;

import java.util.Arrays;

/**
 * Holds back the beginning of a server-sent event until the event is whole, so that an event of the
 * gateway's own may follow at any time. The end of an event is an empty line (WHATWG HTML, section
 * 9.2.6). An event of more than 64 KiB, such as an image, is not held: nothing may follow until it
 * has ended. For one stream; not thread-safe.
 */
final class WholeEvents {
  private static final int MAX_HELD = 64 * 1024;
  private static final byte[] NOTHING = new byte[0];

  private byte[] held = NOTHING;
  private boolean lineIsEmpty = true;
  private boolean isInEvent;

  /** The bytes that can be forwarded now that this piece has arrived; may be empty. */
  byte[] add(byte[] piece) {
    int end = end(piece);
    if (end > 0) {
      isInEvent = false;
    }
    if (isInEvent || held.length == 0 && end == piece.length) {
      return piece;
    }
    byte[] all = held.length == 0 ? piece : joined(piece);
    int from = all.length - piece.length + end;
    if (all.length - from > MAX_HELD) {
      isInEvent = true;
      from = all.length;
    } else if (end == 0) {
      from = 0;
    }
    held = from == all.length ? NOTHING : Arrays.copyOfRange(all, from, all.length);
    return from == all.length ? all : Arrays.copyOf(all, from);
  }

  /** The position behind the last event that ends in this piece; 0 if none does. */
  private int end(byte[] piece) {
    int end = 0;
    for (int i = 0; i < piece.length; i++) {
      if (piece[i] == '\n') {
        end = lineIsEmpty ? i + 1 : end;
        lineIsEmpty = true;
      } else if (piece[i] != '\r') {
        lineIsEmpty = false;
      }
    }
    return end;
  }

  private byte[] joined(byte[] piece) {
    byte[] all = Arrays.copyOf(held, held.length + piece.length);
    System.arraycopy(piece, 0, all, held.length, piece.length);
    return all;
  }

  /** The bytes that are held back: the stream has ended, and they are forwarded as they are. */
  byte[] rest() {
    byte[] rest = held;
    held = NOTHING;
    return rest;
  }

  /** Whether everything that was forwarded so far is whole. */
  boolean isWhole() {
    return !isInEvent;
  }
}
