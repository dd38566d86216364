package dev.serai.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.config.auth.IssuerSettings;
import dev.serai.config.auth.LoginSettings;
import dev.serai.core.caller.Authentication;
import dev.serai.core.caller.Authenticator;
import dev.serai.core.caller.Credential;
import dev.serai.core.caller.Identity;
import dev.serai.core.caller.Roles;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Headers;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.http.QueryString;
import dev.serai.core.http.Reply;
import dev.serai.core.login.BrowserLogin;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.core.time.Ticker;
import dev.serai.gateway.identity.login.LoginSessions;
import dev.serai.gateway.identity.login.OpenIdLogin;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a login when something changes or fails just before its session is there. */
class OpenIdLoginTest {
  private static final String CLIENT = "serai";

  @TempDir Path folder;

  private final Signer signer = Signer.of("ES256", "k1");
  private final TokenIssuers issuers =
      new TokenIssuers(this::reply, () -> IssuersUnderTest.NOW, Ticker.SYSTEM);
  private final LoginSessions sessions =
      new LoginSessions(
          Duration.ofMinutes(30), Duration.ofHours(8), new SecureRandom(), Ticker.SYSTEM);
  private final List<Credential> begun = new ArrayList<>();
  private final List<String> recorded = new ArrayList<>();
  private BrowserLogin login;
  private String nonce = "";
  private Runnable whileTheCodeIsRedeemed = () -> {};

  @BeforeEach
  void start() throws Exception {
    List<IssuerSettings> trusted = IssuersUnderTest.settings(folder, IssuersUnderTest.SETTINGS);
    issuers.replace(trusted, Roles.BUILT_IN);
    issuers.refresh();
    LoginSettings d = LoginSettings.defaults();
    LoginSettings settings =
        new LoginSettings(
            Optional.of("acme"),
            Optional.of(CLIENT),
            d.clientSecret(),
            Optional.of(URI.create("https://llm.acme.example")),
            d.scopes(),
            d.idleTime(),
            d.lifetime());
    login =
        new OpenIdLogin(
            settings,
            trusted.getFirst(),
            new OpenIdLogin.Parts(
                issuers,
                this::reply,
                sessions,
                callers(),
                new SecureRandom(),
                () -> IssuersUnderTest.NOW,
                Ticker.SYSTEM));
  }

  private Authenticator callers() {
    return new Authenticator() {
      @Override
      public Authentication authenticate(Credential credential) {
        begun.add(credential);
        return sessions.authenticate(credential);
      }

      @Override
      public boolean hasCredentials() {
        return true;
      }
    };
  }

  private CompletableFuture<Reply> reply(String name, String origin, ProviderRequest request) {
    String json =
        switch (request.path()) {
          case "/keys" -> Signer.jwks(signer);
          case "/token" -> token();
          default ->
              """
              {"issuer": "URL", "jwks_uri": "URL/keys", "authorization_endpoint": "URL/authorize",
               "token_endpoint": "URL/token"}
              """
                  .replace("URL", IssuersUnderTest.ISSUER);
        };
    return CompletableFuture.completedFuture(
        new Reply.Complete(200, new HeaderFields(), json.getBytes(StandardCharsets.UTF_8)));
  }

  private String token() {
    whileTheCodeIsRedeemed.run();
    String claims = IssuersUnderTest.claims(IssuersUnderTest.ISSUER, "\"nonce\":\"" + nonce + "\"");
    return "{\"id_token\":\"" + signer.token(claims) + "\"}";
  }

  /** Logs a browser with that cookie in; the cookie of its new session. */
  private String logIn(String cookie, Consumer<Identity> recorder) throws InterruptedException {
    BrowserLogin.Redirect asked = login.begin(Headers.NONE, "/docs");
    QueryString query =
        QueryString.of(asked.location().substring(asked.location().indexOf('?') + 1));
    nonce = query.only("nonce").orElseThrow();
    HeaderFields request = new HeaderFields().add("cookie", pair(asked.cookies().getFirst()));
    String back = "code=c&state=" + query.only("state").orElseThrow();
    BrowserLogin.Redirect done =
        login.finish(cookie.isEmpty() ? request : request.add("cookie", cookie), back, recorder);
    return pair(done.cookies().getFirst());
  }

  private static String pair(String setCookie) {
    return setCookie.substring(0, setCookie.indexOf(';'));
  }

  private void note(Identity identity) {
    recorded.add(identity.user());
  }

  private boolean isOpen(String cookie) {
    return isOpen(new Credential.Session(cookie.substring(cookie.indexOf('=') + 1)));
  }

  private boolean isOpen(Credential session) {
    return sessions.authenticate(session) instanceof Authentication.Authenticated;
  }

  @Test
  void aNewLoginIsRecordedAndEndsTheOldSession() throws Exception {
    String first = logIn("", this::note);
    assertThat(isOpen(first)).isTrue();
    String second = logIn(first, this::note);
    assertThat(isOpen(first)).isFalse();
    assertThat(isOpen(second)).isTrue();
    assertThat(recorded).containsExactly("alice", "alice");
  }

  @Test
  void aLoginDuringWhichAllSessionsEndBeginsNone() {
    whileTheCodeIsRedeemed = sessions::endAll;
    assertThatThrownBy(() -> logIn("", this::note))
        .hasMessage(
            "The issuers or roles of the gateway have changed during this login. Log in again.");
    assertThat(begun).isEmpty();
    assertThat(recorded).isEmpty();
  }

  @Test
  void aLoginThatCannotBeRecordedBeginsNoSessionAndLeavesTheOldOne() throws Exception {
    String old = logIn("", this::note);
    CapacityProblem full = new CapacityProblem("audit_unavailable", "full", Duration.ofSeconds(1));
    assertThatThrownBy(
            () ->
                logIn(
                    old,
                    _ -> {
                      throw full;
                    }))
        .isSameAs(full);
    assertThat(isOpen(old)).isTrue();
    assertThat(begun).hasSize(2);
    assertThat(isOpen(begun.getLast())).isFalse();
  }
}
