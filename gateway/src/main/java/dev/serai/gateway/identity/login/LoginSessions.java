package dev.serai.gateway.identity.login;

import dev.serai.core.caller.Authentication;
import dev.serai.core.caller.Authenticator;
import dev.serai.core.caller.Credential;
import dev.serai.core.caller.Identity;
import dev.serai.core.hash.Sha256;
import dev.serai.core.keys.KeyHash;
import dev.serai.core.time.Ticker;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * The sessions of browsers, in memory: they end with the process. A session is found by the SHA-256
 * of its ID, so that no ID is kept. It ends when it is idle too long, at the end of its lifetime,
 * and when its user has too many others. Thread-safe; looking one up never blocks.
 */
public final class LoginSessions implements Authenticator {
  /** One more, and the session that was idle longest ends. */
  static final int MAX = 10_000;

  /** Of one user. One more, and that user's session that was idle longest ends. */
  static final int MAX_OF_USER = 20;

  private static final int ID_BYTES = 32;
  private static final ThreadLocal<MessageDigest> DIGESTS = ThreadLocal.withInitial(Sha256::digest);

  private final long idleNanos;
  private final long lifetimeNanos;
  private final RandomGenerator random;
  private final Ticker ticker;
  private final Map<KeyHash, Session> open = new ConcurrentHashMap<>();
  private long era;

  /** A session; {@code lastUsed} may lose a race, which costs nothing. */
  private static final class Session {
    final Identity identity;
    final Authentication good;
    final String idToken;
    final long began;
    volatile long lastUsed;

    Session(Identity identity, String idToken, long now) {
      this.identity = identity;
      this.good = new Authentication.Authenticated(identity);
      this.idToken = idToken;
      this.began = now;
      this.lastUsed = now;
    }
  }

  /**
   * A session that has ended.
   *
   * @param idToken with which it began
   */
  record Ended(Identity identity, String idToken) {
    /** Without the token. */
    @Override
    public String toString() {
      return "ended session";
    }
  }

  /**
   * @param idle after which an unused session ends
   * @param lifetime after which every session ends
   * @param random makes the IDs; it must be unpredictable
   */
  public LoginSessions(Duration idle, Duration lifetime, RandomGenerator random, Ticker ticker) {
    this.idleNanos = idle.toNanos();
    this.lifetimeNanos = lifetime.toNanos();
    this.random = random;
    this.ticker = ticker;
  }

  /** A number that changes when all sessions end. */
  synchronized long era() {
    return era;
  }

  /**
   * Begins a session.
   *
   * @param since the era before the identity was verified
   * @return its new ID, which exists nowhere else; empty if all sessions have ended since then
   */
  synchronized Optional<Credential.Session> begin(Identity identity, String idToken, long since) {
    if (since != era) {
      return Optional.empty();
    }
    long now = ticker.nanos();
    open.values().removeIf(session -> hasEnded(session, now));
    List<Map.Entry<KeyHash, Session>> own =
        open.entrySet().stream().filter(one -> isOf(one.getValue(), identity)).toList();
    endIdlest(own, MAX_OF_USER, now);
    endIdlest(List.copyOf(open.entrySet()), MAX, now);
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    Credential.Session id =
        new Credential.Session(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    open.put(hash(id), new Session(identity, idToken, now));
    return Optional.of(id);
  }

  private static boolean isOf(Session session, Identity identity) {
    return session.identity.user().equals(identity.user())
        && session.identity.tenant().equals(identity.tenant());
  }

  private void endIdlest(List<Map.Entry<KeyHash, Session>> sessions, int most, long now) {
    if (sessions.size() >= most) {
      sessions.stream()
          .min(Comparator.comparingLong(one -> one.getValue().lastUsed - now))
          .ifPresent(idlest -> open.remove(idlest.getKey()));
    }
  }

  /** Ends a session; empty if there is none. */
  Optional<Ended> end(Credential.Session id) {
    Session session = open.remove(hash(id));
    return session == null || hasEnded(session, ticker.nanos())
        ? Optional.empty()
        : Optional.of(new Ended(session.identity, session.idToken));
  }

  /**
   * Ends all sessions, also those of logins that are being finished: what their identities may do
   * is not known any more.
   */
  public synchronized void endAll() {
    era++;
    open.clear();
  }

  int size() {
    return open.size();
  }

  @Override
  public Authentication authenticate(Credential credential) {
    if (!(credential instanceof Credential.Session id)) {
      return Authentication.UNKNOWN;
    }
    Session session = open.get(hash(id));
    long now = ticker.nanos();
    if (session == null || hasEnded(session, now)) {
      return Authentication.rejected("The login of this browser has ended. Log in again.");
    }
    session.lastUsed = now;
    return session.good;
  }

  private boolean hasEnded(Session session, long now) {
    return now - session.lastUsed >= idleNanos || now - session.began >= lifetimeNanos;
  }

  /** The issuer of the login is a credential of its own. */
  @Override
  public boolean hasCredentials() {
    return false;
  }

  private static KeyHash hash(Credential.Session id) {
    return KeyHash.of(DIGESTS.get().digest(id.id().getBytes(StandardCharsets.UTF_8)));
  }
}
