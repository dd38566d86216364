package dev.serai.core.features;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * Bits by word. Words are looked up by a hash that is made while a text is read, one character
 * after another, so that a look-up needs no string. Not thread-safe while words are added.
 */
final class HashedWords {
  /** The hash of no characters. */
  static final long SEED = 0xCBF29CE484222325L;

  private static final long PRIME = 0x100000001B3L;

  private final long[] keys;
  private final int[] bits;
  private int size;

  /**
   * @param capacity a power of two, more than twice the number of words
   */
  HashedWords(int capacity) {
    keys = new long[capacity];
    bits = new int[capacity];
  }

  /** The hash of a text and one character more (FNV-1a, with 16 bits at a time). */
  static long with(long hash, char next) {
    return (hash ^ next) * PRIME;
  }

  static long hash(String word) {
    long hash = SEED;
    for (int i = 0; i < word.length(); i++) {
      hash = with(hash, word.charAt(i));
    }
    return hash;
  }

  /** Adds bits to those of a word. */
  void add(String word, int more) {
    int slot = slot(hash(word));
    if (keys[slot] == 0) {
      keys[slot] = hash(word);
      size++;
    }
    if (2 * size > keys.length) {
      throw new IllegalStateException("too many words for a table of " + keys.length);
    }
    bits[slot] |= more;
  }

  /** The bits of the word with that hash; 0 if there is none. */
  int get(long hash) {
    return bits[slot(hash)];
  }

  private int slot(long hash) {
    int slot = (int) (hash ^ hash >>> 32) & keys.length - 1;
    while (keys[slot] != 0 && keys[slot] != hash) {
      slot = slot + 1 & keys.length - 1;
    }
    return slot;
  }

  /** The lines of a file of this package that are neither empty nor a comment. */
  static List<String> lines(String file) {
    try (InputStream stream = HashedWords.class.getResourceAsStream(file)) {
      byte[] bytes = Objects.requireNonNull(stream, file).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
