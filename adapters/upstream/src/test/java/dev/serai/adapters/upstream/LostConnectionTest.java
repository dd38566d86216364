package dev.serai.adapters.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.net.BreakerLimits;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.nio.NioEventLoopGroup;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
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

  @Test
  void aRequestThatTheProviderReceivedIsNotSentAgain() throws Exception {
    NioEventLoopGroup loops = new NioEventLoopGroup(1);
    try (var provider =
            new FakeProvider(
                c -> {
                  c.read();
                  c.json("{}");
                  c.read();
                  c.reset();
                });
        var fixture = new UpstreamFixture()) {
      AsyncProducer producer = fixture.provider("x", provider.baseUrl());
      ChannelHandlerContext client = BrokenReplyTest.clientOn(loops);
      for (int i = 0; i < 10; i++) {
        Exchange exchange = fixture.exchange(UpstreamFixture.request("{\"n\":" + i + "}", false));
        exchange.getMessage().setHeader("CamelNettyChannelHandlerContext", client);
        var reply = fixture.send(producer, exchange);
        if (i % 2 == 0) {
          assertThat(UpstreamFixture.await(reply).status()).isEqualTo(200);
          Eventually.soon(() -> fixture.state().idleConnections() == 1);
        } else {
          ProviderProblem problem = UpstreamFixture.problem(reply);
          assertThat(problem.failureCause()).isEqualTo(FailureCause.CONNECTION_CLOSED);
          assertThat(problem.failureCause().unprocessed()).isFalse();
          Eventually.soon(() -> fixture.state().openConnections() == 0);
        }
      }
      assertThat(provider.requests.stream().map(FakeProvider.Request::body).distinct()).hasSize(10);
      assertThat(provider.requests).hasSize(10);
    } finally {
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0,CONNECTION_CLOSED",
    "1000,CONNECTION_CLOSED",
    "1001,NO_RESPONSE",
    "3000,NO_RESPONSE"
  })
  void aReusedConnectionWasIdleIfItClosesSoonAfterTheRequest(long millis, FailureCause cause)
      throws Exception {
    NioEventLoopGroup loops = new NioEventLoopGroup(1);
    AtomicLong now = new AtomicLong(1);
    try (var provider =
            new FakeProvider(
                c -> {
                  c.read();
                  c.json("{}");
                  c.read();
                  now.addAndGet(Duration.ofMillis(millis).toNanos());
                  c.reset();
                });
        var fixture = new UpstreamFixture(LIMITS, now::get, NetworkResources.Overrides.NONE)) {
      AsyncProducer producer = fixture.provider("x", provider.baseUrl());
      ChannelHandlerContext client = BrokenReplyTest.clientOn(loops);
      UpstreamFixture.await(fixture.send(producer, from(client, fixture)));
      Eventually.soon(() -> fixture.state().idleConnections() == 1);
      ProviderProblem problem =
          UpstreamFixture.problem(fixture.send(producer, from(client, fixture)));
      assertThat(problem.failureCause()).isEqualTo(cause);
      assertThat(problem.detail())
          .contains("a reused connection was closed after " + millis + " ms");
      assertThat(problem.message().contains("it may have processed the request"))
          .isEqualTo(cause == FailureCause.NO_RESPONSE);
    } finally {
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
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
