package dev.serai.adapters.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.upstream.NetworkResources.Overrides;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.http.ProviderRequest.ReplyKind;
import dev.serai.core.http.Reply;
import dev.serai.core.http.Upload;
import dev.serai.core.net.Deadlines;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.time.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are read from the client while they are sent to the provider. */
class UploadTest {
  private static final int LARGE = 24 * 1024 * 1024;

  private static ProviderRequest request(Upload upload) {
    return ProviderRequest.post(
            "/audio/transcriptions",
            new HeaderFields().add("content-type", "multipart/form-data; boundary=b"),
            new byte[0],
            ReplyKind.WHOLE)
        .slowly()
        .sending(Optional.of(upload));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anUploadArrivesWithItsLengthOrInChunks(boolean announced) throws Exception {
    int size = 300_000;
    CompletableFuture<String> received = new CompletableFuture<>();
    try (var provider =
            new FakeProvider(
                c -> {
                  FakeProvider.Request head = c.head();
                  assertThat(head.headers().containsKey("content-length")).isEqualTo(announced);
                  received.complete(announced ? c.text(size) : c.chunks());
                  c.json("{}");
                  c.awaitClosed();
                });
        var fixture = new UpstreamFixture()) {
      var producer = fixture.provider("x", provider.baseUrl());
      SizedUpload upload = new SizedUpload(size, announced);
      Reply reply = UpstreamFixture.await(fixture.send(producer, request(upload)));
      assertThat(reply.status()).isEqualTo(200);
      assertThat(UpstreamFixture.await(received)).isEqualTo(SizedUpload.content(size));
      assertThat(upload.cancels).hasValue(0);
      Eventually.soon(() -> fixture.state().idleConnections() == 1);
    }
  }

  @Test
  void aProviderThatTakesNothingPausesTheClient() throws Exception {
    CompletableFuture<Void> go = new CompletableFuture<>();
    try (var provider =
            new FakeProvider(
                c -> {
                  c.head();
                  go.join();
                  c.text(LARGE);
                  c.json("{}");
                });
        var fixture = new UpstreamFixture()) {
      SizedUpload upload = new SizedUpload(LARGE, true);
      var reply = fixture.send(fixture.provider("x", provider.baseUrl()), request(upload));
      Eventually.soon(() -> upload.pauses.get() > 0);
      assertThat(upload.sent.get()).isLessThan(LARGE);
      go.complete(null);
      assertThat(UpstreamFixture.await(reply).status()).isEqualTo(200);
      assertThat(upload.sent).hasValue(LARGE);
    }
  }

  @ParameterizedTest
  @CsvSource({"false, false", "true, false", "false, true", "true, true"})
  void aReplyBeforeTheEndOfTheBodyIsRead(boolean closes, boolean reads) throws Exception {
    try (var provider =
            new FakeProvider(
                c -> {
                  c.head();
                  if (reads) {
                    c.text(100_000);
                  }
                  c.respond(401, "{\"error\":\"no\"}");
                  if (!closes) {
                    c.awaitClosed();
                  }
                });
        var fixture = new UpstreamFixture()) {
      SizedUpload upload = new SizedUpload(LARGE, true);
      var producer = fixture.provider("x", provider.baseUrl());
      Reply reply = UpstreamFixture.await(fixture.send(producer, request(upload)));
      assertThat(reply.status()).isEqualTo(401);
      assertThat(UpstreamFixture.text((Reply.Complete) reply)).contains("no");
      Eventually.soon(() -> upload.cancels.get() == 1);
      assertThat(upload.sent.get()).isLessThan(LARGE);
      Eventually.soon(() -> fixture.state().openConnections() == 0);
    }
  }

  @Test
  void aProviderThatClosesInTheMiddleFailsTheCall() throws Exception {
    try (var provider =
            new FakeProvider(
                c -> {
                  c.head();
                  c.text(1_000_000);
                });
        var fixture = new UpstreamFixture()) {
      SizedUpload upload = new SizedUpload(LARGE, true);
      ProviderProblem problem =
          UpstreamFixture.problem(
              fixture.send(fixture.provider("x", provider.baseUrl()), request(upload)));
      assertThat(problem.failureCause()).isEqualTo(FailureCause.NOT_RECEIVED);
      Eventually.soon(() -> upload.cancels.get() == 1);
      assertThat(provider.accepted()).isEqualTo(1);
    }
  }

  @Test
  void anUploadNeverUsesAConnectionThatMayHaveClosed() throws Exception {
    try (var provider =
            new FakeProvider(
                c -> {
                  if (c.number == 1) {
                    c.read();
                    c.json("{}");
                    c.awaitClosed();
                  }
                  c.read();
                  c.json("{}");
                });
        var fixture = new UpstreamFixture()) {
      var producer = fixture.provider("x", provider.baseUrl());
      fixture.ask(producer);
      Eventually.soon(() -> fixture.state().idleConnections() == 1);
      SizedUpload upload = new SizedUpload(100_000, true);
      assertThat(UpstreamFixture.await(fixture.send(producer, request(upload))).status())
          .isEqualTo(200);
      assertThat(provider.accepted()).isEqualTo(2);
    }
  }

  @Test
  void nothingIsTakenForAProviderThatCannotBeReached() throws Exception {
    int free;
    try (var gone = FakeProvider.json("{}")) {
      free = gone.port();
    }
    try (var fixture = new UpstreamFixture()) {
      SizedUpload upload = new SizedUpload(LARGE, true);
      var producer = fixture.provider("x", "http://127.0.0.1:" + free + "/v1");
      ProviderProblem problem = UpstreamFixture.problem(fixture.send(producer, request(upload)));
      assertThat(problem.failureCause()).isEqualTo(FailureCause.UNREACHABLE);
      assertThat(upload.isSpent()).isFalse();
      assertThat(upload.cancels).hasValue(0);
    }
  }

  @Test
  void aClientThatFailsEndsTheRequest() throws Exception {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    try (var provider =
            new FakeProvider(
                c -> {
                  c.head();
                  awaitClosed(c, closed);
                });
        var fixture = new UpstreamFixture()) {
      SizedUpload upload = new SizedUpload(LARGE, true).stopAt(500_000);
      var reply = fixture.send(fixture.provider("x", provider.baseUrl()), request(upload));
      Eventually.soon(() -> upload.sent.get() == 500_000);
      upload.fail(CallerProblem.invalid("the client's body is malformed"));
      assertThat(failure(reply).status()).isEqualTo(400);
      UpstreamFixture.await(closed);
    }
  }

  /** The end of the connection, or its reset. */
  private static void awaitClosed(FakeProvider.Connection c, CompletableFuture<Void> closed) {
    try {
      c.awaitClosed();
    } catch (IOException e) {
      // a reset is an end too
    }
    closed.complete(null);
  }

  @ParameterizedTest
  @CsvSource({"true, 504", "false, 408"})
  void aStalledUploadIsTheFaultOfTheSideThatStalls(boolean provider, int status) throws Exception {
    Deadlines patient = UpstreamFixture.DEADLINES;
    Duration soon = Duration.ofMillis(700);
    Deadlines deadlines =
        new Deadlines(
            patient.connect(),
            Duration.ofMillis(1),
            patient.idle(),
            provider ? soon : patient.stall(),
            provider ? patient.total() : soon);
    try (var slow =
            new FakeProvider(
                c -> {
                  c.head();
                  if (provider) {
                    new CompletableFuture<Void>().get(60, TimeUnit.SECONDS);
                  }
                  c.text(LARGE);
                });
        var fixture = new UpstreamFixture(deadlines, UpstreamFixture.POOL)) {
      SizedUpload upload = new SizedUpload(LARGE, true).stopAt(provider ? Long.MAX_VALUE : 100_000);
      var reply = fixture.send(fixture.provider("x", slow.baseUrl()), request(upload));
      assertThat(failure(reply).status()).isEqualTo(status);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anUploadIsSentOverHttp2(boolean early) throws Exception {
    int size = 2 * 1024 * 1024;
    Certificates certificates = Certificates.forName("api.serai.test");
    try (var dns = new FakeDns("127.0.0.1");
        var server = new Http2Server(certificates, 100);
        var fixture =
            new UpstreamFixture(
                new UpstreamLimits(
                    UpstreamFixture.DEADLINES,
                    UpstreamFixture.POOL,
                    UpstreamLimits.defaults().breaker(),
                    ProxyRules.NONE),
                Ticker.SYSTEM,
                new Overrides(Optional.of(certificates.trust()), Optional.of(dns.provider())))) {
      server.respondWithHeads = early;
      var producer = fixture.provider("x", "https://api.serai.test:" + server.port() + "/v1");
      SizedUpload upload = new SizedUpload(size, true);
      Reply reply = UpstreamFixture.await(fixture.send(producer, request(upload)));
      assertThat(reply.status()).isEqualTo(200);
      if (early) {
        Eventually.soon(() -> upload.cancels.get() == 1);
      } else {
        assertThat(server.received).hasValue(size);
        assertThat(server.heads.getFirst().get("content-length")).hasToString("" + size);
      }
      Eventually.soon(() -> fixture.state().idleConnections() == 1);
    }
  }

  private static GatewayProblem failure(CompletableFuture<Reply> reply) throws Exception {
    try {
      throw new AssertionError("answered: " + UpstreamFixture.await(reply));
    } catch (ExecutionException e) {
      return (GatewayProblem) e.getCause();
    }
  }
}
