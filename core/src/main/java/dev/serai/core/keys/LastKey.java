package dev.serai.core.keys;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Says what follows when the last API key that worked is revoked or disabled. Immutable.
 *
 * @param hasOtherKeys whether there are keys that are not stored
 * @param hasIssuers whether tokens of issuers are accepted too
 */
public record LastKey(boolean hasOtherKeys, boolean hasIssuers) {
  private static final int READ_AT_ONCE = 100;

  /**
   * What follows if no key works any more; empty while one does. Blocks.
   *
   * @param store has the keys that are left
   */
  public Optional<String> warning(KeyStore store, Instant now) {
    if (hasOtherKeys) {
      return Optional.empty();
    }
    boolean disabled = false;
    Optional<String> after = Optional.empty();
    while (true) {
      List<ApiKey> page = store.list(new KeyQuery(Optional.empty(), after, READ_AT_ONCE));
      for (ApiKey key : page) {
        if (works(key, now)) {
          return Optional.empty();
        }
        disabled |= key.disabled() && !isExpired(key, now);
      }
      if (page.size() < READ_AT_ONCE) {
        return Optional.of(text(disabled));
      }
      after = Optional.of(page.getLast().id());
    }
  }

  /** Whether a key may be used at that time. */
  public static boolean works(ApiKey key, Instant now) {
    return !key.disabled() && !isExpired(key, now);
  }

  private static boolean isExpired(ApiKey key, Instant now) {
    return key.expires().filter(end -> !end.isAfter(now)).isPresent();
  }

  private String text(boolean disabled) {
    return "No key works any more, and Serai stays closed, also after a restart: "
        + (hasIssuers ? "only tokens of the issuers are accepted" : "every request gets 401")
        + ". Make another one with ./serai keys create --name NAME"
        + (disabled ? ", or enable one with ./serai keys enable KEY" : "");
  }
}
