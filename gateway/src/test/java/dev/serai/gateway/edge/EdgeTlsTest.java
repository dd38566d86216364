package dev.serai.gateway.edge;

import static dev.serai.gateway.edge.EdgeUnderTest.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.caller.AllowList;
import dev.serai.core.caller.Authenticator;
import dev.serai.core.caller.Authenticators;
import dev.serai.core.caller.Caller;
import dev.serai.core.caller.Identity;
import dev.serai.core.caller.Role;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.Reply;
import dev.serai.gateway.edge.tls.Pki;
import dev.serai.gateway.edge.tls.TlsPort;
import dev.serai.gateway.identity.ClientCertificates;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The port speaks HTTPS, and a client's certificate says who calls. */
class EdgeTlsTest {
  private static final String LOCAL = "ip:127.0.0.1,dns:localhost";

  @TempDir static Path made;
  private static Pki pki;
  private static Pki others;

  @TempDir Path folder;
  private TlsPort tls;
  private EdgeUnderTest edge;

  @BeforeAll
  static void makeCertificates() throws Exception {
    pki =
        Pki.in(
            Files.createDirectory(made.resolve("pki")),
            new Pki.Wanted("server", "CN=gateway", LOCAL),
            new Pki.Wanted("next", "CN=next", LOCAL),
            new Pki.Wanted("shop", "CN=shop", "dns:shop.acme.example"),
            new Pki.Wanted("agent", "CN=shop", "uri:spiffe://acme/agent"),
            new Pki.Wanted("stranger", "CN=stranger", "dns:stranger.acme.example"));
    others =
        Pki.in(
            Files.createDirectory(made.resolve("others")),
            new Pki.Wanted("shop", "CN=shop", "dns:shop.acme.example"));
  }

  private Path certificate() {
    return folder.resolve("server.crt");
  }

  private Path key() {
    return folder.resolve("server.key");
  }

  private void use(String alias) throws IOException {
    Files.writeString(key(), Files.readString(pki.key(alias)));
    Files.writeString(certificate(), Files.readString(pki.certificate(alias)));
  }

  private void serve(boolean asks, boolean requires, Authenticator callers) throws Exception {
    use("server");
    Optional<Path> authority = asks ? Optional.of(pki.certificate("ca")) : Optional.empty();
    tls =
        new TlsPort(
            new TlsPort.Files(certificate(), key(), authority, requires),
            true,
            Duration.ofSeconds(30),
            InstantSource.system());
    EdgeInstruments instruments = new TestInstruments().callers(callers).tls(tls).make();
    edge =
        new EdgeUnderTest(EdgeUnderTest.SMALL, instruments)
            .route("/chat", "permission=chat:basic", EdgeTlsTest::whoCalls)
            .route(
                "/echo", "permission=chat:basic&chunkedMaxContentLength=9000000", EdgeTlsTest::echo)
            .start();
  }

  private static void whoCalls(Exchange exchange) throws Exception {
    Caller caller = exchange.getProperty(ExchangeProperties.CALLER, Caller.class);
    EdgeUnderTest.says(caller.tenant() + "/" + caller.key()).process(exchange);
  }

  private static void echo(Exchange exchange) {
    byte[] body = exchange.getMessage().getBody(InboundRequest.class).body();
    exchange.getMessage().setBody(new Reply.Complete(200, new HeaderFields(), body));
  }

  private static ClientCertificates callers() {
    ClientCertificates callers = new ClientCertificates();
    callers.replace(
        Map.of("CN=shop", identity("shop"), "URI=spiffe://acme/agent", identity("agent")));
    return callers;
  }

  private static Identity identity(String name) {
    return new Identity(
        "acme", "", "", name, Role.USER.permissions(), AllowList.ALL, AllowList.ALL, Set.of());
  }

  @AfterEach
  void stop() throws Exception {
    if (edge != null) {
      edge.close();
    }
  }

