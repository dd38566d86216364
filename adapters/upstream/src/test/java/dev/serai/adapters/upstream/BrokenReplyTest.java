package dev.serai.adapters.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.net.BreakerLimits;
import dev.serai.core.net.Deadlines;
import dev.serai.core.net.PoolLimits;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.provider.UpstreamState;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokenReplyTest {
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aStreamWithoutItsEndIsAFailure(boolean reset) throws Exception {
    try (var provider =
            new FakeProvider(
                c -> {
                  c.read();
                  c.streamHead();
                  c.chunk("data: 1\n\n");
                  if (reset) {
                    c.reset();
                  }
                });
        var fixture = new UpstreamFixture()) {
      AsyncProducer producer = fixture.provider("x", provider.baseUrl());
      for (int i = 0; i < 20; i++) {
        try {
          StreamRecorder pieces = fixture.stream(producer).open();
          GatewayProblem problem = UpstreamFixture.await(pieces.failure);
          assertThat(((ProviderProblem) problem).failureCause())
              .isIn(FailureCause.INCOMPLETE, FailureCause.UNREACHABLE, FailureCause.BREAKER_OPEN);
          assertThat(pieces.end).isNotDone();
        } catch (java.util.concurrent.ExecutionException early) {
          assertThat(early.getCause()).isInstanceOf(ProviderProblem.class);
        }
      }
    }
  }

  @Test
  void aNonStreamingReplyThatIsTooShortIsAFailure() throws Exception {
    try (var provider =
            new FakeProvider(
                c -> {
                  c.read();
                  c.write("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"a\":");
                });
        var fixture = new UpstreamFixture()) {
      AsyncProducer producer = fixture.provider("x", provider.baseUrl());
      assertThat(
              UpstreamFixture.problem(fixture.send(producer, UpstreamFixture.request(false)))
                  .failureCause())
          .isEqualTo(FailureCause.INCOMPLETE);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ncontent-length: 5\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nhello\r\n",
        "SSH-2.0-OpenSSH_9.2\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n",
      })
  void aReplyThatIsNotValidHttpIsRefused(String reply) throws Exception {
    try (var provider =
            new FakeProvider(
                c -> {
                  c.read();
                  c.write(reply);
                  c.awaitClosed();
                });
        var fixture = new UpstreamFixture()) {
      AsyncProducer producer = fixture.provider("x", provider.baseUrl());
      assertThat(
              UpstreamFixture.problem(fixture.send(producer, UpstreamFixture.request(false)))
                  .failureCause())
          .isEqualTo(FailureCause.MALFORMED);
      Eventually.soon(() -> provider.open() == 0);
    }
  }

  @Test
  void aHeadThatIsTooLargeIsRefused() throws Exception {
    try (var provider =
            new FakeProvider(
                c -> {
                  c.read();
                  c.write("HTTP/1.1 200 OK\r\n");
                  for (int i = 0; i < 10_000; i++) {
                    c.write("x-filler-" + i + ": aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n");
                  }
                });
        var fixture = new UpstreamFixture()) {
      AsyncProducer producer = fixture.provider("x", provider.baseUrl());
      assertThat(
              UpstreamFixture.problem(fixture.send(producer, UpstreamFixture.request(false)))
                  .failureCause())
          .isEqualTo(FailureCause.MALFORMED);
    }
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() throws Exception {
    try (var provider = FakeProvider.json("x".repeat(2000));
        var fixture =
            new UpstreamFixture(
                UpstreamFixture.DEADLINES,
                new PoolLimits(4, 4, Duration.ofSeconds(1), Duration.ofSeconds(9), 1000))) {
      AsyncProducer producer = fixture.provider("x", provider.baseUrl());
      assertThat(
              UpstreamFixture.problem(fixture.send(producer, UpstreamFixture.request(false)))
                  .failureCause())
          .isEqualTo(FailureCause.TOO_LARGE);
    }
  }

  @Test
  void aReplyWithoutARequestClosesTheConnection() throws Exception {
    try (var provider =
            new FakeProvider(
                c -> {
                  c.read();
                  c.json("{}");
                  c.json("{\"evil\":1}");
                  c.awaitClosed();
                });
        var fixture = new UpstreamFixture()) {
      AsyncProducer producer = fixture.provider("x", provider.baseUrl());
      assertThat(UpstreamFixture.text(fixture.ask(producer))).isEqualTo("{}");
      Eventually.soon(() -> provider.open() == 0);
    }
  }

  @Test
  void interimResponsesAreSkipped() throws Exception {
    try (var provider =
            new FakeProvider(
                c -> {
                  c.read();
                  c.write("HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n");
                  c.json("{}");
                  c.awaitClosed();
                });
        var fixture = new UpstreamFixture()) {
      assertThat(UpstreamFixture.text(fixture.ask(fixture.provider("x", provider.baseUrl()))))
          .isEqualTo("{}");
    }
  }

  /** The deadlines are days: nothing else ends the call. */
  @Test
  void cancelClosesTheProvidersConnection() throws Exception {
    Duration days = Duration.ofDays(9);
    CompletableFuture<Void> closed = new CompletableFuture<>();
    try (var provider =
            new FakeProvider(
                c -> {
                  c.read();
                  c.streamHead();
                  c.chunk("data: 1\n\n");
                  c.awaitClosed();
                  closed.complete(null);
                });
        var fixture =
            new UpstreamFixture(
                new Deadlines(days, days, days, days, days), UpstreamFixture.POOL)) {
      StreamRecorder pieces = fixture.stream(fixture.provider("x", provider.baseUrl())).open();
      Eventually.soon(() -> pieces.bytes.get() > 0);
      pieces.stream.cancel();
      pieces.stream.cancel();
      UpstreamFixture.await(closed);
      Eventually.soon(
          () -> fixture.state().active() == 0 && fixture.state().openConnections() == 0);
      assertThat(pieces.failure).isNotDone();
    }
  }

  @Test
  void aRejectedStreamCountsForTheBreakerAndACancelledOneDoesNot() throws Exception {
    try (var provider =
            new FakeProvider(
                c -> {
                  c.read();
                  c.streamHead();
                  c.chunk("data: {\"error\":1}\n\n");
                  c.awaitClosed();
                });
        var fixture =
            new UpstreamFixture(
                new UpstreamLimits(
                    UpstreamFixture.DEADLINES,
                    UpstreamFixture.POOL,
                    new BreakerLimits(4, 2, 50, Duration.ofSeconds(60), 1, Duration.ZERO),
                    ProxyRules.NONE))) {
      AsyncProducer producer = fixture.provider("x", provider.baseUrl());
      for (int i = 0; i < 4; i++) {
        fixture.stream(producer).stream.cancel();
      }
      Eventually.soon(() -> fixture.state().active() == 0);
      assertThat(fixture.state().modelBreakers()).isEmpty();
      ProviderProblem failed = ProviderProblem.of("x", FailureCause.OVERLOADED, 503).build();
      fixture.stream(producer).stream.reject(failed);
      fixture.stream(producer).stream.reject(failed);
      Eventually.soon(
          () -> fixture.state().modelBreakers().containsValue(UpstreamState.BreakerState.OPEN));
      assertThat(fixture.state().openConnections()).isZero();
    }
  }

  @Test
  void aClientThatDisconnectsBeforeTheReplyEndsTheRequest() throws Exception {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    NioEventLoopGroup loops = new NioEventLoopGroup(1);
    try (var provider =
            new FakeProvider(
                c -> {
                  c.read();
                  c.awaitClosed();
                  closed.complete(null);
                });
        var fixture = new UpstreamFixture()) {
      ChannelHandlerContext client = clientOn(loops);
      Exchange exchange = fixture.exchange(UpstreamFixture.request(false));
      exchange.getMessage().setHeader("CamelNettyChannelHandlerContext", client);
      AsyncProducer producer = fixture.provider("x", provider.baseUrl());
      var reply = fixture.send(producer, exchange);
      Eventually.soon(() -> provider.requests.size() == 1);
      client.close();
      UpstreamFixture.await(closed);
      Eventually.soon(reply::isCompletedExceptionally);
      assertThat(((GatewayProblem) exchange.getException()).code()).isEqualTo("request_cancelled");
    } finally {
      loops.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS);
    }
  }

  @Test
  void theReplyArrivesOnTheClientsEventLoop() throws Exception {
    NioEventLoopGroup loops = new NioEventLoopGroup(1);
    try (var provider = FakeProvider.json("{}");
        var fixture = new UpstreamFixture()) {
      ChannelHandlerContext client = clientOn(loops);
      Exchange exchange = fixture.exchange(UpstreamFixture.request(false));
      exchange.getMessage().setHeader("CamelNettyChannelHandlerContext", client);
      AsyncProducer producer = fixture.provider("x", provider.baseUrl());
      CompletableFuture<Boolean> onLoop = new CompletableFuture<>();
      producer.process(
          exchange, doneSync -> onLoop.complete(client.channel().eventLoop().inEventLoop()));
      assertThat(UpstreamFixture.await(onLoop)).isTrue();
    } finally {
      loops.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS);
    }
  }

  @Test
  void aPausedReaderStopsTheProvider() throws Exception {
    AtomicLong written = new AtomicLong();
    String piece = "x".repeat(16 * 1024);
    long size = 64L * 1024 * 1024;
    try (var provider =
            new FakeProvider(
                c -> {
                  c.read();
                  c.streamHead();
                  while (written.get() < size) {
                    c.chunk(piece);
                    written.addAndGet(piece.length());
                  }
                  c.lastChunk();
                  c.awaitClosed();
                });
        var fixture = new UpstreamFixture()) {
      StreamRecorder pieces = fixture.stream(fixture.provider("x", provider.baseUrl())).open();
      Eventually.soon(() -> pieces.bytes.get() > 0);
      pieces.stream.pause();
      // Without a pause all of it is written in much less than this.
      Eventually.stays(Duration.ofSeconds(1), () -> written.get() < size);
      pieces.stream.resume();
      UpstreamFixture.await(pieces.end);
      assertThat(pieces.bytes.get()).isEqualTo(written.get());
    }
  }

  static ChannelHandlerContext clientOn(EventLoopGroup loops) throws Exception {
    CompletableFuture<ChannelHandlerContext> context = new CompletableFuture<>();
    Channel channel =
        loops instanceof EpollEventLoopGroup
            ? new EpollDatagramChannel()
            : new NioDatagramChannel();
    channel
        .pipeline()
        .addLast(
            new ChannelInboundHandlerAdapter() {
              @Override
              public void channelActive(ChannelHandlerContext ctx) {
                context.complete(ctx);
              }
            });
    loops.register(channel).sync();
    channel.bind(new InetSocketAddress("127.0.0.1", 0)).sync();
    return UpstreamFixture.await(context);
  }
}
