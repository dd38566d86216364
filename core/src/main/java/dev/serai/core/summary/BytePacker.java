package dev.serai.core.summary;

/** Makes bytes shorter without loss. Pure and thread-safe. */
public interface BytePacker {
  /** The bytes in a shorter form, or in one that is a little longer if that is not possible. */
  byte[] pack(byte[] plain);

  /**
   * The bytes that were packed.
   *
   * @param size how many these are
   * @throws IllegalArgumentException if they were not packed by this packer
   */
  byte[] unpack(byte[] packed, int size);
}
