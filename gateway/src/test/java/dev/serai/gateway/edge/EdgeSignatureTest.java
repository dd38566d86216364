package dev.serai.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.audit.AuditEvent;
import dev.serai.core.audit.AuditLog;
import dev.serai.core.audit.AuditQuery;
import dev.serai.core.audit.AuditVerification;
import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.caller.AllowList;
import dev.serai.core.caller.Caller;
import dev.serai.core.caller.Identity;
import dev.serai.core.caller.Role;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.form.FormScanner;
import dev.serai.gateway.edge.RawClient.Reply;
import dev.serai.gateway.identity.NonceFile;
import dev.serai.gateway.identity.SignedRequests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A signed request is checked from its head, and its body while it is read. */
class EdgeSignatureTest {
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
  private static final String SECRET = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
  private static final String BODY = "{\"model\":\"m\"}";

  @TempDir Path folder;
  private final AtomicInteger served = new AtomicInteger();
  private final AtomicInteger nonces = new AtomicInteger();
  private final Queue<AuditEvent> recorded = new ConcurrentLinkedQueue<>();
  private final UploadingRoute uploads = new UploadingRoute();
  private SignedRequests callers;
  private EdgeUnderTest edge;

  @BeforeEach
  void serve() throws Exception {
    edge = start();
  }

  private EdgeUnderTest start() throws Exception {
    callers = new SignedRequests(() -> NOW);
    Identity identity =
        new Identity(
            "acme", "", "", "app", Role.USER.permissions(), AllowList.ALL, AllowList.ALL, Set.of());
    callers.replace(Map.of("app", new SignedRequests.Signer(bytes(SECRET), identity)));
    callers.remember(NonceFile.open(folder));
    EdgeInstruments instruments =
        new TestInstruments()
            .clock(() -> NOW)
            .callers(callers)
            .forms(EdgeSignatureTest::scanner)
            .audit(new Recorded(recorded))
            .make();
    return new EdgeUnderTest(EdgeUnderTest.SMALL, instruments)
        .route("/chat", "permission=chat:basic", this::whoCalls)
        .route("/admin", "permission=admin:users", this::whoCalls)
        .route("/health/live", "permission=open", this::whoCalls)
        .route("/upload", "permission=chat:basic&chunkedMaxContentLength=9000000", uploads)
        .start();
  }

  /** Keeps the events of the audit log. */
  private record Recorded(Queue<AuditEvent> events) implements AuditLog {
    @Override
    public void append(AuditEvent event) {
      events.add(event);
    }

    @Override
    public void appendLater(AuditEvent event) {
      events.add(event);
    }

    @Override
    public List<String> entries(AuditQuery query) {
      throw new UnsupportedOperationException();
    }

    @Override
    public AuditVerification verify() {
      throw new UnsupportedOperationException();
    }
  }

  private static Optional<FormScanner> scanner(String path, String contentType) {
    return contentType.startsWith("multipart/form-data")
        ? Optional.of(new FormScanner(contentType, Set.of("model"), Set.of("model")))
        : Optional.empty();
  }

  private void whoCalls(Exchange exchange) throws Exception {
    served.incrementAndGet();
    Caller caller = exchange.getProperty(ExchangeProperties.CALLER, Caller.class);
    String body =
        new String(
            exchange.getMessage().getBody(InboundRequest.class).body(), StandardCharsets.UTF_8);
    EdgeUnderTest.says(caller.tenant() + "/" + caller.key() + " " + body).process(exchange);
  }

  @AfterEach
  void stop() throws Exception {
    edge.close();
  }

  /** What a client signs and sends. */
  private record Signed(String method, String target, String time, String nonce, String body) {
    String hash() {
      return hex(sha256(body));
    }

