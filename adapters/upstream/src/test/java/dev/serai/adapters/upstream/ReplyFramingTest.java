package dev.serai.adapters.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.http.Reply;
import dev.serai.core.net.BreakerLimits;
import dev.serai.core.net.PoolLimits;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.nio.NioEventLoopGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A provider may frame its replies as badly as it likes: no byte of one reaches another call. */
class ReplyFramingTest {
  private static final PoolLimits FEW =
      new PoolLimits(3, 500, Duration.ofSeconds(30), Duration.ofSeconds(60), 1024 * 1024);
  private static final int CALLS = Integer.getInteger("serai.rounds", 1200);
  private static final long SEED = Long.getLong("serai.seed", 20_261_128L);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\n"
            + "content-length: 2\r\n\r\n"
            + "{}HTTP/1.1 200 OK\r\n"
            + "content-length: 4\r\n\r\n"
            + "EVIL",
        "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}EVIL",
        "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}\r\n",
        "HTTP/1.1 204 No Content\r\ncontent-length: 4\r\n\r\nEVIL",
        "HTTP/1.1 304 Not Modified\r\ncontent-length: 4\r\n\r\nEVIL",
        "HTTP/1.1 204 No Content\r\ntransfer-encoding: chunked\r\n\r\n4\r\nEVIL\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\nEVIL",
      })
  void aConnectionWithBytesAfterItsReplyIsClosed(String reply) throws Exception {
    try (var provider =
            new FakeProvider(
                c -> {
                  c.read();
                  c.write(reply);
                  c.read();
                  c.json("{\"second\":1}");
                  c.awaitClosed();
                });
        var fixture =
            new UpstreamFixture(
                UpstreamFixture.DEADLINES,
                new PoolLimits(1, 9, Duration.ofSeconds(30), Duration.ofSeconds(60), 1024))) {
      AsyncProducer producer = fixture.provider("x", provider.baseUrl());
      List<CompletableFuture<Reply>> waiting = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        waiting.add(fixture.send(producer, UpstreamFixture.request(false)));
      }
      for (CompletableFuture<Reply> one : waiting) {
        Reply.Complete first = (Reply.Complete) UpstreamFixture.await(one);
        assertThat(UpstreamFixture.text(first)).isIn("{}", "");
      }
      assertThat(provider.accepted()).isEqualTo(3);
      assertThat(provider.requests).hasSize(3);
      Eventually.soon(() -> fixture.state().openConnections() == 0);
    }
  }

  /** The second reply arrives after the first was read, and before the connection is reused. */
  @Test
  void aSecondReplyThatFollowsTheFirstReachesNoWaitingCall() throws Exception {
    CountDownLatch bothWait = new CountDownLatch(1);
    CountDownLatch firstRead = new CountDownLatch(1);
    CountDownLatch secondSent = new CountDownLatch(1);
    NioEventLoopGroup loops = new NioEventLoopGroup(1);
    try (var provider =
            new FakeProvider(
                c -> {
                  c.read();
                  if (c.number == 1) {
                    bothWait.await();
                    c.json("{}");
                    firstRead.await();
                    c.json("{\"evil\":1}");
                    secondSent.countDown();
                  } else {
                    c.json("{\"own\":1}");
                  }
                  c.awaitClosed();
                });
        var fixture =
            new UpstreamFixture(
                UpstreamFixture.DEADLINES,
                new PoolLimits(1, 9, Duration.ofSeconds(30), Duration.ofSeconds(60), 1024))) {
      AsyncProducer producer = fixture.provider("x", provider.baseUrl());
      ChannelHandlerContext client = BrokenReplyTest.clientOn(loops);
      producer.process(
          exchangeOf(fixture, client),
          doneSync -> {
            firstRead.countDown();
            hold(secondSent);
          });
      CompletableFuture<Reply> waiting = fixture.send(producer, exchangeOf(fixture, client));
      Eventually.soon(() -> fixture.state().waiting() == 1);
      bothWait.countDown();
      Reply.Complete own = (Reply.Complete) UpstreamFixture.await(waiting);
      assertThat(UpstreamFixture.text(own)).isEqualTo("{\"own\":1}");
      assertThat(provider.accepted()).isEqualTo(2);
    } finally {
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
  }

  private static Exchange exchangeOf(UpstreamFixture fixture, ChannelHandlerContext client) {
    Exchange exchange = fixture.exchange(UpstreamFixture.request(false));
    exchange.getMessage().setHeader("CamelNettyChannelHandlerContext", client);
    return exchange;
  }

  /** Holds the event loop, so that it reads nothing in between. */
  private static void hold(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aConnectionWithoutBytesAfterItsReplyIsReused() throws Exception {
    try (var provider = FakeProvider.json("{}");
        var fixture = new UpstreamFixture(UpstreamFixture.DEADLINES, FEW)) {
      AsyncProducer producer = fixture.provider("x", provider.baseUrl());
      for (int i = 0; i < 20; i++) {
        fixture.ask(producer);
      }
      assertThat(provider.accepted()).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void noByteOfAReplyReachesAnotherCall() throws Exception {
    AtomicInteger answered = new AtomicInteger();
    try (var provider = new FakeProvider(c -> misframe(c, new Random(SEED + c.number)));
        var fixture =
            new UpstreamFixture(
                new UpstreamLimits(
                    UpstreamFixture.DEADLINES,
                    FEW,
                    new BreakerLimits(1000, 1000, 100, Duration.ofMillis(1), 1000, Duration.ZERO),
                    ProxyRules.NONE))) {
      AsyncProducer producer = fixture.provider("x", provider.baseUrl());
      List<Thread> callers = new ArrayList<>();
      CompletableFuture<Void> wrong = new CompletableFuture<>();
      for (int t = 0; t < 6; t++) {
        int first = t;
        callers.add(
            Thread.ofVirtual()
                .start(
                    () -> {
                      for (int i = first; i < CALLS && !wrong.isDone(); i += 6) {
                        String id = "<" + i + ">";
                        try {
                          answered.addAndGet(ask(fixture, producer, id, i % 4 == 0));
                        } catch (Exception | AssertionError e) {
                          wrong.completeExceptionally(e);
                        }
                      }
                    }));
      }
      for (Thread caller : callers) {
        caller.join();
      }
      wrong.complete(null);
      wrong.get();
      assertThat(answered.get()).as("seed " + SEED).isGreaterThan(CALLS / 3);
      Eventually.soon(() -> fixture.state().active() == 0);
      assertThat(fixture.state().openConnections()).isLessThanOrEqualTo(3);
    }
  }

  /** Returns 1 if the call has its reply, 0 if it failed. */
  private static int ask(UpstreamFixture fixture, AsyncProducer producer, String id, boolean stream)
      throws Exception {
    CompletableFuture<Reply> sent = fixture.send(producer, UpstreamFixture.request(id, stream));
    try {
      String body =
          switch (UpstreamFixture.await(sent)) {
            case Reply.Complete whole -> UpstreamFixture.text(whole);
            case Reply.Streaming open -> read(new StreamRecorder(open.stream()).open());
            case Reply.Upgraded _ -> throw new AssertionError("no WebSocket was requested");
          };
      assertThat(body.replace(id, "")).as("seed " + SEED + ", call " + id).isEmpty();
      return 1;
    } catch (ExecutionException failed) {
      assertThat(failed.getCause()).isInstanceOf(ProviderProblem.class);
      assertThat(((ProviderProblem) failed.getCause()).failureCause())
          .isIn(
              FailureCause.MALFORMED,
              FailureCause.INCOMPLETE,
              FailureCause.UNREACHABLE,
              FailureCause.CONNECTION_CLOSED,
              FailureCause.NO_RESPONSE,
              FailureCause.NOT_RECEIVED);
      return 0;
    }
  }

  private static String read(StreamRecorder pieces) throws Exception {
    CompletableFuture.anyOf(pieces.end, pieces.failure).get(30, TimeUnit.SECONDS);
    return pieces.text.toString();
  }

  /** Replies to each request with its own body, framed by chance in one of many ways. */
  private static void misframe(FakeProvider.Connection c, Random random) throws Exception {
    while (true) {
      String id = c.read().body();
      String body = id.repeat(random.nextInt(4));
      String whole = sized(200, body);
      String evil = "EVIL" + id;
      int kind = random.nextInt(14);
      switch (kind) {
        case 0 -> c.write(whole + sized(200, evil));
        case 1 -> c.write(whole + evil);
        case 2 -> c.write(whole + "\r\n".repeat(1 + random.nextInt(3)));
        case 3 -> c.write("HTTP/1.1 204 X\r\ncontent-length: 9\r\n\r\n" + sized(200, evil));
        case 4 -> c.write("HTTP/1.1 304 X\r\n\r\n" + evil);
        case 5 -> c.write(chunked(body) + chunked(evil));
        case 6 -> c.write(chunked(body) + "4\r\nEVIL\r\n0\r\n\r\n");
        case 7 -> c.write("HTTP/1.1 103 X\r\nlink: y\r\n\r\n" + whole + "HTTP/1.1 100 X\r\n\r\n");
        case 8 -> c.write("HTTP/1.1 200 OK\r\ncontent-length: 3\r\ncontent-length: 4\r\n\r\nEVIL");
        case 9 -> c.write("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n" + body);
        case 10 -> split(c, whole, sized(500, evil), random);
        case 11 -> split(c, chunked(body), "", random);
        case 12 -> c.write("HTTP/1.1 200 OK\r\ncontent-length: 99999\r\n\r\n" + body);
        default -> c.write(whole);
      }
      if (kind == 9 || kind == 12 || random.nextInt(8) == 0) {
        return; // the connection is closed
      }
    }
  }

  /** Writes in two pieces, the second of which has the end of the reply and what follows it. */
  private static void split(FakeProvider.Connection c, String reply, String evil, Random random)
      throws Exception {
    int at = random.nextInt(reply.length());
    c.write(reply.substring(0, at));
    c.write(reply.substring(at) + evil);
  }

  private static String sized(int status, String body) {
    return "HTTP/1.1 " + status + " X\r\ncontent-length: " + body.length() + "\r\n\r\n" + body;
  }

  private static String chunked(String body) {
    String piece =
        body.isEmpty() ? "" : Integer.toHexString(body.length()) + "\r\n" + body + "\r\n";
    return "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n" + piece + "0\r\n\r\n";
  }
}
