package dev.serai.gateway.identity.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.caller.Authentication;
import dev.serai.core.caller.Credential;
import dev.serai.core.caller.Identity;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoginSessionsTest {
  private static final Duration IDLE = Duration.ofMinutes(30);
  private static final Duration LIFETIME = Duration.ofHours(8);

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // nanoseconds may overflow
  private final LoginSessions sessions =
      new LoginSessions(IDLE, LIFETIME, new SecureRandom(), now::get);

  private static Identity user(String name) {
    return Identity.recorded("acme", "", name, "people");
  }

  private Credential.Session begin(String name) {
    return sessions.begin(user(name), "token of " + name, sessions.era()).orElseThrow();
  }

  private boolean isOpen(Credential.Session id) {
    return sessions.authenticate(id) instanceof Authentication.Authenticated;
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  @Test
  void aSessionIsTheIdentityThatLoggedIn() {
    assertThat(sessions.authenticate(begin("ann")))
        .isEqualTo(new Authentication.Authenticated(user("ann")));
    assertThat(sessions.authenticate(new Credential.Session("guess")))
        .isInstanceOf(Authentication.Rejected.class);
    assertThat(sessions.authenticate(new Credential.Secret("key")))
        .isEqualTo(Authentication.UNKNOWN);
  }

  @Test
  void noIdIsLikeAnother() {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      ids.add(begin("user" + i).id());
    }
    assertThat(ids).hasSize(1000).allMatch(id -> id.matches("[A-Za-z0-9_-]{43}"));
  }

  @Test
  void anIdleSessionEnds() {
    Credential.Session id = begin("ann");
    pass(IDLE.minusNanos(1));
    assertThat(isOpen(id)).isTrue();
    pass(IDLE.minusNanos(1));
    assertThat(isOpen(id)).isTrue();
    pass(IDLE);
    assertThat(isOpen(id)).isFalse();
    assertThat(sessions.end(id)).isEmpty();
  }

  @Test
  void aSessionThatIsUsedEndsAtTheEndOfItsLifetime() {
    Credential.Session id = begin("ann");
    for (Duration used = IDLE.dividedBy(2);
        used.compareTo(LIFETIME) < 0;
        used = used.plus(IDLE.dividedBy(2))) {
      pass(IDLE.dividedBy(2));
      assertThat(isOpen(id)).isTrue();
    }
    pass(IDLE.dividedBy(2));
    assertThat(isOpen(id)).isFalse();
  }

  @Test
  void anEndedSessionIsGone() {
    Credential.Session id = begin("ann");
    assertThat(sessions.end(id)).contains(new LoginSessions.Ended(user("ann"), "token of ann"));
    assertThat(isOpen(id)).isFalse();
    assertThat(sessions.end(id)).isEmpty();
  }

  @Test
  void allSessionsEndTogether() {
    Credential.Session id = begin("ann");
    sessions.endAll();
    assertThat(isOpen(id)).isFalse();
    assertThat(isOpen(begin("ann"))).isTrue();
  }

  @Test
  void aLoginThatWasVerifiedBeforeAllSessionsEndedBeginsNone() {
    long since = sessions.era();
    sessions.endAll();
    assertThat(sessions.begin(user("ann"), "token of ann", since)).isEmpty();
    assertThat(sessions.size()).isZero();
  }

  @Test
  void aUserWithTooManySessionsLosesTheOneThatIsIdleLongest() {
    Credential.Session other = begin("bob");
    List<Credential.Session> own = new ArrayList<>();
    for (int i = 0; i < LoginSessions.MAX_OF_USER; i++) {
      pass(Duration.ofSeconds(1));
      own.add(begin("ann"));
    }
    pass(Duration.ofSeconds(1));
    assertThat(isOpen(own.getFirst())).isTrue();
    begin("ann");
    assertThat(isOpen(own.get(1))).isFalse();
    assertThat(isOpen(own.getFirst())).isTrue();
    assertThat(isOpen(other)).isTrue();
  }

  @Test
  void thereAreNeverMoreThanTheLimit() {
    for (int i = 0; i < LoginSessions.MAX + 5; i++) {
      begin("user" + i);
    }
    assertThat(sessions.size()).isEqualTo(LoginSessions.MAX);
  }

  @Test
  void endedSessionsTakeNoRoom() {
    begin("ann");
    pass(IDLE);
    begin("bob");
    assertThat(sessions.size()).isEqualTo(1);
  }
}
