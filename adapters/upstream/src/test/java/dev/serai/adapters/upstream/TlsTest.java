package dev.serai.adapters.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.upstream.NetworkResources.Overrides;
import dev.serai.core.net.BaseUrl;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.time.Ticker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLSocket;
import org.apache.camel.AsyncProducer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TlsTest {
  private static final String NAME = "api.serai.test";
  private static Certificates certificates;

  @BeforeAll
  static void makeCertificate() throws Exception {
    certificates = Certificates.forName(NAME);
  }

  static ServerSocket listen(Certificates shown) throws Exception {
    return shown
        .server()
        .getServerSocketFactory()
        .createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
  }

  private static UpstreamFixture fixture(FakeDns dns, ProxyRules proxy) throws Exception {
    return new UpstreamFixture(
        new UpstreamLimits(
            UpstreamFixture.DEADLINES,
            UpstreamFixture.POOL,
            UpstreamLimits.defaults().breaker(),
            proxy),
        Ticker.SYSTEM,
        new Overrides(Optional.of(certificates.trust()), Optional.of(dns.provider())));
  }

  private static FakeProvider.Script answering(CompletableFuture<String> serverName) {
    return c -> {
      while (true) {
        c.read();
        if (((SSLSocket) c.socket).getSession() instanceof ExtendedSSLSession session) {
          serverName.complete(session.getRequestedServerNames().toString());
        }
        c.json("{}");
      }
    };
  }

  @Test
  void aProviderIsReachedOverTlsAndTheConnectionIsReused() throws Exception {
    CompletableFuture<String> serverName = new CompletableFuture<>();
    try (var dns = new FakeDns("127.0.0.1");
        var provider = new FakeProvider(listen(certificates), answering(serverName));
        var fixture = fixture(dns, ProxyRules.NONE)) {
      AsyncProducer producer = fixture.provider("x", "https://" + NAME + ":" + provider.port());
      for (int i = 0; i < 10; i++) {
        assertThat(UpstreamFixture.text(fixture.ask(producer))).isEqualTo("{}");
      }
      assertThat(serverName.join()).contains(NAME);
      assertThat(provider.accepted()).isLessThanOrEqualTo(2);
      assertThat(provider.requests.getFirst().headers())
          .containsEntry("host", NAME + ":" + provider.port());
    }
  }

  @Test
  void nothingIsSentIfTheCertificateIsNotTrusted() throws Exception {
    Certificates stranger = Certificates.forName(NAME);
    assertNothingSent(stranger);
  }

  @Test
  void nothingIsSentIfTheCertificateIsForAnotherName() throws Exception {
    try (var dns = new FakeDns("127.0.0.1");
        var provider =
            new FakeProvider(listen(certificates), answering(new CompletableFuture<>()));
        var fixture = fixture(dns, ProxyRules.NONE)) {
      assertUnreachable(fixture, "https://other.serai.test:" + provider.port(), provider);
    }
  }

  private static void assertNothingSent(Certificates shown) throws Exception {
    try (var dns = new FakeDns("127.0.0.1");
        var provider = new FakeProvider(listen(shown), answering(new CompletableFuture<>()));
        var fixture = fixture(dns, ProxyRules.NONE)) {
      assertUnreachable(fixture, "https://" + NAME + ":" + provider.port(), provider);
    }
  }

  private static void assertUnreachable(
      UpstreamFixture fixture, String baseUrl, FakeProvider provider) throws Exception {
    AsyncProducer producer = fixture.provider("x", baseUrl);
    ProviderProblem problem =
        UpstreamFixture.problem(fixture.send(producer, UpstreamFixture.request(false)));
    assertThat(problem.failureCause()).isEqualTo(FailureCause.UNREACHABLE);
    assertThat(problem.detail()).get().asString().startsWith("TLS: ").doesNotContain("\n");
    assertThat(problem.message()).doesNotContain("TLS", "serai.test");
    Eventually.soon(() -> provider.accepted() == 1 && provider.open() == 0);
    assertThat(provider.requests).isEmpty();
    assertThat(fixture.state().openConnections()).isZero();
  }

  @Test
  void aProxyOpensATunnelAndResolvesTheName() throws Exception {
    try (var dns = new FakeDns("127.0.0.1");
        var provider =
            new FakeProvider(listen(certificates), answering(new CompletableFuture<>()));
        var proxy = tunnelTo(provider.port());
        var fixture =
            fixture(dns, ProxyRules.of("http://user:pw@127.0.0.1:" + proxy.port(), null, null))) {
      AsyncProducer producer = fixture.provider("x", "https://" + NAME + ":" + provider.port());
      assertThat(UpstreamFixture.text(fixture.ask(producer))).isEqualTo("{}");
      FakeProvider.Request connect = proxy.requests.getFirst();
      assertThat(connect.line()).isEqualTo("CONNECT " + NAME + ":" + provider.port() + " HTTP/1.1");
      assertThat(connect.headers())
          .containsEntry("proxy-authorization", "Basic dXNlcjpwdw==")
          .doesNotContainKey("authorization");
      assertThat(dns.asked).doesNotContain(NAME);
    }
  }

  @Test
  void aProxyThatRefusesMakesTheProviderUnreachable() throws Exception {
    try (var dns = new FakeDns("127.0.0.1");
        var proxy =
            new FakeProvider(
                c -> {
                  c.read();
                  c.respond(407, "");
                });
        var fixture = fixture(dns, ProxyRules.of("127.0.0.1:" + proxy.port(), null, null))) {
      AsyncProducer producer = fixture.provider("x", "https://" + NAME);
      ProviderProblem problem =
          UpstreamFixture.problem(fixture.send(producer, UpstreamFixture.request(false)));
      assertThat(problem.failureCause()).isEqualTo(FailureCause.UNREACHABLE);
      assertThat(problem.detail()).get().asString().contains("proxy: ", "status: 407");
    }
  }

  @Test
  void hostsInNoProxyAreReachedDirectly() throws Exception {
    try (var dns = new FakeDns("127.0.0.1");
        var provider =
            new FakeProvider(listen(certificates), answering(new CompletableFuture<>()));
        var proxy = tunnelTo(provider.port());
        var fixture =
            fixture(
                dns,
                ProxyRules.of(
                    "http://127.0.0.1:" + proxy.port(), null, "example.com, .serai.test"))) {
      AsyncProducer producer = fixture.provider("x", "https://" + NAME + ":" + provider.port());
      assertThat(UpstreamFixture.text(fixture.ask(producer))).isEqualTo("{}");
      assertThat(proxy.accepted()).isZero();
    }
  }

  @Test
  void rangesInNoProxyAreReachedDirectly() {
    ProxyRules rules = ProxyRules.of("http://pro_xy:3128", "http://pro_xy", "10.0.0.0/8,fd00::/8");
    assertThat(rules.forAddress(BaseUrl.parse("https://10.1.2.3/v1"))).isEmpty();
    assertThat(rules.forAddress(BaseUrl.parse("http://[fd00::7]:8080"))).isEmpty();
    assertThat(rules.forAddress(BaseUrl.parse("https://11.1.2.3/v1")))
        .hasValueSatisfying(proxy -> assertThat(proxy).hasToString("pro_xy:3128"));
  }

  @Test
  void aPlainRequestSendsTheFullUrlToTheProxy() throws Exception {
    try (var dns = new FakeDns("127.0.0.1");
        var proxy = FakeProvider.json("{}");
        var fixture = fixture(dns, ProxyRules.of(null, "http://127.0.0.1:" + proxy.port(), null))) {
      fixture.ask(fixture.provider("x", "http://plain.serai.test:8080/v1"));
      assertThat(proxy.requests.getFirst().line())
          .isEqualTo("POST http://plain.serai.test:8080/v1/chat/completions HTTP/1.1");
    }
  }

  private static FakeProvider tunnelTo(int port) throws IOException {
    return new FakeProvider(
        c -> {
          c.read();
          try (var target = new java.net.Socket("127.0.0.1", port)) {
            c.write("HTTP/1.1 200 Connection established\r\n\r\n");
            Thread.ofVirtual().start(() -> pump(target, c.socket));
            c.socket.getInputStream().transferTo(target.getOutputStream());
          }
        });
  }

  private static void pump(java.net.Socket from, java.net.Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // The tunnel is closed.
    }
  }
}
