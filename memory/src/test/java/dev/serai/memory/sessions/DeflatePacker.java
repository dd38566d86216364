package dev.serai.memory.sessions;

import dev.serai.core.summary.BytePacker;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Packs bytes with what the JDK has: the store does not ask how they are packed. */
final class DeflatePacker implements BytePacker {
  private static final int MARGIN = 64;

  @Override
  public byte[] pack(byte[] plain) {
    try (Deflater deflater = new Deflater()) {
      deflater.setInput(plain);
      deflater.finish();
      byte[] packed = new byte[plain.length + MARGIN];
      return Arrays.copyOf(packed, deflater.deflate(packed));
    }
  }

  @Override
  public byte[] unpack(byte[] packed, int size) {
    try (Inflater inflater = new Inflater()) {
      inflater.setInput(packed);
      byte[] plain = new byte[size];
      if (inflater.inflate(plain) == size) {
        return plain;
      }
    } catch (DataFormatException e) {
      throw new IllegalArgumentException("the packed bytes are damaged", e);
    }
    throw new IllegalArgumentException("the packed bytes have another size");
  }
}
