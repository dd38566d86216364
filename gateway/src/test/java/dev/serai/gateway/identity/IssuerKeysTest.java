package dev.serai.gateway.identity;

import static dev.serai.gateway.identity.IssuersUnderTest.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.serai.adapters.upstream.UpstreamComponent;
import dev.serai.adapters.upstream.UpstreamLimits;
import dev.serai.core.caller.Authentication;
import dev.serai.core.caller.Credential;
import dev.serai.core.caller.Roles;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.provider.Providers;
import dev.serai.core.time.Ticker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The public keys of an issuer are fetched from a real HTTP server, and never for a token. */
class IssuerKeysTest {
  private static final Signer FIRST = Signer.of("ES256", "first");
  private static final Signer SECOND = Signer.of("ES256", "second");

  @TempDir Path folder;
  private final AtomicLong passed = new AtomicLong();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile String keys = Signer.jwks(FIRST);
  private volatile String metadata = "";
  private volatile int status = 200;
  private HttpServer server;
  private UpstreamComponent upstream;
  private TokenIssuers issuers;

  @BeforeEach
  void serve() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          asked.add(path);
          byte[] body =
              (path.contains("well-known") ? metadata : keys).getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("location", issuer() + "/elsewhere");
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    metadata = "{\"issuer\":\"" + issuer() + "\",\"jwks_uri\":\"" + issuer() + "/keys\"}";
    upstream =
        new UpstreamComponent(UpstreamLimits.defaults(), new Providers(), Map.of(), Ticker.SYSTEM);
    issuers = new TokenIssuers(upstream::send, () -> NOW.plusNanos(passed.get()), passed::get);
    issuers.replace(IssuersUnderTest.settings(folder, yaml(issuer())), Roles.BUILT_IN);
  }

  private String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private static String yaml(String issuer) {
    return """
    auth:
      issuers:
        - {name: acme, issuer: "%s", audiences: [serai], algorithms: [ES256]}
    """
        .formatted(issuer);
  }

  @AfterEach
  void stop() throws Exception {
    server.stop(0);
    upstream.shutdown();
  }

  private String token(Signer signer) {
    return signer.token(
        "{\"iss\":\""
            + issuer()
            + "\",\"aud\":\"serai\",\"exp\":"
            + (NOW.getEpochSecond() + 90_000_000)
            + "}");
  }

  private String said(Signer signer) {
    return switch (issuers.authenticate(new Credential.Secret(token(signer)))) {
      case Authentication.Authenticated _ -> "200";
      case Authentication.Rejected(var problem) -> problem.status() + " " + problem.code();
      case Authentication.Unknown _ -> "unknown";
    };
  }

  private void becomes(Signer signer, Predicate<String> wanted) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!wanted.test(said(signer)) && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(said(signer)).matches(wanted);
  }

  private void fetches(int requests) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (asked.size() < requests && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(asked).hasSize(requests);
  }

  private void start() {
    issuers.refresh();
    becomes(FIRST, "200"::equals);
  }

  private void pass(Duration time) {
    passed.addAndGet(time.toNanos());
  }

  @Test
  void anIssuerIsNotCalledAProviderInTheLog() {
    ProviderProblem down =
        ProviderProblem.of("acme", FailureCause.UNREACHABLE, 502)
            .message("The provider 'acme' cannot be reached.")
            .build();
    assertThat(IssuerClient.reason(down)).isEqualTo("The issuer 'acme' cannot be reached.");
  }

  @Test
  void tokensGet503UntilTheKeysOfTheirIssuerAreThere() {
    assertThat(said(FIRST)).isEqualTo("503 issuer_unavailable");
    start();
    assertThat(asked).containsExactly("/.well-known/openid-configuration", "/keys");
  }

  @Test
  void aNewKeyIsFetchedWhenATokenNamesItAndAnOldOneIsForgotten() {
    start();
    keys = Signer.jwks(SECOND);
    assertThat(said(SECOND)).isEqualTo("401 invalid_api_key");
    pass(Duration.ofSeconds(10));
    assertThat(said(SECOND)).isEqualTo("503 issuer_unavailable");
    issuers.refresh();
    becomes(SECOND, "200"::equals);
    assertThat(said(FIRST)).isEqualTo("401 invalid_api_key");
  }

  @Test
  void manyTokensWithUnknownKeysMakeOneFetchInTenSeconds() {
    start();
    for (int i = 0; i < 50; i++) {
      pass(Duration.ofMillis(100));
      assertThat(said(SECOND)).isEqualTo("401 invalid_api_key");
      issuers.refresh();
    }
    assertThat(asked).hasSize(2);
    pass(Duration.ofSeconds(5));
    assertThat(said(SECOND)).isEqualTo("503 issuer_unavailable");
    issuers.refresh();
    issuers.refresh();
    fetches(4);
    becomes(SECOND, "401 invalid_api_key"::equals);
    issuers.refresh();
    assertThat(asked).hasSize(4);
  }

  @Test
  void keysAreFetchedAgainAtTheIntervalAndKeptWhileTheIssuerFails() {
    start();
    status = 500;
    pass(Duration.ofMinutes(5));
    issuers.refresh();
    fetches(3);
    assertThat(said(FIRST)).isEqualTo("200");
    becomes(SECOND, "401 invalid_api_key"::equals); // the fetch before has ended
    status = 302;
    pass(Duration.ofSeconds(10));
    issuers.refresh();
    fetches(4);
    assertThat(asked).doesNotContain("/elsewhere");
    assertThat(said(FIRST)).isEqualTo("200");
  }

  @Test
  void metadataCannotLeadToAnotherIssuerOrAwayFromHttps() throws IOException {
    for (String other :
        List.of(
            "{\"issuer\":\"https://evil.example\",\"jwks_uri\":\"" + issuer() + "/keys\"}",
            "{\"issuer\":\"" + issuer() + "\",\"jwks_uri\":\"http://169.254.169.254/keys\"}",
            "{\"issuer\":\"" + issuer() + "\",\"jwks_uri\":\"file:///etc/passwd\"}",
            "{\"issuer\":\"" + issuer() + "\",\"jwks_uri\":\"http://u@127.0.0.1/keys\"}",
            "{\"issuer\":\"" + issuer() + "\"}",
            "[]",
            "{\"issuer\":\"" + issuer() + "\",\"issuer\":\"\",\"jwks_uri\":\"x\"}")) {
      metadata = other;
      int before = asked.size();
      issuers.replace(List.of(), Roles.BUILT_IN);
      issuers.replace(IssuersUnderTest.settings(folder, yaml(issuer())), Roles.BUILT_IN);
      issuers.refresh();
      fetches(before + 1);
      assertThat(said(FIRST)).as(other).startsWith("503");
    }
    assertThat(asked).doesNotContain("/keys");
  }
}
