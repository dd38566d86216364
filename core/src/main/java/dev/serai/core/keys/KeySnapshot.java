package dev.serai.core.keys;

import dev.serai.core.caller.Authentication;
import dev.serai.core.caller.Authenticator;
import dev.serai.core.caller.Credential;
import dev.serai.core.problem.CapacityProblem;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The stored keys in memory, as they were when they were last read; each read replaces them as a
 * whole. While the database is unavailable, the last ones go on to work. Before they are read for
 * the first time, every key of this kind is refused with 503, not 401: it may be good. Thread-safe.
 */
public final class KeySnapshot implements Authenticator {
  /** How every stored key begins. */
  public static final String PREFIX = "sk-serai-";

  private static final int MAX_LENGTH = 128;

  private final InstantSource clock;
  private volatile State state;

  /**
   * A hash that is accepted.
   *
   * @param untilMillis from when on it is refused
   */
  public record Entry(ApiKey key, long untilMillis, Authentication good) {
    public Entry(ApiKey key, long untilMillis) {
      this(key, untilMillis, new Authentication.Authenticated(key.identity()));
    }
  }

  private record State(
      Optional<KeyHasher> hasher, Map<KeyHash, Entry> entries, boolean read, boolean closed) {}

  /**
   * @param closed whether requests need a key even before the keys are read
   */
  public KeySnapshot(InstantSource clock, boolean closed) {
    this.clock = clock;
    this.state = new State(Optional.empty(), Map.of(), false, closed);
  }

  /**
   * Replaces all keys by these.
   *
   * @param hasher that made the hashes; empty if this gateway cannot make them
   */
  public synchronized void replace(Optional<KeyHasher> hasher, Map<KeyHash, Entry> entries) {
    boolean wasOpen = !state.read || !state.closed;
    boolean closed = hasher.isPresent() || !entries.isEmpty() || !wasOpen;
    state = new State(hasher, Map.copyOf(entries), true, closed);
  }

  @Override
  public Authentication authenticate(Credential credential) {
    if (!(credential instanceof Credential.Secret(String secret))
        || secret.length() > MAX_LENGTH
        || !secret.startsWith(PREFIX)) {
      return Authentication.UNKNOWN;
    }
    State now = state;
    if (!now.read) {
      return new Authentication.Rejected(
          new CapacityProblem(
              "keys_unavailable",
              "The stored API keys cannot be read; the log of the gateway says why.",
              Duration.ofSeconds(5)));
    }
    return now.hasher.isPresent()
        ? verdict(now.entries.get(now.hasher.get().hash(secret)))
        : Authentication.UNKNOWN;
  }

  private Authentication verdict(@Nullable Entry found) {
    if (found == null) {
      return Authentication.UNKNOWN;
    }
    if (found.key.disabled()) {
      return Authentication.rejected("The API key is disabled.");
    }
    return clock.millis() < found.untilMillis
        ? found.good
        : Authentication.rejected("The API key has expired.");
  }

  @Override
  public boolean hasCredentials() {
    return state.closed;
  }

  /** How many keys it knows. */
  public int size() {
    return state.entries.size();
  }
}
