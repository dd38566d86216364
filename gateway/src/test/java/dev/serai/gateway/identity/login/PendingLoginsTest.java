package dev.serai.gateway.identity.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Headers;
import dev.serai.core.login.LoginSite;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PendingLoginsTest {
  private static final LoginSite SITE = new LoginSite("https://llm.acme.example");

  private Instant now = Instant.parse("2026-11-29T12:00:00Z");
  private final PendingLogins logins = new PendingLogins(SITE, new SecureRandom(), () -> now);

  private static Headers sending(String... setCookies) {
    HeaderFields request = new HeaderFields();
    for (String field : setCookies) {
      request.add("cookie", field.substring(0, field.indexOf(';')));
    }
    return request;
  }

  @Test
  void theBrowserThatBeganALoginEndsIt() {
    PendingLogins.Kept begun = logins.begin(Headers.NONE, "/docs?a=b");
    String cookie = logins.keep(begun);
    assertThat(logins.take(sending(cookie), begun.login().state())).contains(begun);
    assertThat(cookie)
        .startsWith("__Host-serai-login-0=")
        .endsWith("; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=600")
        .doesNotContain(begun.login().state());
  }

  @Test
  void aLoginEndsOnce() {
    PendingLogins.Kept begun = logins.begin(Headers.NONE, "/");
    Headers request = sending(logins.keep(begun));
    assertThat(logins.take(request, begun.login().state())).isPresent();
    assertThat(logins.take(request, begun.login().state())).isEmpty();
  }

  @Test
  void aLoginExpires() {
    PendingLogins.Kept begun = logins.begin(Headers.NONE, "/");
    Headers request = sending(logins.keep(begun));
    now = now.plus(PendingLogins.TIME);
    assertThat(logins.take(request, begun.login().state())).isEmpty();
    now = now.minus(Duration.ofMillis(1));
    assertThat(logins.take(request, begun.login().state())).isPresent();
  }

  @Test
  void anotherStateAndAChangedCookieAndThatOfAnotherGatewayAreNone() {
    PendingLogins.Kept begun = logins.begin(Headers.NONE, "/");
    String cookie = logins.keep(begun);
    String state = begun.login().state();
    assertThat(logins.take(sending(cookie), state + "A")).isEmpty();
    assertThat(logins.take(sending(cookie), "")).isEmpty();
    assertThat(logins.take(Headers.NONE, state)).isEmpty();
    int middle = cookie.indexOf(';') / 2;
    char other = cookie.charAt(middle) == 'A' ? 'B' : 'A';
    String changed = cookie.substring(0, middle) + other + cookie.substring(middle + 1);
    assertThat(logins.take(sending(changed), state)).isEmpty();
    PendingLogins elsewhere = new PendingLogins(SITE, new SecureRandom(), () -> now);
    assertThat(elsewhere.take(sending(cookie), state)).isEmpty();
    assertThat(logins.take(sending(cookie), state)).isPresent();
  }

  @Test
  void aBrowserHasAFewLoginsAtOnceAndNoMore() {
    String[] cookies = new String[0];
    Set<String> names = new HashSet<>();
    for (int i = 0; i < 10; i++) {
      PendingLogins.Kept begun = logins.begin(sending(cookies), "/");
      String cookie = logins.keep(begun);
      if (names.add(begun.cookie())) {
        cookies = Arrays.copyOf(cookies, cookies.length + 1);
        cookies[cookies.length - 1] = cookie;
      }
    }
    assertThat(names).containsExactlyInAnyOrder("login-0", "login-1", "login-2", "login-3");
  }

  @Test
  void theLongestPageFitsIntoACookie() {
    PendingLogins.Kept begun = logins.begin(Headers.NONE, "/" + "a".repeat(1023));
    String cookie = logins.keep(begun);
    assertThat(cookie.length()).isLessThan(4096);
    assertThat(logins.take(sending(cookie), begun.login().state())).contains(begun);
  }
}
