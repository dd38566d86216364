package dev.serai.adapters.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.http.Reply;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Providers that compress their replies although the request forbids it. */
class CompressedReplyTest {
  private static byte[] compressed(String encoding, String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out =
        switch (encoding) {
          case "raw" -> new DeflaterOutputStream(bytes, new Deflater(6, true));
          case "deflate" -> new DeflaterOutputStream(bytes);
          default -> new GZIPOutputStream(bytes);
        }) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static FakeProvider provider(String encoding, byte[] body) throws IOException {
    return new FakeProvider(
        c -> {
          while (true) {
            c.read();
            c.write(
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-encoding: "
                    + encoding.replace("raw", "deflate")
                    + "\r\ncontent-length: "
                    + body.length
                    + "\r\n\r\n");
            c.socket.getOutputStream().write(body);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "GZIP", "x-gzip", "deflate", "raw"})
  void aWholeReplyIsDecompressed(String encoding) throws Exception {
    String text = "{\"a\":\"" + "b".repeat(100_000) + "\"}";
    try (var provider = provider(encoding, compressed(encoding, text));
        var fixture = new UpstreamFixture()) {
      var producer = fixture.provider("x", provider.baseUrl());
      for (int i = 0; i < 5; i++) {
        Reply.Complete reply = fixture.ask(producer);
        assertThat(UpstreamFixture.text(reply)).isEqualTo(text);
        assertThat(reply.headers().first("content-encoding")).isEmpty();
        assertThat(reply.headers().first("content-length")).isEmpty();
        assertThat(reply.headers().first("content-type")).contains("application/json");
      }
      assertThat(provider.accepted()).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void aStreamIsDecompressedEventByEvent() throws Exception {
    try (var provider =
            new FakeProvider(
                c -> {
                  c.read();
                  c.write(
                      "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n"
                          + "content-encoding: gzip\r\ntransfer-encoding: chunked\r\n\r\n");
                  ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                  try (GZIPOutputStream gzip = new GZIPOutputStream(bytes, true)) {
                    for (int i = 0; i < 3; i++) {
                      gzip.write(("data: " + i + "\n\n").getBytes(StandardCharsets.UTF_8));
                      gzip.flush();
                      chunk(c, bytes);
                    }
                  }
                  chunk(c, bytes);
                  c.lastChunk();
                  c.awaitClosed();
                });
        var fixture = new UpstreamFixture()) {
      StreamRecorder pieces = fixture.stream(fixture.provider("x", provider.baseUrl())).open();
      UpstreamFixture.await(pieces.end);
      assertThat(pieces.text).hasToString("data: 0\n\ndata: 1\n\ndata: 2\n\n");
    }
  }

  private static void chunk(FakeProvider.Connection c, ByteArrayOutputStream bytes)
      throws IOException {
    c.write(Integer.toHexString(bytes.size()) + "\r\n");
    c.socket.getOutputStream().write(bytes.toByteArray());
    c.write("\r\n");
    bytes.reset();
  }

  @Test
  void aBodyThatExpandsBeyondTheLimitIsRefused() throws Exception {
    byte[] bomb = compressed("gzip", " ".repeat(50 * 1024 * 1024));
    try (var provider = provider("gzip", bomb);
        var fixture = new UpstreamFixture()) {
      assertThat(problem(fixture, provider, FailureCause.TOO_LARGE).getMessage())
          .contains("too large");
      assertThat(FailureCause.TOO_LARGE.retryable()).isFalse();
    }
  }

  @Test
  void aStreamThatExpandsWithoutEndIsTooLargeAfterAFewMegabytes() throws Exception {
    byte[] bomb = compressed("gzip", " ".repeat(100 * 1024 * 1024));
    try (var provider = provider("gzip", bomb);
        var fixture = new UpstreamFixture()) {
      StreamRecorder pieces = fixture.stream(fixture.provider("x", provider.baseUrl())).open();
      assertThat(UpstreamFixture.await(pieces.failure).message()).contains("is too large");
      assertThat(pieces.bytes.get()).isLessThan(3 * 1024 * 1024);
    }
  }

  @Test
  void aTextThatCompressesWellIsNotABomb() throws Exception {
    StringBuilder text = new StringBuilder();
    for (int i = 0; text.length() < 900 * 1024; i++) {
      text.append("{\"embedding\":[0.").append(i).append(",0,0,0,0,0,0,0,0,0,0,0,0,0,0]},");
    }
    byte[] body = compressed("gzip", text.toString());
    try (var provider = provider("gzip", body);
        var fixture = new UpstreamFixture()) {
      Reply.Complete reply = fixture.ask(fixture.provider("x", provider.baseUrl()));
      assertThat(UpstreamFixture.text(reply)).isEqualTo(text.toString());
    }
  }

  @Test
  void aBodyThatIsCutOffOrMalformedIsAnError() throws Exception {
    byte[] whole = compressed("gzip", "{\"a\":\"0123456789\"}");
    byte[] broken = whole.clone();
    broken[whole.length - 6] ^= 1;
    for (byte[] body : new byte[][] {Arrays.copyOf(whole, whole.length / 2), broken, {1, 2, 3}}) {
      try (var provider = provider("gzip", body);
          var fixture = new UpstreamFixture()) {
        assertThat(problem(fixture, provider).getMessage()).contains("compression is malformed");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "gzip,false,false", "gzip,false,true", "gzip,true,false", "gzip,true,true",
    "deflate,false,false", "deflate,false,true", "deflate,true,false", "deflate,true,true"
  })
  void aBodyThatIsNotCompressedEndsTheCallAndFreesItsConnection(
      String encoding, boolean streaming, boolean headOfGzip) throws Exception {
    byte[] plain = "{\"error\":{\"message\":\"no\"}}".getBytes(StandardCharsets.UTF_8);
    byte[] garbage = Arrays.copyOf(new byte[] {0x1f, (byte) 0x8b, 8, 0}, 40);
    Arrays.fill(garbage, 4, 40, (byte) 0xff);
    try (var provider = provider(encoding, headOfGzip ? garbage : plain);
        var fixture = new UpstreamFixture()) {
      var producer = fixture.provider("x", provider.baseUrl());
      GatewayProblem problem =
          streaming
              ? UpstreamFixture.await(fixture.stream(producer).open().failure)
              : UpstreamFixture.problem(fixture.send(producer, UpstreamFixture.request(false)));
      assertThat(((ProviderProblem) problem).failureCause()).isEqualTo(FailureCause.MALFORMED);
      Eventually.soon(
          () -> fixture.state().openConnections() == 0 && fixture.state().active() == 0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip, identity", "identity,GZIP", " gzip ,"})
  void identityBesideAnEncodingMeansNothing(String encoding) throws Exception {
    try (var provider = provider(encoding, compressed("gzip", "{}"));
        var fixture = new UpstreamFixture()) {
      Reply.Complete reply = fixture.ask(fixture.provider("x", provider.baseUrl()));
      assertThat(UpstreamFixture.text(reply)).isEqualTo("{}");
    }
  }

  @Test
  void anUnknownEncodingIsAnError() throws Exception {
    try (var provider = provider("br", new byte[] {1, 2, 3});
        var fixture = new UpstreamFixture()) {
      assertThat(problem(fixture, provider).getMessage()).contains("encoding");
    }
  }

  private static GatewayProblem problem(UpstreamFixture fixture, FakeProvider provider)
      throws Exception {
    return problem(fixture, provider, FailureCause.MALFORMED);
  }

  private static GatewayProblem problem(
      UpstreamFixture fixture, FakeProvider provider, FailureCause cause) throws Exception {
    var producer = fixture.provider("x", provider.baseUrl());
    var problem = UpstreamFixture.problem(fixture.send(producer, UpstreamFixture.request(false)));
    assertThat(problem.failureCause()).isEqualTo(cause);
    return problem;
  }
}
