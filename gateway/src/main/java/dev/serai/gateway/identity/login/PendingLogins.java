package dev.serai.gateway.identity.login;

import dev.serai.core.http.Headers;
import dev.serai.core.login.LoginSite;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.HashSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The logins that browsers have begun. Each is in one of a few cookies of its browser, so that
 * several windows can log in at once. A login ends once, also if it fails: the states of the last
 * {@value #MAX_ENDED} logins that ended are remembered. Thread-safe.
 */
final class PendingLogins {
  static final Duration TIME = Duration.ofMinutes(10);

  private static final int MAX_ENDED = 10_000;
  private static final int SLOTS = 4;
  private static final int RANDOM_BYTES = 32;

  private final LoginSite site;
  private final RandomGenerator random;
  private final InstantSource clock;
  private final Seal seal;
  private final Queue<String> order = new ArrayDeque<>();
  private final Set<String> ended = new HashSet<>();

  /**
   * A login that is in a cookie.
   *
   * @param cookie the name of the cookie
   */
  record Kept(PendingLogin login, String cookie) {}

  PendingLogins(LoginSite site, RandomGenerator random, InstantSource clock) {
    this.site = site;
    this.random = random;
    this.clock = clock;
    this.seal = new Seal(random);
  }

  /** A new login, in the first cookie that the browser does not have. */
  Kept begin(Headers request, String page) {
    PendingLogin login =
        new PendingLogin(text(), text(), text(), page, clock.millis() + TIME.toMillis());
    int slot = 0;
    while (slot < SLOTS && site.value(request, cookie(slot)).isPresent()) {
      slot++;
    }
    return new Kept(login, cookie(slot < SLOTS ? slot : random.nextInt(SLOTS)));
  }

  private static String cookie(int slot) {
    return "login-" + slot;
  }

  private String text() {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The Set-Cookie field that keeps a login. */
  String keep(Kept kept) {
    return site.setCookie(kept.cookie(), seal.close(kept.login().text()), TIME.toSeconds());
  }

  /** The Set-Cookie field that removes a login. */
  String remove(Kept kept) {
    return site.setCookie(kept.cookie(), "", 0);
  }

  /**
   * The login of this browser with that state, which ends with that; empty if it has begun none, or
   * it has ended or expired.
   */
  Optional<Kept> take(Headers request, String state) {
    for (int slot = 0; slot < SLOTS; slot++) {
      String cookie = cookie(slot);
      Optional<PendingLogin> login =
          site.value(request, cookie).flatMap(seal::open).flatMap(PendingLogin::read);
      if (login.isPresent() && isSame(login.get().state(), state)) {
        boolean good = clock.millis() < login.get().untilMillis() && endsNow(state);
        return good ? Optional.of(new Kept(login.get(), cookie)) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static boolean isSame(String expected, String given) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether it has not ended before. The oldest is forgotten if there are too many. */
  private synchronized boolean endsNow(String state) {
    if (!ended.add(state)) {
      return false;
    }
    order.add(state);
    if (order.size() > MAX_ENDED) {
      ended.remove(order.remove());
    }
    return true;
  }
}
