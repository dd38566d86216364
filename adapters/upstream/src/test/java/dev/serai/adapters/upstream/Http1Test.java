package dev.serai.adapters.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.http.Reply;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.AsyncProducer;
import org.junit.jupiter.api.Test;

class Http1Test {
  @Test
  void aRequestArrivesAsTheDialectWroteIt() throws Exception {
    try (var provider = FakeProvider.json("{\"a\":1}");
        var fixture = new UpstreamFixture()) {
      Reply.Complete reply = fixture.ask(fixture.provider("x", provider.baseUrl()));
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.headers().first("Content-Type")).contains("application/json");
      assertThat(UpstreamFixture.text(reply)).isEqualTo("{\"a\":1}");
      FakeProvider.Request request = provider.requests.getFirst();
      assertThat(request.line()).isEqualTo("POST /v1/chat/completions HTTP/1.1");
      assertThat(request.body()).isEqualTo("{\"q\":1}");
      assertThat(request.headers())
          .containsEntry("host", "127.0.0.1:" + provider.port())
          .containsEntry("user-agent", "serai")
          .containsEntry("authorization", "Bearer sk-canary")
          .containsEntry("content-length", "7")
          .containsEntry("accept-encoding", "identity");
    }
  }

  @Test
  void connectionsAreKeptAliveAndReused() throws Exception {
    try (var provider = FakeProvider.json("{}");
        var fixture = new UpstreamFixture()) {
      AsyncProducer producer = fixture.provider("x", provider.baseUrl());
      Reply.Complete first = fixture.ask(producer);
      for (int i = 0; i < 20; i++) {
        assertThat(fixture.ask(producer).status()).isEqualTo(first.status());
      }
      assertThat(provider.accepted()).isLessThanOrEqualTo(2);
      assertThat(fixture.state().latencyMillis()).isPositive();
    }
  }

  @Test
  void aStreamIsForwardedPieceByPiece() throws Exception {
    CompletableFuture<Void> more = new CompletableFuture<>();
    try (var provider =
            new FakeProvider(
                c -> {
                  c.read();
                  c.streamHead();
                  c.chunk("data: 1\n\n");
                  more.join();
                  c.chunk("data: 2\n\n");
                  c.lastChunk();
                  c.awaitClosed();
                });
        var fixture = new UpstreamFixture()) {
      StreamRecorder pieces = fixture.stream(fixture.provider("x", provider.baseUrl())).open();
      Eventually.soon(() -> pieces.text.toString().equals("data: 1\n\n"));
      Eventually.soon(() -> pieces.batches.get() > 0);
      more.complete(null);
      UpstreamFixture.await(pieces.end);
      assertThat(pieces.text).hasToString("data: 1\n\ndata: 2\n\n");
      Eventually.soon(() -> fixture.state().idleConnections() == 1);
      Eventually.soon(() -> fixture.state().active() == 0);
    }
  }

  @Test
  void bytesBeforeAStreamIsOpenedAreStored() throws Exception {
    try (var provider =
            new FakeProvider(
                c -> {
                  c.read();
                  c.streamHead();
                  c.chunk("data: 1\n\n");
                  c.lastChunk();
                  c.awaitClosed();
                });
        var fixture = new UpstreamFixture()) {
      StreamRecorder pieces = fixture.stream(fixture.provider("x", provider.baseUrl()));
      Eventually.stays(Duration.ofMillis(100), () -> !pieces.end.isDone());
      pieces.open();
      UpstreamFixture.await(pieces.end);
      assertThat(pieces.text).hasToString("data: 1\n\n");
    }
  }

  @Test
  void anErrorStatusIsANonStreamingReplyEvenForAStreamingRequest() throws Exception {
    try (var provider =
            new FakeProvider(
                c -> {
                  c.read();
                  c.respond(429, "{\"error\":1}");
                  c.awaitClosed();
                });
        var fixture = new UpstreamFixture()) {
      AsyncProducer producer = fixture.provider("x", provider.baseUrl());
      Reply reply = UpstreamFixture.await(fixture.send(producer, UpstreamFixture.request(true)));
      assertThat(reply).isInstanceOf(Reply.Complete.class);
      assertThat(reply.status()).isEqualTo(429);
    }
  }

  @Test
  void aRefusedConnectionFailsAtOnce() throws Exception {
    int port;
    try (var provider = FakeProvider.json("{}")) {
      port = provider.port();
    }
    try (var fixture = new UpstreamFixture()) {
      AsyncProducer producer = fixture.provider("x", "http://127.0.0.1:" + port);
      ProviderProblem problem =
          UpstreamFixture.problem(fixture.send(producer, UpstreamFixture.request(false)));
      assertThat(problem.failureCause())
          .as("not at a deadline")
          .isEqualTo(FailureCause.UNREACHABLE);
      assertThat(problem.detail()).get().asString().contains("refused");
      assertThat(fixture.state().openConnections()).isZero();
    }
  }
}
