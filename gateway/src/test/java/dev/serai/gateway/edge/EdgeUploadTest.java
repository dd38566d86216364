package dev.serai.gateway.edge;

import static dev.serai.gateway.edge.EdgeUnderTest.eventually;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.http.form.FormScanner;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.gateway.edge.RawClient.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Large forms pass from the client's socket to their route as fast as the route takes them. */
class EdgeUploadTest {
  private static final int MB = 1 << 20;
  private static final int LIMIT = 40 * MB;
  private static final String MODEL = part("model", "whisper-1");
  private static final String FILE = "--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n";
  private static final String END = "\r\n--b--\r\n";

  private final ByteLimit memory = new ByteLimit(5 * MB);
  private UploadingRoute route = new UploadingRoute();
  private EdgeUnderTest edge;

  @BeforeEach
  void serve() throws Exception {
    serve(EdgeUnderTest.SMALL);
  }

  private void serve(EdgeSettings settings) throws Exception {
    edge =
        new EdgeUnderTest(settings, memory, EdgeUploadTest::scanner)
            .route("/upload", "chunkedMaxContentLength=" + LIMIT, route)
            .start();
  }

  private static Optional<FormScanner> scanner(String path, String contentType) {
    return contentType.startsWith("multipart/form-data")
        ? Optional.of(new FormScanner(contentType, Set.of("model"), Set.of("model")))
        : Optional.empty();
  }

  @AfterEach
  void stop() throws Exception {
    edge.close();
    eventually("nothing is held", () -> memory.taken() == 0);
  }

  @Test
  void aFormPassesWhileItArrivesAndEveryByteIsAsTheClientSentIt() throws Exception {
    String form = MODEL + FILE + noise(8 * MB) + END;
    try (RawClient client = begin("Content-Length: " + form.length())) {
      Thread sender = sending(client, form);
      route.open();
      assertThat(route.upload().length()).isEqualTo(form.length());
      assertThat(client.read().body()).isEqualTo("uploaded: " + form.length());
      sender.join();
      assertThat(new String(route.bytes(), ISO_8859_1)).isEqualTo(form);
      assertThat(small(client).body()).isEqualTo("whole: " + (MODEL + END).length());
    }
  }

  @Test
  void aFormInChunksPassesToo() throws Exception {
    String form = MODEL + FILE + noise(3 * MB) + END;
    try (RawClient client = begin("Transfer-Encoding: chunked")) {
      Thread sender = sending(client, chunks(form, 1000) + "0\r\n\r\n");
      route.open();
      assertThat(route.upload().length()).isNegative();
      assertThat(client.read().body()).isEqualTo("uploaded: " + form.length());
      sender.join();
      assertThat(new String(route.bytes(), ISO_8859_1)).isEqualTo(form);
    }
  }

  @Test
  void aFormOfTheSizeThatIsHeldArrivesWhole() throws Exception {
    String form = FILE + "x".repeat(MB - FILE.length() - MODEL.length() - END.length());
    form = form + "\r\n" + MODEL + END.substring(2);
    try (RawClient client = begin("Content-Length: " + form.length()).send(form)) {
      assertThat(client.read().body()).isEqualTo("whole: " + form.length());
    }
  }

  @Test
  void aRouteThatTakesNothingPausesTheClient() throws Exception {
    String form = MODEL + FILE + "x".repeat(30 * MB) + END;
    try (RawClient client = begin("Content-Length: " + form.length())) {
      Thread sender = sending(client, form);
      route.upload();
      assertThat(memory.taken()).isBetween((long) MB, 2L * MB);
      route.open();
      route.upload().pause();
      edge.settle();
      long before = route.received.get();
      edge.settle();
      assertThat(route.received).hasValue(before);
      assertThat(before).isLessThan(form.length());
      route.upload().resume();
      assertThat(client.read().body()).isEqualTo("uploaded: " + form.length());
      sender.join();
    }
  }

  @Test
  void aModelBehindTheFileIsWaitedForWithinTheBudget() throws Exception {
    String file = FILE + noise(3 * MB) + "\r\n";
    String form = file + MODEL + END.substring(2);
    try (RawClient client = begin("Content-Length: " + form.length())) {
      client.send(file);
      eventually("the file is held once", () -> memory.taken() > 3 * MB);
      assertThat(memory.taken()).isLessThan(3 * MB + 100_000);
      assertThat(route.begun).isNotDone();
      client.send(MODEL + END.substring(2));
      route.open();
      assertThat(client.read().body()).isEqualTo("uploaded: " + form.length());
      assertThat(new String(route.bytes(), ISO_8859_1)).isEqualTo(form);
    }
  }

