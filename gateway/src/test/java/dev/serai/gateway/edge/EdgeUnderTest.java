package dev.serai.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.caller.Authenticator;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Headers;
import dev.serai.core.http.Reply;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.gateway.edge.body.RequestBody;
import dev.serai.gateway.edge.request.BrowserRules;
import dev.serai.gateway.edge.request.RequestHead;
import dev.serai.gateway.edge.request.RequestIds;
import dev.serai.gateway.edge.websocket.SocketLimits;
import dev.serai.gateway.telemetry.RequestMeters;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** Runs a Camel context with our edge on a free port of the loopback. */
final class EdgeUnderTest implements AutoCloseable {
  /** Small limits, and deadlines that a busy machine meets too. */
  static final EdgeSettings SMALL = limits(10_000, 30_000, 30_000, 0);

  /** Small limits and short deadlines. */
  static final EdgeSettings QUICK = limits(400, 900, 600, 0);

  /** Short deadlines, and a short keep-alive interval. */
  static final EdgeSettings TALKATIVE = limits(400, 900, 600, 200);

  /** Small limits, short deadlines for what arrives and is read, and much time between requests. */
  static final EdgeSettings STRICT = limits(400, 30_000, 600, 0);

  /** Small limits, long deadlines, and a short keep-alive interval. */
  static final EdgeSettings CHATTY = limits(10_000, 30_000, 30_000, 200);

  private final DefaultCamelContext context = new DefaultCamelContext();
  private final EdgeComponent component;

  EdgeUnderTest(EdgeSettings settings) {
    this(settings, RequestMeters.NONE);
  }

  EdgeUnderTest(EdgeSettings settings, RequestMeters meters) {
    this(settings, meters, ByteLimit.unlimited());
  }

  EdgeUnderTest(EdgeSettings settings, RequestMeters meters, ByteLimit memory) {
    this(settings, new TestInstruments().meters(meters).memory(memory).make());
  }

  EdgeUnderTest(Authenticator callers) {
    this(SMALL, new TestInstruments().callers(callers).make());
  }

  EdgeUnderTest(Authenticator callers, Consumer<Headers> loops) {
    this(SMALL, new TestInstruments().callers(callers).requestLoops(loops).make());
  }

  EdgeUnderTest(EdgeSettings settings, ByteLimit memory, RequestBody.Forms forms) {
    this(settings, new TestInstruments().memory(memory).forms(forms).make());
  }

  EdgeUnderTest(EdgeSettings settings, EdgeInstruments instruments) {
    component =
        new EdgeComponent(
            settings,
            new Problems(),
            new RequestIds(InstantSource.system(), () -> ThreadLocalRandom.current().nextLong()),
            instruments);
    context.getRegistry().bind("netty-http", component);
    context.getRegistry().bind("websocket-netty", component.webSockets());
    context.disableJMX();
  }

  /** OpenAI's shape, and a status of its own under one path. */
  private static final class Problems implements ProblemWriter {
    @Override
    public byte[] of(RequestHead request, GatewayProblem problem) {
      return openAiShape(problem);
    }

    @Override
    public int status(RequestHead request, GatewayProblem problem) {
      return request.path().equals("/own-status") ? 418 : problem.status();
    }
  }

  private static EdgeSettings limits(long header, long idle, long stall, long keepAlive) {
    return new EdgeSettings(
        2,
        64,
        64 * 1024,
        8 * 1024,
        2 * 1024,
        Duration.ofMillis(header),
        1024,
        Duration.ofMillis(idle),
        Duration.ofMillis(stall),
        Duration.ofMillis(keepAlive),
        true,
        100,
        BrowserRules.of("127.0.0.1", List.of("serai.example"), List.of("https://app.example")),
        sockets(idle));
  }

  /** Small limits, without HTTP/2. */
  static EdgeSettings onlyHttp1() {
    return new EdgeSettings(
        SMALL.workers(),
        SMALL.maxConnections(),
        SMALL.maxBodyBytes(),
        SMALL.maxHeaderBytes(),
        SMALL.maxRequestLineBytes(),
        SMALL.headerDeadline(),
        SMALL.minBodyBytesPerSecond(),
        SMALL.idleTime(),
        SMALL.stallTime(),
        SMALL.keepAlive(),
        false,
        SMALL.maxStreams(),
        SMALL.browsers(),
        SMALL.sockets());
  }

  private static SocketLimits sockets(long idle) {
    return new SocketLimits(
        128 * 1024,
        Duration.ofMillis(idle),
        Duration.ofMillis(10 * idle),
        List.of("https://app.example"));
  }

  static EdgeUnderTest small() {
    return new EdgeUnderTest(SMALL);
  }

  static EdgeUnderTest quick() {
    return new EdgeUnderTest(QUICK);
  }

  /** A route at a path, with options as in a URI's query. */
  EdgeUnderTest route(String path, String options, Processor step) throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("netty-http:http://127.0.0.1:0" + path + (options.isEmpty() ? "" : "?" + options))
                .routeId(path + " " + options)
                .process(step);
          }
        });
    return this;
  }

  /** A route of WebSocket connections at a path. */
  EdgeUnderTest socket(String path, String options, Processor step) throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("websocket-netty:ws://127.0.0.1:0" + path + options).process(step);
          }
        });
    return this;
  }

  EdgeUnderTest start() {
    listen();
    component.serve();
    return this;
  }

  /** Starts it, but does not serve yet. */
  EdgeUnderTest listen() {
    context.start();
    assertThat(port()).isPositive();
    return this;
  }

  EdgeComponent component() {
    return component;
  }

  DefaultCamelContext context() {
    return context;
  }

  int port() {
    return component.port();
  }

  RawClient connect() throws IOException {
    return new RawClient(port());
  }

  /** Waits until the event loops have run the tasks that they have now. */
  void settle() throws InterruptedException {
    for (EventExecutor loop : component.loops()) {
      loop.submit(() -> {}).sync();
    }
  }

  static Processor says(String text) {
    return exchange -> exchange.getMessage().setBody(text(text));
  }

  static Reply.Complete text(String text) {
    return new Reply.Complete(
        200,
        new HeaderFields().add("content-type", "text/plain"),
        text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] openAiShape(GatewayProblem problem) {
    return ("{\"error\":{\"message\":\""
            + problem.message()
            + "\",\"type\":\""
            + problem.type()
            + "\",\"param\":null,\"code\":\""
            + problem.code()
            + "\"}}")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Waits until the condition holds. */
  static void eventually(String claim, BooleanSupplier holds) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!holds.getAsBoolean() && System.nanoTime() < end) {
      Thread.onSpinWait();
      Thread.yield();
    }
    assertThat(holds.getAsBoolean()).as(claim).isTrue();
  }

  @Override
  public void close() throws IOException {
    context.close();
  }
}
