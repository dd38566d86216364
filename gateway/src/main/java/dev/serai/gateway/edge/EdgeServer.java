package dev.serai.gateway.edge;

import dev.serai.core.limit.ByteHold;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.time.Ticker;
import dev.serai.gateway.edge.caller.CallerCheck;
import dev.serai.gateway.edge.caller.PrivilegedRequests;
import dev.serai.gateway.edge.reply.ReplyHeaders;
import dev.serai.gateway.edge.reply.ReplyWriter;
import dev.serai.gateway.edge.request.RequestHead;
import dev.serai.gateway.edge.request.RequestIds;
import dev.serai.gateway.edge.websocket.WebSockets;
import dev.serai.gateway.telemetry.RequestMeters;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.ChannelGroupFuture;
import io.netty.channel.group.ChannelMatchers;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Holds what all connections share: settings, phase, counters. Thread-safe. */
final class EdgeServer {
  /** A server goes through its phases in this order and may skip some. */
  enum Phase {
    /** It listens, and serves only requests for its health. */
    STARTING,
    SERVING,
    DRAINING
  }

  /** Time for clients whose requests are cut off to read why. */
  private static final Duration CUT_OFF_TIME = Duration.ofSeconds(1);

  /** Replies of at most this length are sent at once, so that they need no hold. */
  private static final int MAX_UNCOUNTED = 64 * 1024;

  private final EdgeSettings settings;
  private final ProblemWriter problems;
  private final RequestIds ids;
  private final EdgeInstruments instruments;
  private final RequestMeters.RouteMeter unrouted;
  private final ReplyWriter replies;
  private final ReplyHeaders replyHeaders;
  private final CallerCheck callers;
  private final PrivilegedRequests privileged;
  private final WebSockets sockets;
  private final EdgeCounters load = new EdgeCounters();
  private final Set<OpenConnection> connections = ConcurrentHashMap.newKeySet();
  private final ChannelGroup channels =
      new DefaultChannelGroup("edge", ImmediateEventExecutor.INSTANCE);
  private final CountDownLatch quiet = new CountDownLatch(1);
  private final CountDownLatch empty = new CountDownLatch(1);
  private volatile boolean closed;
  private volatile Phase phase = Phase.STARTING;
  private volatile int port;

  EdgeServer(
      EdgeSettings settings, ProblemWriter problems, RequestIds ids, EdgeInstruments instruments) {
    this.settings = settings;
    this.problems = problems;
    this.ids = ids;
    this.instruments = instruments;
    unrouted = instruments.meters().of("");
    callers = new CallerCheck(instruments.callers(), instruments.site(), instruments.ticker());
    privileged = new PrivilegedRequests(instruments.audit(), instruments.clock());
    sockets = new WebSockets(settings.sockets(), instruments.ticker());
    replies = new ReplyWriter(instruments.clock(), instruments.tls().isPresent());
    replyHeaders = new ReplyHeaders(instruments.clock(), instruments.tls().isPresent());
  }

  EdgeSettings settings() {
    return settings;
  }

  RequestIds ids() {
    return ids;
  }

  Ticker ticker() {
    return instruments.ticker();
  }

  EdgeInstruments instruments() {
    return instruments;
  }

  /** Says who makes a request. */
  CallerCheck callers() {
    return callers;
  }

  /** Records requests that manage the gateway. */
  PrivilegedRequests privileged() {
    return privileged;
  }

  /** Opens WebSocket connections. */
  WebSockets sockets() {
    return sockets;
  }

  /** Writes replies of HTTP/1.1. */
  ReplyWriter replies() {
    return replies;
  }

  /** Makes the heads of replies of HTTP/2. */
  ReplyHeaders replyHeaders() {
    return replyHeaders;
  }

  /** A timer for a new connection. */
  RequestTimer timer() {
    return new RequestTimer(instruments.ticker(), unrouted);
  }

  EdgeCounters load() {
    return load;
  }

  /** The listening sockets; Camel adds them. */
  ChannelGroup channels() {
    return channels;
  }

  /**
   * The port of the routes; stored, since a closed socket has none.
   *
   * @param further which other one is open too; 0 for none
   */
  int port(int further) {
    for (Channel channel : channels) {
      if (port == 0
          && channel.localAddress() instanceof InetSocketAddress address
          && address.getPort() != further) {
        port = address.getPort();
      }
    }
    if (port == 0) {
      throw new IllegalStateException("the HTTP server does not listen yet");
    }
    return port;
  }

