package dev.serai.adapters.netty.websocket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Masks and unmasks payloads (RFC 6455, section 5.3), eight bytes at a time. Stateless. */
final class Mask {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Mask() {}

  /** Changes the bytes in place. Masking twice restores them. */
  static void apply(byte[] bytes, int key) {
    long twice = (key & 0xffffffffL) << 32 | (key & 0xffffffffL);
    int at = 0;
    for (; at + 8 <= bytes.length; at += 8) {
      LONGS.set(bytes, at, (long) LONGS.get(bytes, at) ^ twice);
    }
    for (; at < bytes.length; at++) {
      bytes[at] ^= (byte) (key >>> (24 - 8 * (at & 3)));
    }
  }

  /** The key for the bytes that follow the first {@code taken} ones. */
  static int after(int key, int taken) {
    return Integer.rotateLeft(key, 8 * (taken & 3));
  }
}