  @Test
  void aHeldFormWithoutRoomGets503AndOneThatNeverFits413() throws Exception {
    String file = FILE + "x".repeat(3 * MB);
    try (RawClient first = begin("Content-Length: " + LIMIT).send(file);
        RawClient second = begin("Content-Length: " + LIMIT)) {
      eventually("the first is held", () -> memory.taken() > 3 * MB);
      sending(second, file);
      assertThat(second.read().body()).contains("memory_exhausted");
      assertThat(first.socket().isConnected()).isTrue();
    }
    eventually("nothing is held", () -> memory.taken() == 0);
    try (RawClient large = begin("Content-Length: " + LIMIT)) {
      sending(large, FILE + "x".repeat(6 * MB));
      Reply reply = large.read();
      assertThat(reply.status()).isEqualTo(413);
      assertThat(reply.body()).contains("Send the part 'model' before the file");
    }
  }

  @Test
  void anIdleClientTakesNothingHoweverMuchItAnnounces() throws Exception {
    try (RawClient idle = begin("Content-Length: " + LIMIT)) {
      eventually("it is served", () -> edge.component().load().inFlight() == 1);
      assertThat(memory.taken()).isZero();
      idle.send(MODEL);
      eventually("what arrived is held", () -> memory.taken() > 0);
      assertThat(memory.taken()).isLessThan(100_000);
    }
  }

  @Test
  void aFormOverTheLimitGets413AtOnceOrWhenItIsSeen() throws Exception {
    try (RawClient client = begin("Content-Length: " + (LIMIT + 1))) {
      assertThat(client.read().status()).isEqualTo(413);
    }
    try (RawClient client = begin("Transfer-Encoding: chunked")) {
      sending(client, chunks(MODEL + FILE + "x".repeat(LIMIT), 1 << 16));
      route.open();
      assertThat(client.read().status()).isEqualTo(413);
      assertThat(route.failure.join().code()).isEqualTo("request_too_large");
    }
  }

