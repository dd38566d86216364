package dev.serai.core.provider.key;

import dev.serai.core.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The keys of all providers, and their health. Names of keys come from routes and settings, never
 * from callers. Safe for use by many threads, without locks.
 */
public final class ProviderKeys {
  private static final int FORBIDDEN = 403;

  private final Function<String, List<String>> secrets;
  private final Ticker ticker;
  private final Map<String, KeyRing> rings = new ConcurrentHashMap<>();

  /**
   * @param secrets all keys of that name; called at the first use of a name, and by {@link
   *     #refresh}
   */
  public ProviderKeys(Function<String, List<String>> secrets, Ticker ticker) {
    this.secrets = secrets;
    this.ticker = ticker;
  }

  /** Chooses the key for a call of that model. */
  public KeyChoice choose(Optional<String> name, String model) {
    return name.isEmpty() ? new KeyChoice.NoKey() : ring(name.get()).choose(model, ticker.nanos());
  }

  /** All keys of that name, to remove them from messages. */
  public List<String> values(Optional<String> name) {
    return name.map(known -> ring(known).values()).orElse(List.of());
  }

  /** A call of that model succeeded. */
  public void recordSuccess(KeyRef ref, String model) {
    long now = ticker.nanos();
    ring(ref.name()).update(ref, health -> health.afterSuccess(now, model));
  }

  /** The provider reported a rate limit. */
  public void recordRateLimit(KeyRef ref, Optional<Duration> retryAfter) {
    long now = ticker.nanos();
    ring(ref.name()).update(ref, health -> health.afterRateLimit(now, retryAfter));
  }

  /**
   * The provider refused the key.
   *
   * @param status 401, 402 or 403, the last of which is about the model; 0 if unknown
   */
  public void recordRefusal(KeyRef ref, String model, int status) {
    long now = ticker.nanos();
    ring(ref.name())
        .update(
            ref,
            health ->
                status == FORBIDDEN ? health.afterRefusal(now, model) : health.afterRefusal(now));
  }

  /** Whether another key could be used for that model at once. */
  public boolean hasAnother(KeyRef ref, String model) {
    return ring(ref.name()).hasAnother(ref, model, ticker.nanos());
  }

  /** The health of the keys of that name. */
  public List<KeyStatus> statuses(String name) {
    return ring(name).statuses(ticker.nanos());
  }

  /**
   * Uses the keys that each name has now. A key that stays keeps its health. Calls that run finish
   * with the key that they have.
   */
  public void refresh() {
    rings.replaceAll((name, ring) -> ring.with(secrets.apply(name)));
  }

  private KeyRing ring(String name) {
    KeyRing known = rings.get(name);
    return known != null
        ? known
        : rings.computeIfAbsent(name, n -> new KeyRing(n, secrets.apply(n)));
  }
}
