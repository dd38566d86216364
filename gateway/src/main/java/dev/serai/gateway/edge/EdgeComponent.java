package dev.serai.gateway.edge;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.netty.http.HttpServerBootstrapFactory;
import org.apache.camel.component.netty.http.HttpServerConsumerChannelFactory;
import org.apache.camel.component.netty.http.NettyHttpComponent;
import org.apache.camel.component.netty.http.NettyHttpConfiguration;
import org.apache.camel.component.netty.http.NettyHttpConsumer;
import org.apache.camel.support.service.ServiceHelper;

/**
 * Camel's {@code netty-http} for consumers, with our own pipeline: bind it under that name. A route
 * gets an {@link dev.serai.core.http.InboundRequest} as its body and leaves a {@link
 * dev.serai.core.http.Reply}; anything else is answered 500. Of an endpoint's options only the
 * address, {@code httpMethodRestrict}, {@code matchOnUriPrefix} and {@code chunkedMaxContentLength}
 * (the route's own limit of a request's body, whole or chunked) have a meaning; a path may hold
 * {@code {name}} segments. TLS ends before the gateway. It listens when its first route starts and
 * serves when it is {@linkplain #serve told to}. Once drained or stopped it does not serve again.
 * Thread-safe.
 */
public final class EdgeComponent extends NettyHttpComponent {
  private static final int BACKLOG = 4096;
  private static final int STOP_SECONDS = 5;

  private final EdgeServer server;
  private final EventLoopGroup loops;
  private final Map<Integer, RouteTable> routes = new ConcurrentHashMap<>();
  private final Map<String, HttpServerBootstrapFactory> sockets = new ConcurrentHashMap<>();

  /**
   * @param problems writes what the edge itself refuses
   */
  public EdgeComponent(
      EdgeSettings settings, ProblemWriter problems, RequestIds ids, EdgeInstruments surroundings) {
    server = new EdgeServer(settings, problems, ids, surroundings);
    boolean epoll = Epoll.isAvailable();
    DefaultThreadFactory threads = new DefaultThreadFactory("edge");
    loops =
        epoll
            ? new EpollEventLoopGroup(settings.workers(), threads)
            : new NioEventLoopGroup(settings.workers(), threads);
    setMuteException(true);
    configure(getConfiguration(), epoll);
  }

  private void configure(NettyHttpConfiguration configuration, boolean epoll) {
    configuration.setNativeTransport(epoll);
    configuration.setBossGroup(loops);
    configuration.setWorkerGroup(loops);
    configuration.setWorkerCount(server.settings().workers());
    configuration.setChannelGroup(server.channels());
    configuration.setBacklog(BACKLOG);
    configuration.setUsingExecutorService(false);
    configuration.setDisableStreamCache(true);
    configuration.setMapHeaders(false);
    configuration.setMuteException(true);
    configuration.setCompression(false);
  }

  /** What the edge carries now: a live view. */
  public EdgeLoad load() {
    return server.load();
  }

  /**
   * The port that is listened on: the one asked for, or the free one the system chose for port 0.
   *
   * @throws IllegalStateException before a route listens
   */
  public int port() {
    return server.port();
  }

  /** The loops that carry the connections; they end with the component. */
  public EventLoopGroup loops() {
    return loops;
  }

  /**
   * Takes requests from now on: whatever they need is there. Until then each is answered 503, but
   * one for the gateway's health.
   */
  public void serve() {
    server.serve();
  }

  /**
   * Stops accepting connections, answers what runs and closes each connection after its reply; a
   * request that still comes in is answered 503. Blocks until all is over.
   *
   * @param atMost after which what still runs is cut off
   * @return whether everything finished in time
   */
  public boolean drain(Duration atMost) throws InterruptedException {
    return server.drain(atMost);
  }

  @Override
  public HttpServerConsumerChannelFactory getMultiplexChannelHandler(int port) {
    return routesOf(port);
  }

  private RouteTable routesOf(int port) {
    return routes.computeIfAbsent(
        port,
        served -> {
          RouteTable made = new RouteTable(server.surroundings().meters());
          made.init(served);
          return made;
        });
  }

  @Override
  protected HttpServerBootstrapFactory getOrCreateHttpNettyServerBootstrapFactory(
      NettyHttpConsumer consumer) {
    NettyHttpConfiguration configuration = consumer.getConfiguration();
    if (configuration.isSsl()) {
      throw new IllegalArgumentException("the edge speaks plain HTTP: end TLS before the gateway");
    }
    return sockets.computeIfAbsent(
        configuration.getAddress(),
        address -> {
          RouteTable served = routesOf(configuration.getPort());
          HttpServerBootstrapFactory socket = new HttpServerBootstrapFactory(served);
          socket.init(getCamelContext(), configuration, new EdgePipeline(server, served));
          return socket;
        });
  }

  @Override
  protected void doStop() throws Exception {
    ServiceHelper.stopService(sockets.values());
    sockets.clear();
    routes.clear();
    loops.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS);
    super.doStop();
  }
}
