package dev.serai.gateway.edge.body;

import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * Queues the bytes of a body. Short pieces are collected into arrays of {@link #SEGMENT} bytes, so
 * that a client that sends a body byte by byte does not take many times its size. Not thread-safe.
 */
final class PieceQueue {
  private static final int SEGMENT = 16 * 1024;

  private final ArrayDeque<byte[]> full = new ArrayDeque<>(4);
  private byte[] last = {};
  private int used;
  private long size;

  /** Adds bytes; the array belongs to the queue. */
  void add(byte[] piece) {
    if (piece.length >= SEGMENT) {
      seal();
      full.add(piece);
      size += piece.length;
      return;
    }
    int fits = Math.min(piece.length, last.length - used);
    System.arraycopy(piece, 0, last, used, fits);
    used += fits;
    if (fits < piece.length) {
      seal();
      last = new byte[SEGMENT];
      used = piece.length - fits;
      System.arraycopy(piece, fits, last, 0, used);
      size += SEGMENT;
    }
  }

  /** Ends the array that is being filled. */
  private void seal() {
    if (used > 0) {
      full.add(used == last.length ? last : Arrays.copyOf(last, used));
      size += used - last.length;
    }
    last = new byte[0];
    used = 0;
  }

  /** The bytes that the queue holds, unused ones included. */
  long size() {
    return size;
  }

  boolean isEmpty() {
    return full.isEmpty() && used == 0;
  }

  /** The oldest bytes; the queue must not be empty. */
  byte[] poll() {
    if (full.isEmpty()) {
      seal();
    }
    byte[] piece = full.remove();
    size -= piece.length;
    return piece;
  }

  byte[] toArray() {
    seal();
    byte[] all = new byte[(int) size];
    int at = 0;
    for (byte[] piece : full) {
      System.arraycopy(piece, 0, all, at, piece.length);
      at += piece.length;
    }
    return all;
  }

  void clear() {
    full.clear();
    last = new byte[0];
    used = 0;
    size = 0;
  }
}
