package dev.serai.adapters.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.http.Reply;
import dev.serai.core.net.DeadlineOverrides;
import dev.serai.core.net.PoolLimits;
import dev.serai.core.net.RequestDeadlines;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.nio.NioEventLoopGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

class PoolTest {
  private static PoolLimits pool(int connections, int waiting, Duration wait) {
    return new PoolLimits(connections, waiting, wait, Duration.ofSeconds(60), 1024);
  }

  /** Answers each request when the semaphore allows it. */
  private static FakeProvider held(Semaphore allowed) throws Exception {
    return new FakeProvider(
        c -> {
          while (true) {
            c.read();
            allowed.acquire();
            c.json("{}");
          }
        });
  }

  @Test
  void noMoreConnectionsThanAllowedAndTheRestWaitInOrder() throws Exception {
    Semaphore allowed = new Semaphore(0);
    try (var provider = held(allowed);
        var fixture =
            new UpstreamFixture(UpstreamFixture.DEADLINES, pool(2, 50, Duration.ofSeconds(30)))) {
      AsyncProducer producer = fixture.provider("x", provider.baseUrl());
      List<CompletableFuture<Reply>> replies = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        int sent = i;
        replies.add(fixture.send(producer, UpstreamFixture.request("{\"n\":" + sent + "}", false)));
        Eventually.soon(() -> provider.requests.size() + fixture.state().waiting() == sent + 1);
      }
      assertThat(fixture.state().waiting()).isEqualTo(8);
      assertThat(fixture.state().active()).isEqualTo(10);
      for (int i = 0; i < 10; i++) {
        int least = Math.min(10, i + 3);
        allowed.release();
        Eventually.soon(() -> provider.requests.size() == least);
      }
      for (CompletableFuture<Reply> reply : replies) {
        assertThat(UpstreamFixture.await(reply).status()).isEqualTo(200);
      }
      List<String> bodies = provider.requests.stream().map(FakeProvider.Request::body).toList();
      for (int i = 2; i < 10; i++) {
        assertThat(bodies.get(i)).isEqualTo("{\"n\":" + i + "}");
      }
      assertThat(provider.open()).isLessThanOrEqualTo(2);
      assertThat(fixture.state().openConnections()).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void aCallIsRefusedAtOnceIfTheQueueIsFull() throws Exception {
    Semaphore allowed = new Semaphore(0);
    try (var provider = held(allowed);
        var fixture =
            new UpstreamFixture(UpstreamFixture.DEADLINES, pool(1, 1, Duration.ofSeconds(30)))) {
      AsyncProducer producer = fixture.provider("x", provider.baseUrl());
      var first = fixture.send(producer, UpstreamFixture.request(false));
      Eventually.soon(() -> provider.requests.size() == 1);
      var second = fixture.send(producer, UpstreamFixture.request(false));
      Eventually.soon(() -> fixture.state().waiting() == 1);
      ProviderProblem problem =
          UpstreamFixture.problem(fixture.send(producer, UpstreamFixture.request(false)));
      assertThat(problem.failureCause()).isEqualTo(FailureCause.POOL_EXHAUSTED);
      assertThat(problem.retryAfter()).isPresent();
      allowed.release(2);
      assertThat(UpstreamFixture.await(first).status()).isEqualTo(200);
      assertThat(UpstreamFixture.await(second).status()).isEqualTo(200);
    }
  }

  /** The time of the settings for a connection is longer. */
  @Test
  void aCallWaitsNoLongerForAConnectionThanItsClientAllows() throws Exception {
    Duration granted = Duration.ofMillis(200);
    RequestDeadlines ofCall =
        new RequestDeadlines(
            DeadlineOverrides.NONE, "", DeadlineOverrides.NONE, "model x/m", Optional.of(granted));
    RequestDeadlines escalating = RequestDeadlines.NONE.escalating(Optional.of(granted));
    Semaphore allowed = new Semaphore(0);
    try (var provider = held(allowed);
        var fixture =
            new UpstreamFixture(UpstreamFixture.DEADLINES, pool(1, 10, Duration.ofDays(1)))) {
      AsyncProducer producer = fixture.provider("x", provider.baseUrl());
      var first = fixture.send(producer, UpstreamFixture.request(false));
      Eventually.soon(() -> provider.requests.size() == 1);
      var ends = fixture.send(producer, UpstreamFixture.request(true).within(ofCall));
      ProviderProblem over = UpstreamFixture.problem(ends);
      assertThat(over.failureCause()).isEqualTo(FailureCause.OUT_OF_TIME);
      assertThat(over.detail().orElse("")).contains("no connection", "latency_slo_ms");
      var leaves = fixture.send(producer, UpstreamFixture.request(true).within(escalating));
      assertThat(UpstreamFixture.problem(leaves).failureCause()).isEqualTo(FailureCause.LATE);
      assertThat(fixture.state().waiting()).isZero();
      allowed.release(1);
      assertThat(UpstreamFixture.await(first).status()).isEqualTo(200);
      assertThat(provider.requests).hasSize(1);
    }
  }

  @Test
  void aCallThatWaitsTooLongIsRefused() throws Exception {
    Semaphore allowed = new Semaphore(0);
    try (var provider = held(allowed);
        var fixture =
            new UpstreamFixture(UpstreamFixture.DEADLINES, pool(1, 10, Duration.ofMillis(300)))) {
      AsyncProducer producer = fixture.provider("x", provider.baseUrl());
      var first = fixture.send(producer, UpstreamFixture.request(false));
      Eventually.soon(() -> provider.requests.size() == 1);
      ProviderProblem problem =
          UpstreamFixture.problem(fixture.send(producer, UpstreamFixture.request(false)));
      assertThat(problem.failureCause()).isEqualTo(FailureCause.POOL_EXHAUSTED);
      assertThat(fixture.state().waiting()).isZero();
      allowed.release(1);
      assertThat(UpstreamFixture.await(first).status()).isEqualTo(200);
      assertThat(provider.requests).hasSize(1);
    }
  }

  @Test
  void manyCallsOverFewConnectionsAllEnd() throws Exception {
    try (var provider = FakeProvider.json("{}");
        var fixture =
            new UpstreamFixture(UpstreamFixture.DEADLINES, pool(3, 2000, Duration.ofSeconds(30)))) {
      AsyncProducer producer = fixture.provider("x", provider.baseUrl());
      List<CompletableFuture<Reply>> replies = new CopyOnWriteArrayList<>();
      List<Thread> senders = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        senders.add(
            Thread.ofVirtual()
                .start(
                    () -> {
                      for (int i = 0; i < 200; i++) {
                        replies.add(fixture.send(producer, UpstreamFixture.request(false)));
                      }
                    }));
      }
      for (Thread sender : senders) {
        sender.join();
      }
      for (CompletableFuture<Reply> reply : replies) {
        assertThat(UpstreamFixture.await(reply).status()).isEqualTo(200);
      }
      assertThat(provider.requests).hasSize(800);
      Eventually.soon(() -> fixture.state().active() == 0);
      assertThat(fixture.state().waiting()).isZero();
      assertThat(fixture.state().openConnections()).isBetween(1, 3);
    }
  }

