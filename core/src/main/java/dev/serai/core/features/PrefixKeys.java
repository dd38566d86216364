package dev.serai.core.features;

/**
 * Keys of the beginning of a prompt, for what follows a provider's prompt cache. A request that
 * continues a conversation has the keys of the earlier one, in the form of any surface. They are
 * the same in every process and version of the JVM. Different beginnings may have equal keys: a
 * long text counts with its beginning and its end, and an image only as one. A client can choose
 * texts with equal keys, so a key must only be compared within what belongs to one caller.
 *
 * @param system of the system prompt; many conversations share it
 * @param conversation of the system prompt and the first message of the user
 */
public record PrefixKeys(long system, long conversation) {
  private static final int HEAD = 4096;
  private static final int TAIL = 256;
  private static final long SEED = 0x5EBA1L;
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  /**
   * @param media how many images, files and audio clips the first message has
   */
  static PrefixKeys of(Pieces system, Pieces opening, int media) {
    long first = hash(SEED, system);
    return new PrefixKeys(first, mix(hash(first, opening), media));
  }

  private static long hash(long seed, Pieces pieces) {
    String head = pieces.head(HEAD);
    long hash = hash(mix(seed, head.length()), head);
    return mix(head.length() < HEAD ? hash : hash(hash, pieces.tail(TAIL)), 1);
  }

  private static long hash(long seed, String text) {
    long hash = seed;
    for (int i = 0; i < text.length(); i++) {
      hash = mix(hash, text.charAt(i));
    }
    return hash;
  }

  private static long mix(long hash, long value) {
    long mixed = (hash ^ value) * MULTIPLIER;
    return mixed ^ mixed >>> 32;
  }
}
