package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.serai.e2e.provider.CassetteServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callers with tokens of an issuer: the same rights, lists of models and accounting as keys. */
class TokensTest {
  private static final String ADMIN = "admin-canary-0123456789abcdef";

  @TempDir static Path folder;
  private static HttpServer issuer;
  private static SignedTokens tokens;
  private static CassetteServer provider;
  private static RunningGateway gateway;
  private static Caller http;

  @BeforeAll
  static void start() throws Exception {
    issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    tokens = new SignedTokens(issuerUrl());
    tokens.serveAt(issuer);
    issuer.start();
    provider = CassetteServer.start();
    gateway =
        RunningGateway.in(folder)
            .providersAt(provider.url())
            .with("ROUTER_ADMIN_KEYS", ADMIN)
            .settings(
                """
                auth:
                  issuers:
                    - name: login
                      issuer: %s
                      audiences: [serai]
                      roles: {llm-users: user}
                """
                    .formatted(issuerUrl()))
            .start();
    http = new Caller(gateway.url());
    Until.holds(
        Duration.ofSeconds(60),
        "the keys are there",
        () -> chat(token("acme", "")).status() == 200);
  }

  @AfterAll
  static void stop() {
    http.close();
    gateway.close();
    provider.close();
    issuer.stop(0);
  }

  private static String issuerUrl() {
    return "http://127.0.0.1:" + issuer.getAddress().getPort();
  }

  private static String token(String tenant, String more) {
    return tokens.token(tenant, more);
  }

  private static Caller.Reply chat(String token) {
    byte[] body = Caller.body("openai/text", false).getBytes(StandardCharsets.UTF_8);
    return http.send(
        http.to("/v1/chat/completions", body).header("authorization", "Bearer " + token));
  }

  private static Caller.Reply get(String path, String key) {
    return http.send(
        HttpRequest.newBuilder(URI.create(gateway.url() + path))
            .header("authorization", "Bearer " + key));
  }

  @Test
  void theCallOfATokenIsInTheLedgerOfItsTenantUnderTheNameOfItsIssuer() {
    String token = token("ledger", "");
    assertThat(chat(token).status()).isEqualTo(200);
    Until.holds(
        Duration.ofSeconds(60),
        "a row",
        () -> get("/v1/usage", token).json().path("data").size() == 1);
    JsonNode row = get("/v1/usage?key=login", token).json().path("data").path(0);
    assertThat(row.path("tenant").asText()).isEqualTo("ledger");
    assertThat(row.path("key").asText()).isEqualTo("login");
    assertThat(get("/v1/usage", token("globex", "")).json().path("data")).isEmpty();
  }

  @Test
  void aTokenMayCallTheModelsOfItsClaimOnlyAndDoWhatItsRolesAllow() {
    Caller.Reply other = chat(token("acme", ",\"models\":[\"anthropic/*\"]"));
    assertThat(other.status()).isEqualTo(403);
    assertThat(other.json().at("/error/code").asText()).isEqualTo("model_not_allowed");
    assertThat(get("/v1/keys", token("acme", ",\"roles\":[\"admin\"]")).status()).isEqualTo(403);
    assertThat(chat(token("acme", ",\"roles\":[\"llm-users\"]")).status()).isEqualTo(200);
  }

  @Test
  void aTokenThatIsNotGoodGets401WithoutTheTokenInTheReplyOrTheLog() throws IOException {
    String token = token("acme", "");
    String forged = token.substring(0, token.lastIndexOf('.') + 1) + "AAAA";
    Caller.Reply refused = chat(forged);
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.json().at("/error/code").asText()).isEqualTo("invalid_api_key");
    assertThat(refused.header("www-authenticate")).startsWith("Bearer");
    assertThat(refused.body() + gateway.log()).doesNotContain(forged, token);
  }
}