  @Test
  void aReplyBeforeTheEndOfTheBodyIsSentAndTheConnectionCloses() throws Exception {
    String begun = MODEL + FILE + "x".repeat(4 * MB);
    try (RawClient client = begin("Content-Length: " + LIMIT)) {
      Thread sender = sending(client, begun);
      route.open().awaitBytes(2 * MB);
      route.upload().cancel();
      route.reply();
      Reply reply = client.read();
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.header("connection")).contains("close");
      sender.join();
    }
  }

  @Test
  void anUploadThatWasNotOpenedCanBeOpenedByTheNextAttempt() throws Exception {
    String form = MODEL + FILE + noise(2 * MB) + END;
    try (RawClient client = begin("Content-Length: " + form.length())) {
      Thread sender = sending(client, form);
      assertThat(route.upload().isSpent()).isFalse();
      route.upload().cancel();
      assertThat(route.upload().isSpent()).isFalse();
      route.open();
      assertThat(client.read().body()).isEqualTo("uploaded: " + form.length());
      assertThat(route.upload().isSpent()).isTrue();
      sender.join();
    }
  }

  @Test
  void aClientThatDisconnectsFailsTheUpload() throws Exception {
    try (RawClient client = begin("Content-Length: " + LIMIT)) {
      sending(client, MODEL + FILE + "x".repeat(2 * MB)).join();
      route.open();
    }
    assertThat(route.failure.get(30, java.util.concurrent.TimeUnit.SECONDS).status())
        .isEqualTo(499);
    eventually("nothing is in flight", () -> edge.component().load().inFlight() == 0);
  }

  /** The kernel of a client that has closed answers bytes with a reset; this one reads them. */
  @Test
  void aClientThatEndsOnlyItsSideInTheMiddleOfAnUploadGets400() throws Exception {
    for (String framing : List.of("Content-Length: " + LIMIT, "Transfer-Encoding: chunked")) {
      try (RawClient client = begin(framing)) {
        String form = MODEL + FILE + "x".repeat(2 * MB);
        sending(client, framing.startsWith("C") ? form : chunks(form, 1 << 16)).join();
        route.open();
        client.socket().shutdownOutput();
        Reply reply = client.read();
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).contains("incomplete_request");
        assertThat(client.rest()).isEmpty();
      }
      assertThat(route.failure.join().status()).isEqualTo(400);
      eventually("nothing is in flight", () -> edge.component().load().inFlight() == 0);
      edge.close();
      route = new UploadingRoute();
      serve();
    }
  }

  @Test
  void anUploadThatIsCutShortBeforeItIsTakenGets400Too() throws Exception {
    try (RawClient client = begin("Content-Length: " + LIMIT)) {
      sending(client, MODEL + FILE + "x".repeat(2 * MB)).join();
      route.upload();
      client.socket().shutdownOutput();
      route.open();
      assertThat(client.read().status()).isEqualTo(400);
    }
  }

  @Test
  void aMalformedRestFailsTheUpload() throws Exception {
    try (RawClient client = begin("Transfer-Encoding: chunked")) {
      sending(client, chunks(MODEL + FILE + "x".repeat(2 * MB), 1 << 16) + "no chunk\r\n");
      route.open();
      assertThat(client.read().status()).isEqualTo(400);
    }
  }

  @Test
  void aSecondModelBehindTheFileFailsTheUpload() throws Exception {
    String form = MODEL + FILE + "x".repeat(2 * MB) + "\r\n" + MODEL + END.substring(2);
    try (RawClient client = begin("Content-Length: " + form.length())) {
      sending(client, form);
      route.open();
      Reply reply = client.read();
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.body()).contains("more than one 'model'");
    }
  }

  @Test
  void aFormThatEndsTooEarlyFailsTheUpload() throws Exception {
    String form = MODEL + FILE + "x".repeat(2 * MB);
    try (RawClient client = begin("Content-Length: " + form.length())) {
      sending(client, form);
      route.open();
      assertThat(client.read().status()).isEqualTo(400);
    }
  }

  @Test
  void aFailureOfTheRouteBeforeItTookAnythingIsTheReply() throws Exception {
    try (RawClient client = begin("Content-Length: " + LIMIT)) {
      sending(client, MODEL + FILE + "x".repeat(2 * MB));
      route.upload();
      route.onFailure(new CapacityProblem("breaker", "no provider", Duration.ofSeconds(1)));
      assertThat(client.read().status()).isEqualTo(503);
    }
  }

  @Test
  void aClientThatDripsGets408ButOneThatIsPausedDoesNot() throws Exception {
    edge.close();
    serve(EdgeUnderTest.QUICK);
    try (RawClient client = begin("Content-Length: " + LIMIT)) {
      sending(client, MODEL + FILE + "x".repeat(2 * MB)).join();
      route.upload();
      long begun = System.nanoTime();
      Duration deadline = EdgeUnderTest.QUICK.headerDeadline();
      eventually(
          "the deadline has passed",
          () -> System.nanoTime() - begun > deadline.multipliedBy(2).toNanos());
      assertThat(route.failure).isNotDone();
      route.open();
      assertThat(client.read().status()).isEqualTo(408);
      assertThat(route.failure.join().code()).isEqualTo("request_timeout");
    }
  }

  private RawClient begin(String field) throws IOException {
    return edge.connect()
        .send(
            "POST /upload HTTP/1.1\r\nHost: h\r\nContent-Type: multipart/form-data; boundary=b\r\n"
                + field
                + "\r\n\r\n");
  }

  private static Reply small(RawClient client) throws IOException {
    String form = MODEL + END;
    client.send(
        "POST /upload HTTP/1.1\r\nHost: h\r\nContent-Type: multipart/form-data; boundary=b\r\n"
            + "Content-Length: "
            + form.length()
            + "\r\n\r\n"
            + form);
    return client.read();
  }

  /** The server may stop reading, or close: then the rest is not sent. */
  private static Thread sending(RawClient client, String text) {
    return Thread.ofVirtual()
        .start(
            () -> {
              try {
                client.send(text);
              } catch (IOException e) {
                // the server has closed the connection
              }
            });
  }

  private static String part(String name, String content) {
    return "--b\r\nContent-Disposition: form-data; name=\""
        + name
        + "\"\r\n\r\n"
        + content
        + "\r\n";
  }

  /** Every byte value, with line breaks and hyphens in between. */
  private static String noise(int length) {
    StringBuilder noise = new StringBuilder(length);
    for (int i = 0; noise.length() < length; i++) {
      noise.append((char) (i % 256)).append("\r\n--".charAt(i % 4));
    }
    return noise.substring(0, length);
  }

  private static String chunks(String text, int size) {
    StringBuilder chunks = new StringBuilder(text.length() + text.length() / 100);
    for (int at = 0; at < text.length(); at += size) {
      String one = text.substring(at, Math.min(text.length(), at + size));
      chunks.append(Integer.toHexString(one.length())).append("\r\n").append(one).append("\r\n");
    }
    return chunks.toString();
  }
}