    String signature() {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(bytes(SECRET), "HmacSHA256"));
        return hex(mac.doFinal(bytes(String.join("\n", method, target, time, nonce, hash()))));
      } catch (GeneralSecurityException e) {
        throw new AssertionError(e);
      }
    }

    String fields() {
      return "X-Key-Id: app\r\nX-Timestamp: "
          + time
          + "\r\nX-Nonce: "
          + nonce
          + "\r\nX-Content-SHA256: "
          + hash()
          + "\r\nX-Signature: "
          + signature()
          + "\r\n";
    }

    String request() {
      return head("Content-Length: " + body.length() + "\r\n") + body;
    }

    String head(String more) {
      return method + " " + target + " HTTP/1.1\r\nHost: h\r\n" + fields() + more + "\r\n";
    }
  }

  private Signed signed(String method, String target, String body) {
    return at(NOW.getEpochSecond(), method, target, body);
  }

  private Signed at(long time, String method, String target, String body) {
    String nonce = "nonce-0123456789-" + nonces.incrementAndGet();
    return new Signed(method, target, Long.toString(time), nonce, body);
  }

  private Reply send(String request) throws Exception {
    try (RawClient client = edge.connect()) {
      return client.send(request).read();
    }
  }

  private void refused(String request, String says) throws Exception {
    int before = served.get();
    Reply reply = send(request);
    assertThat(reply.status()).as(reply.body()).isEqualTo(401);
    assertThat(reply.body()).contains("invalid_api_key", says);
    assertThat(served).hasValue(before);
  }

  @Test
  void aSignedRequestIsItsCallers() throws Exception {
    Reply reply = send(signed("POST", "/chat?b=2&a=1", BODY).request());
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo("acme/app " + BODY);
    String get = signed("GET", "/chat", "").head("").replaceFirst("X-Content-SHA256.*\r\n", "");
    assertThat(send(get).body()).isEqualTo("acme/app ");
    String chunked =
        signed("POST", "/chat", BODY).head("Transfer-Encoding: chunked\r\n")
            + "4\r\n"
            + BODY.substring(0, 4)
            + "\r\n9\r\n"
            + BODY.substring(4)
            + "\r\n0\r\n\r\n";
    assertThat(send(chunked).body()).isEqualTo("acme/app " + BODY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          POST /chat           | PUT /chat             | 401
          /chat?b=2&a=1        | /chat?a=1&b=2         | 401
          /chat?b=2&a=1        | /chat?b=2&a=1&c=3     | 401
          /chat?b=2&a=1        | /chat?b=2&a=%31       | 401
          /chat?b=2&a=1        | /chat                 | 401
          X-Timestamp: 1       | X-Timestamp: 01       | 401
          X-Timestamp: 17      | X-Timestamp: 18       | 401
          X-Nonce: nonce       | X-Nonce: Nonce        | 401
          X-Key-Id: app        | X-Key-Id: other       | 401
          X-Signature:         | X-Signature: 0        | 401
          X-Content-SHA256:    | X-Other:              | 401
          "m"                  | "x"                   | 401
          """)
  void nothingThatTheSignatureCoversCanBeChanged(String part, String other, int status)
      throws Exception {
    String good = signed("POST", "/chat?b=2&a=1", BODY).request();
    assertThat(good).contains(part);
    Reply reply = send(good.replace(part, other));
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    assertThat(served).hasValue(0);
  }

  /** Its signature is good once: the record must not ask again whose it is. */
  @Test
  void theRecordOfARefusedSignedRequestNamesItsCaller() throws Exception {
    assertThat(send(signed("POST", "/admin", BODY).request()).status()).isEqualTo(403);
    assertThat(recorded).hasSize(1);
    AuditEvent refused = recorded.element();
    assertThat(refused.kind()).isEqualTo(AuditEvent.Kind.REFUSED);
    assertThat(refused.identity().tenant()).isEqualTo("acme");
    assertThat(refused.identity().key()).isEqualTo("app");
    String unsigned = "POST /admin HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n";
    assertThat(send(unsigned).status()).isEqualTo(401);
    assertThat(recorded).last().extracting(each -> each.identity().key()).isEqualTo("");
  }

  @Test
  void theErrorOfARequestWithTheNameOfAKeyAndNoSignatureSaysSo() throws Exception {
    String request =
        "GET /chat HTTP/1.1\r\nHost: h\r\nX-Key-Id: app\r\nX-Timestamp: 1\r\nX-Nonce: n\r\n\r\n";
    refused(request, "no X-Signature");
  }

  @Test
  void aRequestIsServedOnceAlsoAfterARestart() throws Exception {
    String request = signed("POST", "/chat", BODY).request();
    assertThat(send(request).status()).isEqualTo(200);
    refused(request, "received before");
    edge.close();
    edge = start();
    refused(request, "received before");
  }

  @Test
  void aRequestIsGoodForFiveMinutes() throws Exception {
    long now = NOW.getEpochSecond();
    assertThat(send(at(now - 300, "POST", "/chat", BODY).request()).status()).isEqualTo(200);
    assertThat(send(at(now + 300, "POST", "/chat", BODY).request()).status()).isEqualTo(200);
    refused(at(now - 301, "POST", "/chat", BODY).request(), "seconds from now");
    refused(at(now + 301, "POST", "/chat", BODY).request(), "seconds from now");
    refused(at(now * 1000, "POST", "/chat", BODY).request(), "in seconds");
  }

  @Test
  void aSignatureAndAKeyOrTwoValuesAreAmbiguous() throws Exception {
    Signed signed = signed("POST", "/chat", BODY);
    assertThat(send(signed.head("X-Api-Key: key\r\n")).status()).isEqualTo(400);
    assertThat(send(signed.head("X-Nonce: nonce-0123456789-x\r\n")).status()).isEqualTo(400);
    assertThat(send(signed.head("X-Signature: 00\r\n")).status()).isEqualTo(400);
    assertThat(send(signed.request()).status()).as("its nonce is not used yet").isEqualTo(200);
  }

  @Test
  void aBodyIsNotComparedWhereNoCallerIsAskedFor() throws Exception {
    String request = signed("POST", "/health/live", BODY).request().replace("\"m\"", "\"x\"");
    assertThat(send(request).status()).isEqualTo(200);
  }

  @Test
  void aFormThatIsForwardedWhileItArrivesFailsAtItsEndIfItIsAnother() throws Exception {
    String form =
        "--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nw\r\n--b\r\n"
            + "Content-Disposition: form-data; name=\"file\"\r\n\r\n"
            + "x".repeat(3_000_000)
            + "\r\n--b--\r\n";
    String type =
        "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: "
            + form.length()
            + "\r\n";
    String head = signed("POST", "/upload", form).head(type);
    try (RawClient client = edge.connect()) {
      Thread sender =
          Thread.ofVirtual()
              .start(() -> send(client, head + form.replace("xx\r\n--b--", "xy\r\n--b--")));
      uploads.open();
      assertThat(uploads.failure.get(30, TimeUnit.SECONDS).status()).isEqualTo(401);
      assertThat(client.read().status()).isEqualTo(401);
      assertThat(uploads.received.get()).isLessThan(form.length());
      sender.join();
    }
  }

  private static void send(RawClient client, String text) {
    try {
      client.send(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes(text));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
