package dev.serai.adapters.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.http.Reply;
import dev.serai.core.net.BreakerLimits;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LostConnectionTest {
  private static final UpstreamLimits LIMITS =
      new UpstreamLimits(
          UpstreamFixture.DEADLINES,
          UpstreamFixture.POOL,
          BreakerLimits.defaults(),
          ProxyRules.NONE);

  private final EventLoopGroup loops =
      Epoll.isAvailable() ? new EpollEventLoopGroup(1) : new NioEventLoopGroup(1);

  @AfterEach
  void stop() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @CsvSource({
    "0,CONNECTION_CLOSED",
    "250,CONNECTION_CLOSED",
    "500,NO_RESPONSE",
    "3000,NO_RESPONSE"
  })
  void aReusedConnectionWasIdleIfItIsResetAtOnce(long millis, FailureCause cause) throws Exception {
    AtomicLong now = new AtomicLong(1);
    try (var provider =
            provider(
                true,
                c -> {
                  c.read();
                  now.addAndGet(Duration.ofMillis(millis).toNanos());
                  c.reset();
                });
        var fixture = new UpstreamFixture(LIMITS, now::get, NetworkResources.Overrides.NONE)) {
      ProviderProblem problem = second(fixture, provider);
      assertThat(problem.failureCause()).isEqualTo(cause);
      assertThat(problem.failureCause().unprocessed()).isFalse();
      assertThat(problem.detail())
          .contains("a reused connection was closed after " + millis + " ms");
      assertThat(problem.message().contains("it may have processed the request"))
          .isEqualTo(cause == FailureCause.NO_RESPONSE);
      assertThat(provider.requests).hasSize(2);
    }
  }

  @Test
  void aReusedConnectionWasNotIdleIfTheProviderReadTheRequestAndClosesAtOnce() throws Exception {
    assertThat(Epoll.isAvailable()).isTrue();
    try (var provider = provider(true, FakeProvider.Connection::read);
        var fixture = new UpstreamFixture(LIMITS, () -> 1, NetworkResources.Overrides.NONE)) {
      assertThat(second(fixture, provider).failureCause()).isEqualTo(FailureCause.NO_RESPONSE);
      assertThat(provider.requests).hasSize(2);
    }
  }

  @Test
  void aReusedConnectionWasIdleIfItWasClosedBeforeTheRequestWasSent() throws Exception {
    CountDownLatch close = new CountDownLatch(1);
    try (var provider =
            new FakeProvider(
                c -> {
                  c.read();
                  c.json("{}");
                  close.await();
                });
        var fixture = new UpstreamFixture()) {
      AsyncProducer producer = fixture.provider("x", provider.baseUrl());
      ChannelHandlerContext client = client(fixture, producer, true);
      var sent =
          client
              .executor()
              .submit(
                  () -> { // the loop cannot see the end before it sends the request
                    close.countDown();
                    Eventually.soon(() -> provider.open() == 0);
                    return fixture.send(producer, from(client, fixture));
                  })
              .get();
      assertThat(UpstreamFixture.problem(sent).failureCause())
          .isEqualTo(FailureCause.CONNECTION_CLOSED);
      assertThat(provider.requests).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aLargeRequestThatWasNotSentCompletelyWasNotReceived(boolean reused) throws Exception {
    try (var provider =
            provider(
                reused,
                c -> {
                  c.head();
                  c.reset();
                });
        var fixture = new UpstreamFixture()) {
      AsyncProducer producer = fixture.provider("x", provider.baseUrl());
      ChannelHandlerContext client = client(fixture, producer, reused);
      ProviderProblem problem =
          UpstreamFixture.problem(fixture.send(producer, large(client, fixture)));
      assertThat(problem.failureCause()).isEqualTo(FailureCause.NOT_RECEIVED);
      assertThat(problem.detail()).contains("closed before all of the request was sent");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aResponseToAPartOfALargeRequestIsRead(boolean reused) throws Exception {
    try (var provider =
            provider(
                reused,
                c -> {
                  c.head();
                  c.respond(413, "{\"error\":{}}");
                });
        var fixture = new UpstreamFixture()) {
      AsyncProducer producer = fixture.provider("x", provider.baseUrl());
      ChannelHandlerContext client = client(fixture, producer, reused);
      Reply reply = UpstreamFixture.await(fixture.send(producer, large(client, fixture)));
      assertThat(reply.status()).isEqualTo(413);
      Eventually.soon(() -> fixture.state().openConnections() == 0);
    }
  }

  /** A request that no socket takes at once. */
  private static Exchange large(ChannelHandlerContext client, UpstreamFixture fixture) {
    Exchange exchange =
        fixture.exchange(UpstreamFixture.request("x".repeat(64 * 1024 * 1024), false));
    exchange.getMessage().setHeader("CamelNettyChannelHandlerContext", client);
    return exchange;
  }

  /** A provider that responds to the first request on a connection, if there is one before. */
  private static FakeProvider provider(boolean reused, FakeProvider.Script then)
      throws IOException {
    return new FakeProvider(
        c -> {
          if (reused) {
            c.read();
            c.json("{}");
          }
          then.run(c);
        });
  }

  /** A client whose event loop has an idle connection if the next request is to reuse one. */
  private ChannelHandlerContext client(
      UpstreamFixture fixture, AsyncProducer producer, boolean reuses) throws Exception {
    ChannelHandlerContext client = BrokenReplyTest.clientOn(loops);
    if (reuses) {
      UpstreamFixture.await(fixture.send(producer, from(client, fixture)));
      Eventually.soon(() -> fixture.state().idleConnections() == 1);
    }
    return client;
  }

  /** How the second request fails, which is sent on the connection of the first. */
  private ProviderProblem second(UpstreamFixture fixture, FakeProvider provider) throws Exception {
    AsyncProducer producer = fixture.provider("x", provider.baseUrl());
    ChannelHandlerContext client = client(fixture, producer, true);
    ProviderProblem problem =
        UpstreamFixture.problem(fixture.send(producer, from(client, fixture)));
    Eventually.soon(() -> fixture.state().openConnections() == 0);
    return problem;
  }

  /** A request of a client whose event loop has connections of its own. */
  private static Exchange from(ChannelHandlerContext client, UpstreamFixture fixture) {
    Exchange exchange = fixture.exchange(UpstreamFixture.request("{}", false));
    exchange.getMessage().setHeader("CamelNettyChannelHandlerContext", client);
    return exchange;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aConnectionThatTheProviderHalfClosesIsClosed(boolean afterTheReply) throws Exception {
    try (var provider =
            new FakeProvider(
                c -> {
                  c.read();
                  if (afterTheReply) {
                    c.json("{}");
                  }
                  c.socket.shutdownOutput();
                  c.awaitClosed();
                });
        var fixture = new UpstreamFixture()) {
      AsyncProducer producer = fixture.provider("x", provider.baseUrl());
      for (int i = 0; i < 5; i++) {
        var reply = fixture.send(producer, UpstreamFixture.request(false));
        if (afterTheReply) {
          assertThat(UpstreamFixture.await(reply).status()).isEqualTo(200);
        } else {
          assertThat(UpstreamFixture.problem(reply).failureCause())
              .isIn(FailureCause.NO_RESPONSE, FailureCause.BREAKER_OPEN);
        }
        Eventually.soon(() -> provider.open() == 0 && fixture.state().openConnections() == 0);
      }
    }
  }

  @Test
  void aRequestOnADeadNewConnectionIsNotSentAgain() throws Exception {
    try (var provider =
            new FakeProvider(
                c -> {
                  c.read();
                  c.reset();
                });
        var fixture = new UpstreamFixture()) {
      AsyncProducer producer = fixture.provider("x", provider.baseUrl());
      assertThat(
              UpstreamFixture.problem(fixture.send(producer, UpstreamFixture.request(false)))
                  .failureCause())
          .isEqualTo(FailureCause.NO_RESPONSE);
      assertThat(provider.requests).hasSize(1);
    }
  }
}
