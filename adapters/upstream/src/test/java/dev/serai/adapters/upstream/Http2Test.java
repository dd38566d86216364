package dev.serai.adapters.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.upstream.NetworkResources.Overrides;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.http.Reply;
import dev.serai.core.net.PoolLimits;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.time.Ticker;
import io.netty.channel.nio.NioEventLoopGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Http2Test {
  private static final String NAME = "api.serai.test";
  private static final NioEventLoopGroup LOOPS = new NioEventLoopGroup(1);
  private static Certificates certificates;

  @BeforeAll
  static void makeCertificate() throws Exception {
    certificates = Certificates.forName(NAME);
  }

  @AfterAll
  static void stopLoops() {
    LOOPS.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  private static UpstreamFixture fixture(FakeDns dns, PoolLimits pool) throws Exception {
    return new UpstreamFixture(
        new UpstreamLimits(
            UpstreamFixture.DEADLINES, pool, UpstreamLimits.defaults().breaker(), ProxyRules.NONE),
        Ticker.SYSTEM,
        new Overrides(Optional.of(certificates.trust()), Optional.of(dns.provider())));
  }

  private static AsyncProducer provider(UpstreamFixture fixture, Http2Server server)
      throws Exception {
    return fixture.provider("x", "https://" + NAME + ":" + server.port() + "/v1");
  }

  /** Sends from one event loop, as calls of one client do. */
  private static CompletableFuture<Reply> send(
      UpstreamFixture fixture, AsyncProducer producer, boolean streaming) throws Exception {
    return send(fixture, producer, UpstreamFixture.request(streaming));
  }

  private static CompletableFuture<Reply> send(
      UpstreamFixture fixture, AsyncProducer producer, ProviderRequest request) throws Exception {
    Exchange exchange = fixture.exchange(request);
    exchange
        .getMessage()
        .setHeader("CamelNettyChannelHandlerContext", BrokenReplyTest.clientOn(LOOPS));
    return fixture.send(producer, exchange);
  }

  @Test
  void requestsShareOneConnection() throws Exception {
    try (var dns = new FakeDns("127.0.0.1");
        var server = new Http2Server(certificates, 100);
        var fixture = fixture(dns, UpstreamFixture.POOL)) {
      AsyncProducer producer = provider(fixture, server);
      server.respondAtOnce = false;
      List<CompletableFuture<Reply>> replies = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        replies.add(send(fixture, producer, false));
      }
      Eventually.soon(() -> server.streams.size() == 20);
      server.streams.forEach(stream -> Http2Server.respond(stream, "{}"));
      for (CompletableFuture<Reply> reply : replies) {
        Reply.Complete complete = (Reply.Complete) UpstreamFixture.await(reply);
        assertThat(UpstreamFixture.text(complete)).isEqualTo("{}");
        assertThat(complete.headers().first("Content-Type")).contains("text/event-stream");
      }
      assertThat(server.connections).hasValue(1);
      assertThat(server.heads.getFirst().path()).hasToString("/v1/chat/completions");
      assertThat(server.heads.getFirst().authority()).hasToString(NAME + ":" + server.port());
      assertThat(server.heads.getFirst().get("authorization")).hasToString("Bearer sk-canary");
      Eventually.soon(() -> fixture.state().idleConnections() == 1);
    }
  }

  @Test
  void noMoreStreamsThanTheProviderAllows() throws Exception {
    PoolLimits one = new PoolLimits(1, 50, Duration.ofSeconds(30), Duration.ofSeconds(60), 1024);
    try (var dns = new FakeDns("127.0.0.1");
        var server = new Http2Server(certificates, 2);
        var fixture = fixture(dns, one)) {
      AsyncProducer producer = provider(fixture, server);
      server.respondAtOnce = false;
      List<CompletableFuture<Reply>> replies = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        replies.add(send(fixture, producer, false));
      }
      for (int done = 0; done < 6; done++) {
        int sent = Math.min(6, done + 2);
        Eventually.soon(() -> server.streams.size() == sent);
        Http2Server.respond(server.streams.get(done), "{}");
        UpstreamFixture.await(replies.get(done));
      }
      assertThat(server.connections).hasValue(1);
    }
  }

  @Test
  void aPausedReaderStopsOnlyItsOwnStream() throws Exception {
    long size = 4L * 1024 * 1024;
    try (var dns = new FakeDns("127.0.0.1");
        var server = new Http2Server(certificates, 100);
        var fixture = fixture(dns, UpstreamFixture.POOL)) {
      AsyncProducer producer = provider(fixture, server);
      server.respondAtOnce = false;
      var slow = send(fixture, producer, true);
      Eventually.soon(() -> server.streams.size() == 1);
      Http2Server.head(server.streams.getFirst());
      StreamRecorder pieces =
          new StreamRecorder(((Reply.Streaming) UpstreamFixture.await(slow)).stream()).open();
      pieces.stream.pause();
      // The event loop has paused the stream when it has served a later call.
      var later = send(fixture, producer, false);
      Eventually.soon(() -> server.streams.size() == 2);
      Http2Server.respond(server.streams.get(1), "{}");
      UpstreamFixture.await(later);
      server.flood(server.streams.getFirst(), "x".repeat(8192), size);
      Eventually.soon(() -> server.written.get() > 0);
      var other = send(fixture, producer, false);
      Eventually.soon(() -> server.streams.size() == 3);
      Http2Server.respond(server.streams.get(2), "{}");
      assertThat(UpstreamFixture.await(other).status()).isEqualTo(200);
      Eventually.stays(Duration.ofMillis(300), () -> server.written.get() <= 128 * 1024);
      pieces.stream.resume();
      UpstreamFixture.await(pieces.end);
      assertThat(pieces.bytes).hasValue(size);
      assertThat(server.connections).hasValue(1);
    }
  }

  @Test
  void cancelResetsTheStreamAndKeepsTheConnection() throws Exception {
    try (var dns = new FakeDns("127.0.0.1");
        var server = new Http2Server(certificates, 100);
        var fixture = fixture(dns, UpstreamFixture.POOL)) {
      AsyncProducer producer = provider(fixture, server);
      server.respondAtOnce = false;
      var reply = send(fixture, producer, true);
      Eventually.soon(() -> server.streams.size() == 1);
      Http2Server.head(server.streams.getFirst());
      ((Reply.Streaming) UpstreamFixture.await(reply)).stream().cancel();
      Eventually.soon(() -> server.resets.get() == 1);
      server.respondAtOnce = true;
      assertThat(UpstreamFixture.await(send(fixture, producer, false)).status()).isEqualTo(200);
      assertThat(server.connections).hasValue(1);
    }
  }

  @Test
  void aRefusedStreamCountsAsNotReceived() throws Exception {
    try (var dns = new FakeDns("127.0.0.1");
        var server = new Http2Server(certificates, 100);
        var fixture = fixture(dns, UpstreamFixture.POOL)) {
      AsyncProducer producer = provider(fixture, server);
      server.respondAtOnce = false;
      var reply = send(fixture, producer, false);
      Eventually.soon(() -> server.streams.size() == 1);
      Http2Server.refuse(server.streams.getFirst());
      ProviderProblem problem = UpstreamFixture.problem(reply);
      assertThat(problem.failureCause()).isEqualTo(FailureCause.NOT_RECEIVED);
      assertThat(problem.failureCause().unprocessed()).isTrue();
      assertThat(server.streams).hasSize(1);
    }
  }

  @Test
  void aConnectionIsReplacedAfterGoAwayAndItsStreamsEnd() throws Exception {
    try (var dns = new FakeDns("127.0.0.1");
        var server = new Http2Server(certificates, 100);
        var fixture = fixture(dns, UpstreamFixture.POOL)) {
      AsyncProducer producer = provider(fixture, server);
      server.respondAtOnce = false;
      var first = send(fixture, producer, false);
      Eventually.soon(() -> server.streams.size() == 1);
      Http2Server.goAway(server.parents.getFirst());
      Eventually.soon(
          () -> {
            var next = fixture.send(producer, fixture.exchange(UpstreamFixture.request(false)));
            return server.connections.get() > 1 || next.isCompletedExceptionally();
          });
      Http2Server.respond(server.streams.getFirst(), "{}");
      assertThat(UpstreamFixture.await(first).status()).isEqualTo(200);
    }
  }

  @Test
  void aStreamWithoutItsEndIsAFailure() throws Exception {
    try (var dns = new FakeDns("127.0.0.1");
        var server = new Http2Server(certificates, 100);
        var fixture = fixture(dns, UpstreamFixture.POOL)) {
      AsyncProducer producer = provider(fixture, server);
      server.respondAtOnce = false;
      var reply = send(fixture, producer, true);
      Eventually.soon(() -> server.streams.size() == 1);
      Http2Server.head(server.streams.getFirst());
      Http2Server.data(server.streams.getFirst(), "data: 1\n\n", false);
      StreamRecorder pieces =
          new StreamRecorder(((Reply.Streaming) UpstreamFixture.await(reply)).stream()).open();
      Eventually.soon(() -> pieces.bytes.get() > 0);
      server.parents.getFirst().close();
      assertThat(((ProviderProblem) UpstreamFixture.await(pieces.failure)).failureCause())
          .isEqualTo(FailureCause.INCOMPLETE);
      Eventually.soon(() -> fixture.state().openConnections() == 0);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRequestMayHaveBeenProcessedIfAllOfItWasSent(boolean whole) throws Exception {
    try (var dns = new FakeDns("127.0.0.1");
        var server = new Http2Server(certificates, 100);
        var fixture = fixture(dns, UpstreamFixture.POOL)) {
      AsyncProducer producer = provider(fixture, server);
      assertThat(UpstreamFixture.await(send(fixture, producer, false)).status()).isEqualTo(200);
      server.respondAtOnce = false;
      server.closeOnHead = !whole;
      String body = whole ? "{}" : "x".repeat(64 * 1024 * 1024);
      var reply = send(fixture, producer, UpstreamFixture.request(body, false));
      if (whole) {
        Eventually.soon(() -> server.streams.size() == 2);
        server.parents.getFirst().close();
      }
      assertThat(UpstreamFixture.problem(reply).failureCause())
          .isEqualTo(whole ? FailureCause.NO_RESPONSE : FailureCause.NOT_RECEIVED);
    }
  }
}
