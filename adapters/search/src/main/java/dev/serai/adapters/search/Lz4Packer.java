package dev.serai.adapters.search;

import dev.serai.core.summary.BytePacker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.lucene.store.ByteArrayDataInput;
import org.apache.lucene.store.ByteBuffersDataOutput;
import org.apache.lucene.util.compress.LZ4;

/** Packs bytes with LZ4, by the implementation that the index has. Thread-safe. */
public final class Lz4Packer implements BytePacker {
  /** {@link LZ4#decompress} may write so many bytes more than there are. */
  private static final int MARGIN = 7;

  @Override
  public byte[] pack(byte[] plain) {
    ByteBuffersDataOutput packed = new ByteBuffersDataOutput();
    try {
      LZ4.compress(plain, 0, plain.length, packed, new LZ4.HighCompressionHashTable());
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return packed.toArrayCopy();
  }

  @Override
  public byte[] unpack(byte[] packed, int size) {
    byte[] plain = new byte[size + MARGIN];
    try {
      int end = LZ4.decompress(new ByteArrayDataInput(packed), size, plain, 0);
      if (end == size) {
        return Arrays.copyOf(plain, size);
      }
    } catch (IOException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("the packed bytes are damaged", e);
    }
    throw new IllegalArgumentException("the packed bytes have another size");
  }
}
