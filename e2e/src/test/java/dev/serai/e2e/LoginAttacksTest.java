package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Others than the person who logs in try to get in, or to act for that person. */
class LoginAttacksTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir static Path folder;
  private static LoginGateway site;

  @BeforeAll
  static void start() throws Exception {
    site = LoginGateway.start(folder, Map.of());
    RunningGateway.write(
        site.gateway().routes().resolve("page.camel.yaml"),
        """
        - route:
            id: own-page
            description: A page of the operator that changes something
            from:
              uri: netty-http:http://{{server.host}}:{{server.port}}/own/page
              parameters:
                httpMethodRestrict: GET,POST
                permission: api:docs
                credentials: basic
              steps:
                - setBody:
                    expression:
                      constant:
                        expression: changed
        """);
    Until.holds(
        SOON, "the own page is there", () -> site.visitor().open("/own/page").statusCode() != 404);
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  @BeforeEach
  void tellTheTruth() {
    site.issuer().reset();
  }

  @Test
  void aForeignSiteChangesNothingWithTheCookie() {
    PageVisitor visitor = site.loggedIn();
    assertThat(visitor.post("/own/page", site.url()).body()).isEqualTo("changed");
    for (String origin : List.of("https://evil.example", "null", "http://127.0.0.1:1", "")) {
      assertThat(visitor.post("/own/page", origin).statusCode()).as(origin).isEqualTo(403);
      assertThat(visitor.post("/logout", origin).statusCode()).as(origin).isEqualTo(403);
    }
    assertThat(visitor.open("/docs").statusCode()).isEqualTo(200);
  }

  @Test
  void anotherStateIsRefused() {
    PageVisitor visitor = site.visitor();
    site.issuer().sendsBack("state", "A".repeat(43));
    LoginGateway.assertRefused(visitor, visitor.logIn());
    site.issuer().sendsBack("state", "");
    LoginGateway.assertRefused(visitor, visitor.logIn());
  }

  @Test
  void whatIsForAnotherBrowserIsRefused() {
    String attackers = site.visitor().comesBackFrom("/login");
    PageVisitor victim = site.visitor();
    victim.comesBackFrom("/login");
    LoginGateway.assertRefused(victim, victim.open(attackers));
    PageVisitor without = site.visitor();
    LoginGateway.assertRefused(without, without.open(attackers));
  }

  @Test
  void aLoginIsFinishedOnce() {
    PageVisitor visitor = site.visitor();
    String back = visitor.comesBackFrom("/login");
    Map<String, String> before = new HashMap<>(visitor.cookies());
    assertThat(visitor.open(back).statusCode()).isEqualTo(303);
    PageVisitor replaying = site.visitor();
    replaying.cookies().putAll(before);
    LoginGateway.assertRefused(replaying, replaying.open(back));
    assertThat(site.issuer().refused()).isEmpty();
  }

  @Test
  void theCodeOfAnotherLoginIsRefusedByItsVerifier() {
    String code =
        LoginGateway.parameters(site.visitor().comesBackFrom("/login")).getOrDefault("code", "");
    PageVisitor visitor = site.visitor();
    String back = visitor.comesBackFrom("/login").replaceAll("code=code-[^&]*", "code=" + code);
    LoginGateway.assertRefused(visitor, visitor.open(back));
    assertThat(site.issuer().refused()).containsExactly("code_verifier");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "nonce; \"AAAA\"",
        "aud; \"another-client\"",
        "aud; [\"serai-pages\",\"other\"]",
        "azp; \"another-client\"",
        "iss; \"https://evil.example\"",
        "exp; 1700000000",
        "iat; \"yesterday\"",
        "sub; \"\"",
        "nonce; 7"
      })
  void anIdTokenThatSaysAnythingElseIsRefused(String claim, String value) {
    site.issuer().claim(claim, value);
    PageVisitor visitor = site.visitor();
    LoginGateway.assertRefused(visitor, visitor.logIn());
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example", ""})
  void aLoginByAnotherIssuerIsRefusedBeforeItsCodeIsSent(String issuer) {
    site.issuer().sendsBack("iss", issuer);
    PageVisitor visitor = site.visitor();
    HttpResponse<String> reply = visitor.logIn();
    LoginGateway.assertRefused(visitor, reply);
    assertThat(reply.body()).contains("Another identity provider");
    assertThat(site.issuer().refused()).isEmpty();
  }

  @Test
  void aRefusalOfTheIssuerIsShownAndNothingElseOfIt() {
    site.issuer()
        .sendsBack("error", "access_denied")
        .sendsBack("error_description", "<script>x</script>");
    PageVisitor visitor = site.visitor();
    HttpResponse<String> reply = visitor.logIn();
    LoginGateway.assertRefused(visitor, reply);
    assertThat(reply.body()).contains("access_denied").doesNotContain("script");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//evil.example",
        "/%5Cevil.example",
        "https://evil.example",
        "%2F%2Fevil.example",
        "/%09/evil.example",
        "javascript:alert(1)",
        "@evil.example",
        ".evil.example",
        ""
      })
  void noReturnPathLeadsElsewhere(String path) {
    PageVisitor visitor = site.visitor();
    HttpResponse<String> done = visitor.open(visitor.comesBackFrom("/login?return=" + path));
    assertThat(PageVisitor.location(done)).isEqualTo(site.url() + "/");
  }

  @Test
  void aCookieThatWasStolenIsWorthNothingAfterTheLogout() {
    PageVisitor visitor = site.loggedIn();
    PageVisitor thief = site.visitor();
    thief.cookies().putAll(visitor.cookies());
    assertThat(thief.open("/docs").statusCode()).isEqualTo(200);

    HttpResponse<String> out = visitor.post("/logout", site.url());

    assertThat(out.statusCode()).isEqualTo(303);
    assertThat(PageVisitor.location(out))
        .startsWith(site.issuer().url() + "/logout?id_token_hint=ey");
    assertThat(PageVisitor.location(visitor.open(PageVisitor.location(out))))
        .isEqualTo(site.url() + "/logout");
    assertThat(visitor.session()).isEmpty();
    assertThat(visitor.open("/logout").body()).contains("You are logged out");
    assertThat(thief.open("/docs").statusCode()).isEqualTo(302);
    assertThat(LoginIssuer.parameters(site.issuer().logouts().getLast()))
        .containsEntry("client_id", LoginIssuer.CLIENT);
  }

  @Test
  void aSessionThatSomeoneElsePlantedIsNotTakenOver() {
    PageVisitor visitor = site.visitor();
    visitor.cookies().put("serai-session", "planted-0123456789");
    visitor.logIn();
    assertThat(visitor.session()).isNotEqualTo("planted-0123456789").hasSize(43);
    PageVisitor attacker = site.visitor();
    attacker.cookies().put("serai-session", "planted-0123456789");
    assertThat(attacker.open("/docs").statusCode()).isEqualTo(302);
  }

  @Test
  void theLogHasNoSecretOfALogin() {
    PageVisitor visitor = site.visitor();
    String back = visitor.comesBackFrom("/login");
    assertThat(visitor.open(back).statusCode()).isEqualTo(303);
    Until.holds(
        SOON,
        "a later request is in the log, which is written in the background",
        () ->
            site.visitor().open("/v1/responses/after-the-login").statusCode() == 401
                && site.gateway().log().contains("to /v1/responses/after-the-login is refused"));
    Map<String, String> parameters = LoginGateway.parameters(back);
    assertThat(parameters).containsKeys("code", "state");
    assertThat(site.gateway().log())
        .doesNotContain(visitor.session())
        .doesNotContain(parameters.getOrDefault("code", ""))
        .doesNotContain(parameters.getOrDefault("state", ""))
        .doesNotContain(LoginIssuer.SECRET);
  }
}