  /** The same with both versions of HTTP. */
  private String get(SSLContext context) throws Exception {
    String result = get(context, HttpClient.Version.HTTP_2);
    assertThat(get(context, HttpClient.Version.HTTP_1_1)).isEqualTo(result);
    return result;
  }

  private HttpRequest chat() {
    return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + edge.port() + "/chat")).build();
  }

  private String get(SSLContext context, HttpClient.Version version) throws Exception {
    try (HttpClient client = HttpClient.newBuilder().version(version).sslContext(context).build()) {
      var reply = client.send(chat(), BodyHandlers.ofString());
      assertThat(reply.version()).isEqualTo(version);
      return reply.statusCode() == 200 ? reply.body() : Integer.toString(reply.statusCode());
    }
  }

  private SSLSocket connect(SSLContext context) throws IOException {
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", edge.port());
    socket.setSoTimeout(30_000);
    socket.startHandshake();
    return socket;
  }

  private static String served(SSLSocket socket) throws Exception {
    return socket.getSession().getPeerPrincipal().getName();
  }

  @Test
  void requestsAndRepliesOfEverySizePassOverTls() throws Exception {
    serve(false, false, new Authenticators(List.of()));
    try (HttpClient client = HttpClient.newBuilder().sslContext(pki.client("")).build()) {
      for (int size : new int[] {0, 1, 40_000, 3_000_000}) {
        byte[] body = new byte[size];
        HttpRequest request =
            HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + edge.port() + "/echo"))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        assertThat(client.send(request, BodyHandlers.ofByteArray()).body()).isEqualTo(body);
      }
    }
    eventually("connections end", () -> edge.component().load().connections() == 0);
  }

  @Test
  void browsersAreAskedToUseHttpsOnlyUnlessTheyCallLocalhost() throws Exception {
    serve(false, false, new Authenticators(List.of()));
    try (HttpClient client = HttpClient.newBuilder().sslContext(pki.client("")).build()) {
      for (String host : List.of("127.0.0.1", "localhost")) {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create("https://" + host + ":" + edge.port() + "/chat"))
                .build();
        assertThat(
                client
                    .send(request, BodyHandlers.discarding())
                    .headers()
                    .firstValue("strict-transport-security")
                    .isPresent())
            .isEqualTo(host.equals("127.0.0.1"));
      }
    }
  }

  @Test
  void plainHttpOnThePortGetsAReplyThatSaysSo() throws Exception {
    serve(false, false, new Authenticators(List.of()));
    try (RawClient client = edge.connect()) {
      RawClient.Reply reply = client.get("/chat").read();
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.body()).contains("This port speaks HTTPS");
      assertThat(client.isClosedByServer()).isTrue();
    }
    assertThat(get(pki.client(""))).isEqualTo("public/");
  }

  @Test
  void aClientChoosesHttp2AndNothingBelowTls12IsOffered() throws Exception {
    serve(false, false, new Authenticators(List.of()));
    try (SSLSocket socket =
        (SSLSocket) pki.client("").getSocketFactory().createSocket("127.0.0.1", edge.port())) {
      var parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      assertThat(socket.getApplicationProtocol()).isEqualTo("h2");
      assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
    }
  }

  @Test
  void aClientCertificateSaysWhoCalls() throws Exception {
    serve(true, false, callers());
    assertThat(get(pki.client("shop"))).isEqualTo("acme/shop");
    assertThat(get(pki.client("agent")))
        .as("an address counts before a name")
        .isEqualTo("acme/agent");
    assertThat(get(pki.client("stranger"))).isEqualTo("401");
    assertThat(get(pki.client(""))).isEqualTo("401");
    assertThatThrownBy(() -> get(others.client("shop"))).isInstanceOf(IOException.class);
  }

  @Test
  void aClientWithoutARequiredCertificateIsNotServed() throws Exception {
    serve(true, true, callers());
    assertThatThrownBy(() -> get(pki.client(""))).isInstanceOf(IOException.class);
    assertThat(get(pki.client("shop"))).isEqualTo("acme/shop");
    eventually("connections end", () -> edge.component().load().connections() == 0);
  }

  @Test
  void aChangedCertificateIsUsedForNewConnectionsAndOpenOnesGoOn() throws Exception {
    serve(false, false, new Authenticators(List.of()));
    SSLContext context = pki.client("");
    try (SSLSocket open = connect(context)) {
      assertThat(served(open)).isEqualTo("CN=gateway");
      use("next");
      pollTwice();
      try (SSLSocket later = connect(pki.client(""))) {
        assertThat(served(later)).isEqualTo("CN=next");
      }
      open.getOutputStream()
          .write("GET /chat HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(open.getInputStream().readNBytes(15), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 200 OK");
    }
  }

  private void pollTwice() {
    tls.poll();
    tls.poll();
  }

  @Test
  void aCertificateThatMayBeInTheMiddleOfAWriteIsNotUsed() throws Exception {
    serve(false, false, new Authenticators(List.of()));
    for (String alias : List.of("next", "server", "next")) {
      use(alias);
      tls.poll();
      try (SSLSocket socket = connect(pki.client(""))) {
        assertThat(served(socket)).as("%s has been there once", alias).isEqualTo("CN=gateway");
      }
    }
    tls.poll();
    try (SSLSocket socket = connect(pki.client(""))) {
      assertThat(served(socket)).isEqualTo("CN=next");
    }
  }

  @Test
  void anOpenConnectionOfHttp2GoesOnWhenTheCertificateChanges() throws Exception {
    serve(true, false, callers());
    try (HttpClient client = HttpClient.newBuilder().sslContext(pki.client("shop")).build()) {
      assertThat(client.send(chat(), BodyHandlers.ofString()).body()).isEqualTo("acme/shop");
      use("next");
      pollTwice();
      assertThat(client.send(chat(), BodyHandlers.ofString()).body()).isEqualTo("acme/shop");
      assertThat(edge.component().load().connections()).isEqualTo(1);
    }
  }

  @Test
  void aMistakeInChangedFilesLeavesTheOldCertificateInUse() throws Exception {
    serve(false, false, new Authenticators(List.of()));
    for (String mistake :
        List.of("", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")) {
      Files.writeString(certificate(), mistake);
      pollTwice();
      try (SSLSocket socket = connect(pki.client(""))) {
        assertThat(served(socket)).isEqualTo("CN=gateway");
      }
    }
    Files.delete(certificate());
    pollTwice();
    use("next");
    pollTwice();
    try (SSLSocket socket = connect(pki.client(""))) {
      assertThat(served(socket)).isEqualTo("CN=next");
    }
  }

  @Test
  void filesThatCannotBeUsedFailTheStart() throws Exception {
    use("server");
    Files.writeString(key(), Files.readString(pki.key("next")));
    assertFails("is not that of the certificate");
    Files.writeString(
        key(), "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n");
    assertFails("openssl pkcs8");
    Files.writeString(certificate(), "nothing");
    assertFails("certificate");
    Files.delete(certificate());
    assertFails("cannot be read");
  }

  private void assertFails(String says) {
    assertThatThrownBy(
            () ->
                new TlsPort(
                    new TlsPort.Files(certificate(), key(), Optional.empty(), false),
                    true,
                    Duration.ofSeconds(1),
                    InstantSource.system()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(says);
  }

  @Test
  void aClientThatDoesNotTrustTheServerIsNotAnErrorOfTheServer() throws Exception {
    serve(false, false, new Authenticators(List.of()));
    assertThatThrownBy(() -> connect(others.client(""))).isInstanceOf(SSLHandshakeException.class);
    eventually("the connection ends", () -> edge.component().load().connections() == 0);
    assertThat(get(pki.client(""))).isEqualTo("public/");
  }
}