  @Test
  void unusedConnectionsAreClosed() throws Exception {
    try (var provider = FakeProvider.json("{}");
        var fixture =
            new UpstreamFixture(
                UpstreamFixture.DEADLINES,
                new PoolLimits(4, 4, Duration.ofSeconds(1), Duration.ofMillis(200), 1024))) {
      fixture.ask(fixture.provider("x", provider.baseUrl()));
      Eventually.soon(() -> provider.open() == 0);
      Eventually.soon(() -> fixture.state().openConnections() == 0);
      assertThat(fixture.state().idleConnections()).isZero();
    }
  }

  @Test
  void aConnectionThatTheProviderClosedIsNotUsedAgain() throws Exception {
    try (var provider =
            new FakeProvider(
                c -> {
                  c.read();
                  c.json("{}");
                });
        var fixture = new UpstreamFixture()) {
      AsyncProducer producer = fixture.provider("x", provider.baseUrl());
      for (int i = 0; i < 20; i++) {
        assertThat(fixture.ask(producer).status()).isEqualTo(200);
        Eventually.soon(() -> fixture.state().openConnections() == 0);
      }
    }
  }

  /** A server that accepts connections and never begins the TLS handshake. */
  @Test
  void noMoreCallsThanAllowedWaitForAConnectionThatIsBeingOpened() throws Exception {
    NioEventLoopGroup loops = new NioEventLoopGroup(1);
    try (var provider = new FakeProvider(FakeProvider.Connection::awaitClosed);
        var fixture =
            new UpstreamFixture(UpstreamFixture.DEADLINES, pool(9, 2, Duration.ofSeconds(30)))) {
      AsyncProducer producer = fixture.provider("x", provider.baseUrl().replace("http:", "https:"));
      ChannelHandlerContext client = BrokenReplyTest.clientOn(loops);
      List<CompletableFuture<Reply>> replies = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Exchange exchange = fixture.exchange(UpstreamFixture.request(false));
        exchange.getMessage().setHeader("CamelNettyChannelHandlerContext", client);
        replies.add(fixture.send(producer, exchange));
      }
      assertThat(UpstreamFixture.problem(replies.get(3)).failureCause())
          .isEqualTo(FailureCause.POOL_EXHAUSTED);
      assertThat(replies.subList(0, 3)).noneMatch(CompletableFuture::isDone);
      assertThat(fixture.state().openConnections()).isEqualTo(1);
    } finally {
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
  }
}
