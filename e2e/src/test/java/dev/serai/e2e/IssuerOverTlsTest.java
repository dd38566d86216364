package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.serai.e2e.provider.CassetteServer;
import dev.serai.gateway.edge.tls.Pki;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of an issuer whose keys are behind TLS with a certificate of a private authority. */
class IssuerOverTlsTest {
  private static final String PASSWORD = "changeit";
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir static Path folder;
  private static Pki pki;
  private static HttpsServer issuer;
  private static SignedTokens tokens;
  private static CassetteServer provider;

  @BeforeAll
  static void start() throws Exception {
    Path certificates = Files.createDirectory(folder.resolve("pki"));
    pki = Pki.in(certificates, new Pki.Wanted("issuer", "CN=issuer", "ip:127.0.0.1"));
    issuer = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    issuer.setHttpsConfigurator(new HttpsConfigurator(pki.client("issuer")));
    tokens = new SignedTokens(url());
    tokens.serveAt(issuer);
    issuer.start();
    provider = CassetteServer.start();
  }

  @AfterAll
  static void stop() {
    provider.close();
    issuer.stop(0);
  }

  private static String url() {
    return "https://127.0.0.1:" + issuer.getAddress().getPort();
  }

  private static RunningGateway.Plan plan(Path home) {
    return RunningGateway.in(home)
        .providersAt(provider.url())
        .settings(
            "auth: {issuers: [{name: login, issuer: '%s', audiences: serai}]}".formatted(url()));
  }

  private static Caller.Reply chat(Caller http) {
    byte[] body = Caller.body("openai/text", false).getBytes(StandardCharsets.UTF_8);
    String token = "Bearer " + tokens.token("acme", "");
    return http.send(http.to("/v1/chat/completions", body).header("authorization", token));
  }

  private static Path trustStore() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("ca", pki.trust().getAcceptedIssuers()[0]);
    Path file = folder.resolve("trust.p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD.toCharArray());
    }
    return file;
  }

  @Test
  void theAuthorityOfTheTrustStoreIsTrusted() throws Exception {
    Path home = Files.createDirectory(folder.resolve("trusting"));
    String options =
        "-Djavax.net.ssl.trustStore=" + trustStore() + " -Djavax.net.ssl.trustStorePassword=";
    RunningGateway.Plan plan = plan(home).with("JAVA_TOOL_OPTIONS", options + PASSWORD);
    try (GatewayProcess gateway = GatewayProcess.start(home, plan);
        Caller http = new Caller(gateway.url())) {
      Until.holds(SOON, "the token is accepted", () -> chat(http).status() == 200);
    }
  }

  @Test
  void withoutItTokensGet503AndTheLogSaysThatTheCertificateIsNotTrusted() throws Exception {
    Path home = Files.createDirectory(folder.resolve("doubting"));
    try (RunningGateway gateway = plan(home).start();
        Caller http = new Caller(gateway.url())) {
      assertThat(chat(http).status()).isEqualTo(503);
      gateway.awaitLogged("the keys of the token issuer login could not be fetched");
      assertThat(chat(http).json().at("/error/code").asText()).isEqualTo("issuer_unavailable");
    }
  }
}
