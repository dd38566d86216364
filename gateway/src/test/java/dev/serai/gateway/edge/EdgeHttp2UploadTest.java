package dev.serai.gateway.edge;

import static dev.serai.gateway.edge.EdgeUnderTest.eventually;
import static dev.serai.gateway.edge.EdgeUnderTest.says;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.http.form.FormScanner;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.problem.CallerProblem;
import io.netty.handler.codec.http2.Http2Error;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Large forms on streams of HTTP/2 pass as fast as their route takes them. */
class EdgeHttp2UploadTest {
  private static final int MB = 1 << 20;
  private static final int LIMIT = 40 * MB;
  private static final String MODEL =
      "--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nwhisper-1\r\n";
  private static final String FILE = "--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n";
  private static final String END = "\r\n--b--\r\n";

  private final ByteLimit memory = new ByteLimit(5 * MB);
  private final UploadingRoute route = new UploadingRoute();
  private EdgeUnderTest edge;
  private Http2Client client;

  @BeforeEach
  void serve() throws Exception {
    edge =
        new EdgeUnderTest(EdgeUnderTest.SMALL, memory, EdgeHttp2UploadTest::scanner)
            .route("/upload", "chunkedMaxContentLength=" + LIMIT, route)
            .route("/page", "", says("page"))
            .start();
    client = new Http2Client(edge.port());
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    eventually("nothing is held", () -> memory.taken() == 0);
    eventually("nothing runs", () -> edge.component().load().inFlight() == 0);
    edge.close();
  }

  private static Optional<FormScanner> scanner(String path, String contentType) {
    return contentType.startsWith("multipart/form-data")
        ? Optional.of(new FormScanner(contentType, Set.of("model"), Set.of("model")))
        : Optional.empty();
  }

  private Http2Client.Call begin() throws InterruptedException {
    return client.begin(
        Http2Client.head("POST", "/upload", "content-type: multipart/form-data; boundary=b"));
  }

  @Test
  void aFormPassesWhileItArrivesAndEveryByteIsAsTheClientSentIt() throws Exception {
    String form = MODEL + FILE + "x".repeat(8 * MB) + "y" + END;
    Http2Client.Call call = begin().data(form, true);
    route.open();
    assertThat(call.body()).isEqualTo("uploaded: " + form.length());
    assertThat(new String(route.bytes(), ISO_8859_1)).isEqualTo(form);
  }

  @Test
  void aRouteThatTakesNothingPausesItsStreamAndNoOther() throws Exception {
    String form = MODEL + FILE + "x".repeat(30 * MB) + END;
    Http2Client.Call call = begin().data(form, true);
    route.upload();
    assertThat(memory.taken()).isBetween((long) MB, 2L * MB);
    for (int i = 0; i < 20; i++) {
      assertThat(client.post("/page", "x".repeat(60_000)).body()).isEqualTo("page");
    }
    assertThat(memory.taken()).as("nothing more is read").isLessThan(2L * MB);
    route.open();
    route.upload().pause();
    edge.settle();
    long before = route.received.get();
    assertThat(client.get("/page").body()).isEqualTo("page");
    edge.settle();
    assertThat(route.received).hasValue(before);
    assertThat(before).isLessThan(form.length());
    route.upload().resume();
    assertThat(call.body()).isEqualTo("uploaded: " + form.length());
  }

  @Test
  void aClientThatResetsItsStreamFailsTheUpload() throws Exception {
    Http2Client.Call call = begin().data(MODEL + FILE + "x".repeat(2 * MB), false);
    route.open();
    route.awaitBytes(2L * MB);
    call.cancel();
    assertThat(Http2Client.await(route.failure).status())
        .isEqualTo(CallerProblem.CLIENT_CLOSED_REQUEST);
    assertThat(client.get("/page").body()).isEqualTo("page");
  }

  @Test
  void aReplyBeforeTheEndOfTheUploadResetsTheStreamWithoutAnError() throws Exception {
    Http2Client.Call call = begin().data(MODEL + FILE + "x".repeat(2 * MB), false);
    route.open();
    route.awaitBytes(2L * MB);
    route.reply();
    assertThat(call.body()).startsWith("uploaded: ");
    assertThat(call.error()).isEqualTo(Http2Error.NO_ERROR);
    assertThat(client.get("/page").body()).isEqualTo("page");
  }
}
