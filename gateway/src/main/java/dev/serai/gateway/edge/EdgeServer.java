package dev.serai.gateway.edge;

import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.time.Ticker;
import dev.serai.gateway.telemetry.RequestMeters;
import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.ChannelMatchers;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What all connections of the edge share. Thread-safe. */
final class EdgeServer {
  /** Only ever the next one, or at once the last. */
  enum Phase {
    /** It listens, and only those who ask for its health are answered. */
    STARTING,
    SERVING,
    DRAINING
  }

  private final EdgeSettings settings;
  private final ProblemWriter problems;
  private final RequestIds ids;
  private final EdgeInstruments surroundings;
  private final RequestMeters.RouteMeter unrouted;
  private final ReplyWriter replies;
  private final EdgeCounters load = new EdgeCounters();
  private final Set<EdgeConnection> connections = ConcurrentHashMap.newKeySet();
  private final ChannelGroup channels =
      new DefaultChannelGroup("edge", ImmediateEventExecutor.INSTANCE);
  private final CountDownLatch quiet = new CountDownLatch(1);
  private volatile Phase phase = Phase.STARTING;
  private volatile int port;

  EdgeServer(
      EdgeSettings settings, ProblemWriter problems, RequestIds ids, EdgeInstruments surroundings) {
    this.settings = settings;
    this.problems = problems;
    this.ids = ids;
    this.surroundings = surroundings;
    unrouted = surroundings.meters().of("");
    replies = new ReplyWriter(new HttpDate(surroundings.clock()));
  }

  EdgeSettings settings() {
    return settings;
  }

  RequestIds ids() {
    return ids;
  }

  Ticker ticker() {
    return surroundings.ticker();
  }

  EdgeInstruments surroundings() {
    return surroundings;
  }

  ReplyWriter replies() {
    return replies;
  }

  /** For a new connection. */
  RequestTimer timer() {
    return new RequestTimer(surroundings.ticker(), unrouted);
  }

  EdgeCounters load() {
    return load;
  }

  /** The sockets that listen, entered by Camel. */
  ChannelGroup channels() {
    return channels;
  }

  /** Remembered, since a socket that is closed does not know it any more. */
  int port() {
    for (Channel channel : channels) {
      if (port == 0 && channel.localAddress() instanceof InetSocketAddress address) {
        port = address.getPort();
      }
    }
    if (port == 0) {
      throw new IllegalStateException("nothing listens yet");
    }
    return port;
  }

  byte[] render(String path, GatewayProblem problem) {
    return problems.of(path, problem);
  }

  Phase phase() {
    return phase;
  }

  boolean isDraining() {
    return phase() == Phase.DRAINING;
  }

  /** Everything that requests need is there; without effect once it drains. */
  synchronized void serve() {
    if (phase == Phase.STARTING) {
      phase = Phase.SERVING;
    }
  }

  private synchronized void stopServing() {
    phase = Phase.DRAINING;
  }

  /** Enters a connection; false if it is one too many. */
  boolean opened(EdgeConnection connection) {
    connections.add(connection);
    return load.connectionOpened() <= settings.maxConnections();
  }

  void closed(EdgeConnection connection) {
    connections.remove(connection);
    load.connectionClosed();
    noteQuiet();
  }

  void requestEnded() {
    load.requestEnded();
    noteQuiet();
  }

  /**
   * Stops accepting, lets what runs finish, closes what is idle.
   *
   * @return whether everything finished in time; if not, it was cut off
   */
  boolean drain(Duration atMost) throws InterruptedException {
    stopServing();
    channels.close(ChannelMatchers.isServerChannel());
    for (EdgeConnection connection : connections) {
      connection.channel().eventLoop().execute(connection::drain);
    }
    noteQuiet();
    boolean clean = quiet.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    for (EdgeConnection connection : connections) {
      connection.channel().close();
    }
    return clean;
  }

  private void noteQuiet() {
    if (isDraining() && connections.isEmpty() && load.inFlight() == 0) {
      quiet.countDown();
    }
  }
}
