package dev.serai.gateway.identity;

import dev.serai.core.caller.Authentication;
import dev.serai.core.hash.Sha256;
import dev.serai.core.keys.KeyHash;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Verified tokens by the SHA-256 of the whole token, at most {@value #MAX} of them. When half of
 * that is new, the other half is dropped. Thread-safe; never blocks for long.
 */
final class TokenCache {
  private static final int MAX = 20_000;

  private static final ThreadLocal<MessageDigest> DIGESTS = ThreadLocal.withInitial(Sha256::digest);

  private volatile Map<KeyHash, Entry> young = new ConcurrentHashMap<>();
  private volatile Map<KeyHash, Entry> old = Map.of();

  /**
   * A verified token.
   *
   * @param keys those of the issuer that it was verified with
   */
  record Entry(TrustedIssuer issuer, List<PublicJwk> keys, long untilMillis, Authentication good) {
    /** Whether it is still good: its time, its issuer and the keys of that are as they were. */
    @SuppressWarnings("ReferenceEquality") // an issuer has the same list until its keys change
    boolean isValid(long nowMillis, Map<String, TrustedIssuer> issuers) {
      return nowMillis < untilMillis
          && issuers.get(issuer.settings().issuer()) == issuer
          && issuer.keys().current() == keys;
    }
  }

  static KeyHash hash(String token) {
    return KeyHash.of(DIGESTS.get().digest(token.getBytes(StandardCharsets.UTF_8)));
  }

  @Nullable Entry find(KeyHash hash) {
    Entry found = young.get(hash);
    return found == null ? old.get(hash) : found;
  }

  void add(KeyHash hash, Entry entry) {
    if (young.size() >= MAX / 2) {
      turn();
    }
    young.put(hash, entry);
  }

  private synchronized void turn() {
    if (young.size() >= MAX / 2) {
      old = young;
      young = new ConcurrentHashMap<>();
    }
  }

  void clear() {
    young = new ConcurrentHashMap<>();
    old = Map.of();
  }

  int size() {
    return young.size() + old.size();
  }
}