  /** The limit of the bytes that are held for all connections. */
  ByteLimit memory() {
    return instruments.memory();
  }

  /** Writes bytes without a flush; the memory limit counts a large reply until it has been sent. */
  void write(Channel channel, ByteBuf bytes) {
    int length = bytes.readableBytes();
    if (length <= MAX_UNCOUNTED) {
      channel.write(bytes, channel.voidPromise());
      return;
    }
    count(length, channel.write(bytes));
  }

  /** Counts the bytes of a large reply until they have been sent. */
  void count(int length, ChannelFuture sent) {
    if (length > MAX_UNCOUNTED) {
      ByteHold queued = memory().hold();
      queued.set(length);
      sent.addListener(_ -> queued.release());
    }
  }

  byte[] render(RequestHead request, GatewayProblem problem) {
    return problems.of(request, problem);
  }

  int status(RequestHead request, GatewayProblem problem) {
    return problems.status(request, problem);
  }

  Phase phase() {
    return phase;
  }

  boolean isDraining() {
    return phase() == Phase.DRAINING;
  }

  /** Serves requests from now on; without effect once it drains. */
  synchronized void serve() {
    if (phase == Phase.STARTING) {
      phase = Phase.SERVING;
    }
  }

  private synchronized void stopServing() {
    phase = Phase.DRAINING;
  }

  /**
   * Registers a connection; false if it exceeds the limit. One that comes while the server drains
   * is not waited for: it gets 503, or the reply to a health request.
   */
  boolean opened(OpenConnection connection) {
    connections.add(connection);
    if (isDraining()) {
      connections.remove(connection);
    }
    return load.connectionOpened() <= settings.maxConnections();
  }

  /** A connection goes on with another protocol. */
  void replaced(OpenConnection before, OpenConnection now) {
    connections.add(now);
    if (!connections.remove(before)) {
      connections.remove(now); // it came while the server drains
    } else if (isDraining()) {
      now.drain();
    }
  }

  void closed(OpenConnection connection) {
    connections.remove(connection);
    load.connectionClosed();
    noteQuiet();
    noteEmpty();
  }

  void requestEnded() {
    load.requestEnded();
    noteQuiet();
  }

  /**
   * Serves for the grace, then refuses new requests, lets those that run finish and closes idle
   * connections. The port stays open until the end, so that health requests are answered.
   *
   * @param beforeCutOff is called before requests are cut off
   * @param loops of the connections
   * @return whether all requests finished in time; if not, they were cut off
   */
  boolean drain(Duration grace, Duration atMost, Runnable beforeCutOff, EventLoopGroup loops)
      throws InterruptedException {
    quiet.await(grace.toNanos(), TimeUnit.NANOSECONDS);
    stopServing();
    eachConnection(OpenConnection::drain);
    noteQuiet();
    boolean clean = quiet.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    if (!clean) {
      beforeCutOff.run();
      eachConnection(OpenConnection::cutOff);
      quiet.await(CUT_OFF_TIME.toNanos(), TimeUnit.NANOSECONDS);
    }
    closePort(loops);
    connections.forEach(OpenConnection::abort);
    return clean;
  }

  /** Closes the port, and waits until the last clients have read that the gateway stops. */
  private void closePort(EventLoopGroup loops) throws InterruptedException {
    ChannelGroupFuture ends = channels.newCloseFuture(ChannelMatchers.isServerChannel());
    channels.stream().filter(ServerChannel.class::isInstance).forEach(ListenerEnd::of);
    ends.await(CUT_OFF_TIME.toNanos(), TimeUnit.NANOSECONDS);
    for (EventExecutor loop : loops) { // the last connections are registered after this
      if (!loop.isShuttingDown()) { // as it is after a start that failed
        loop.submit(() -> {}).await(CUT_OFF_TIME.toNanos(), TimeUnit.NANOSECONDS);
      }
    }
    closed = true;
    noteEmpty();
    empty.await(CUT_OFF_TIME.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void eachConnection(Consumer<OpenConnection> action) {
    for (OpenConnection connection : connections) {
      connection.channel().eventLoop().execute(() -> action.accept(connection));
    }
  }

  private void noteEmpty() {
    if (closed && load.connections() == 0) {
      empty.countDown();
    }
  }

  private void noteQuiet() {
    if (isDraining() && connections.isEmpty() && load.inFlight() == 0) {
      quiet.countDown();
    }
  }
}
