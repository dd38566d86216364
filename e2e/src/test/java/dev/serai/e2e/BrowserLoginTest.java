package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People log in to the pages of the gateway at an identity provider. */
class BrowserLoginTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir static Path folder;
  private static LoginGateway site;
  private static Caller http;

  @BeforeAll
  static void start() throws Exception {
    site = LoginGateway.start(folder, Map.of());
    http = new Caller(site.url());
  }

  @AfterAll
  static void stop() {
    http.close();
    site.close();
  }

  @BeforeEach
  void tellTheTruth() {
    site.issuer().reset();
  }

  private static HttpRequest.Builder get(String path) {
    return http.to(path, new byte[0]).GET();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/docs", "/", "/openapi.json", "/docs?x=1&y=a%20b"})
  void aBrowserIsLedToTheIssuerAndBackToItsPage(String page) {
    PageVisitor visitor = site.visitor();
    HttpResponse<String> first = visitor.open(page);
    assertThat(first.statusCode()).isEqualTo(302);
    assertThat(first.headers().firstValue("cache-control")).contains("no-store");
    String login = PageVisitor.location(first);
    assertThat(login).startsWith(site.url() + "/login?return=");

    HttpResponse<String> done = visitor.open(visitor.comesBackFrom(login));

    assertThat(done.statusCode()).as(done.body()).isEqualTo(303);
    assertThat(PageVisitor.location(done)).isEqualTo(site.url() + page);
    assertThat(visitor.cookies()).containsOnlyKeys("serai-session");
    HttpResponse<String> opened = visitor.open(page);
    assertThat(opened.statusCode()).as(opened.body()).isIn(200, 302);
    assertThat(PageVisitor.location(opened)).doesNotContain("/login");
    assertThat(visitor.open("/docs").statusCode()).isEqualTo(200);
  }

  @Test
  void theCookieIsForTheGatewayOnly() {
    PageVisitor visitor = site.visitor();
    assertThat(visitor.logIn().headers().allValues("set-cookie"))
        .filteredOn(field -> field.startsWith("serai-session="))
        .singleElement()
        .asString()
        .endsWith("; Path=/; HttpOnly; SameSite=Lax");
  }

  @Test
  void programsStillGet401() {
    Caller.Reply without = http.send(get("/docs").header("accept", "application/json"));
    assertThat(without.status()).isEqualTo(401);
    assertThat(without.header("www-authenticate")).contains("Bearer");
    assertThat(
            http.send(
                    get("/docs")
                        .header("accept", "text/html")
                        .header("authorization", "Bearer no-key-0123456789abcdef"))
                .status())
        .isEqualTo(401);
    assertThat(http.send(get("/v1/models").header("accept", "text/html")).status()).isEqualTo(401);
  }

  @Test
  void aBrowserThatIsLedToTheLoginIsNotLoggedAsARefusal() {
    assertThat(site.visitor().open("/docs/led-to-login").statusCode()).isEqualTo(302);
    assertThat(http.send(get("/docs/refused").header("accept", "application/json")).status())
        .isEqualTo(401);
    Until.holds(
        SOON,
        "the refusal is logged",
        () -> site.gateway().log().contains("to /docs/refused is refused with 401"));
    assertThat(site.gateway().log()).doesNotContain("/docs/led-to-login is refused");
  }

  @Test
  void aSessionOpensPagesAndNoApi() {
    PageVisitor visitor = site.loggedIn();
    assertThat(visitor.open("/docs").statusCode()).isEqualTo(200);
    assertThat(visitor.open("/v1/models").statusCode()).isEqualTo(401);
    assertThat(visitor.post("/v1/keys", site.url()).statusCode()).isEqualTo(401);
  }

  @Test
  void theRolesOfTheIssuerDecide() {
    PageVisitor user = site.loggedIn();
    HttpResponse<String> refused = user.open("/metrics");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("The user 'ann' of the issuer 'people'", "metrics:read");
    site.issuer().claim("roles", "[\"llm-admins\"]");
    assertThat(site.loggedIn().open("/metrics").statusCode()).isEqualTo(200);
  }

  @Test
  void twoWindowsLogInAtOnce() {
    PageVisitor visitor = site.visitor();
    String first = visitor.comesBackFrom("/login?return=/docs");
    String second = visitor.comesBackFrom("/login?return=/openapi.json");
    assertThat(PageVisitor.location(visitor.open(second))).endsWith("/openapi.json");
    assertThat(PageVisitor.location(visitor.open(first))).endsWith("/docs");
  }

  @Test
  void sessionsEndWhenTheRolesOfTheIssuerChange() {
    site.issuer().claim("roles", "[\"llm-admins\"]");
    PageVisitor visitor = site.loggedIn();
    assertThat(visitor.open("/metrics").statusCode()).isEqualTo(200);
    try {
      site.administratorsAre("others");
      Until.holds(SOON, "the session ends", () -> visitor.open("/metrics").statusCode() == 302);
      assertThat(site.loggedIn().open("/metrics").statusCode()).isEqualTo(403);
    } finally {
      site.administratorsAre("llm-admins");
      Until.holds(
          SOON,
          "the roles are as before",
          () -> {
            PageVisitor next = site.visitor();
            return next.logIn().statusCode() == 303 && next.open("/metrics").statusCode() == 200;
          });
    }
  }

  @Test
  void aNewLoginEndsTheOldSession() {
    PageVisitor visitor = site.loggedIn();
    PageVisitor old = site.visitor();
    old.cookies().putAll(visitor.cookies());
    visitor.logIn();
    assertThat(visitor.session()).isNotEqualTo(old.session());
    assertThat(visitor.open("/docs").statusCode()).isEqualTo(200);
    assertThat(old.open("/docs").statusCode()).isEqualTo(302);
  }

  @Test
  void anIssuerThatFailsIsSaidAndTheKeysStillWork() {
    site.issuer().fail();
    PageVisitor visitor = site.visitor();
    HttpResponse<String> reply = visitor.logIn();
    assertThat(reply.statusCode()).isEqualTo(503);
    assertThat(reply.body()).contains("does not reply now", "href=\"/login\"");
    assertThat(
            http.send(get("/docs").header("authorization", "Bearer " + LoginGateway.ADMIN))
                .status())
        .isEqualTo(200);
  }

  @Test
  void aDisabledUserCannotLogInAndItsSessionsEnd() {
    site.issuer().claim("sub", "\"eve\"");
    PageVisitor visitor = site.loggedIn();
    assertThat(admin("/v1/users", "{\"name\":\"eve\",\"tenant\":\"public\",\"disabled\":true}"))
        .isIn(200, 201);
    assertThat(visitor.open("/docs").statusCode()).isEqualTo(302);
    PageVisitor again = site.visitor();
    HttpResponse<String> reply = again.logIn();
    LoginGateway.assertRefused(again, reply);
    assertThat(reply.body()).contains("is disabled");
  }

  private static int admin(String path, String json) {
    return http.send(
            http.to(path, json.getBytes(StandardCharsets.UTF_8))
                .header("authorization", "Bearer " + LoginGateway.ADMIN))
        .status();
  }

  @Test
  void theAuditLogSaysWhoLoggedInWhoWasRefusedAndWhoLoggedOut() {
    site.issuer().claim("sub", "\"zoe\"");
    PageVisitor visitor = site.loggedIn();
    visitor.post("/logout", site.url());
    site.issuer().claim("nonce", "\"AAAA\"");
    visitor.logIn();
    Until.holds(
        SOON,
        "the log has them",
        () -> {
          String log = auditLog();
          return log.contains("\"code\":\"login_refused\"")
              && log.contains("\"path\":\"/login/callback\"")
              && log.contains("\"path\":\"/logout\"")
              && log.contains("\"user\":\"zoe\"")
              && log.contains("\"address\":\"127.0.0.1\"");
        });
  }

  private static String auditLog() {
    return http.send(
            get("/v1/audit?limit=5").header("authorization", "Bearer " + LoginGateway.ADMIN))
        .body();
  }
}
