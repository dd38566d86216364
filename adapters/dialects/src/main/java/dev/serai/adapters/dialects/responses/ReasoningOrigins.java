package dev.serai.adapters.dialects.responses;

import dev.serai.adapters.dialects.json.Fnv;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Remembers which provider made the encrypted reasoning that was forwarded unchanged, and so does
 * not name its provider: no other can decrypt it. A table of fixed size holds the newest digests;
 * reasoning that it does not know counts as that of the first provider that a request goes to.
 * Thread-safe, without locks.
 */
final class ReasoningOrigins {
  private static final int PLACES = 1 << 14;

  private final AtomicReferenceArray<Origin> places = new AtomicReferenceArray<>(PLACES);

  private record Origin(long digest, String provider) {}

  /** Records that a provider made this. */
  void record(long digest, String provider) {
    places.set(place(digest), new Origin(digest, provider));
  }

  /** The provider that made it, if known. */
  Optional<String> providerOf(String state) {
    long digest = Fnv.hash(state);
    Origin origin = places.get(place(digest));
    return origin != null && origin.digest == digest
        ? Optional.of(origin.provider)
        : Optional.empty();
  }

  private static int place(long digest) {
    return (int) (digest ^ digest >>> 32) & PLACES - 1;
  }
}
