package dev.serai.adapters.dialects.responses;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Who made the encrypted reasoning that went to callers byte by byte, and so without a mark: it
 * means something to its maker alone. Only digests are kept, the newest ones: what is not known any
 * more is taken for the work of the first provider that a request is sent to. Thread-safe, without
 * locks.
 */
final class StateMakers {
  private static final int PLACES = 1 << 14;
  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private final AtomicReferenceArray<Made> places = new AtomicReferenceArray<>(PLACES);

  private record Made(long digest, String provider) {}

  /** FNV-1a over the text's characters, 64 bits. */
  static long digest(String state) {
    long digest = OFFSET;
    for (int i = 0; i < state.length(); i++) {
      digest = (digest ^ state.charAt(i)) * PRIME;
    }
    return digest;
  }

  /** A provider handed this out. */
  void made(long digest, String provider) {
    places.set(place(digest), new Made(digest, provider));
  }

  /** Who handed it out, if that is known. */
  Optional<String> maker(String state) {
    long digest = digest(state);
    Made made = places.get(place(digest));
    return made != null && made.digest == digest ? Optional.of(made.provider) : Optional.empty();
  }

  private static int place(long digest) {
    return (int) (digest ^ digest >>> 32) & PLACES - 1;
  }
}
