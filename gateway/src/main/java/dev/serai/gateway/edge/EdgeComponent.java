package dev.serai.gateway.edge;

import dev.serai.gateway.edge.caller.Access;
import dev.serai.gateway.edge.request.RequestIds;
import dev.serai.gateway.edge.websocket.WebSocketComponent;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Endpoint;
import org.apache.camel.component.netty.http.HttpServerBootstrapFactory;
import org.apache.camel.component.netty.http.HttpServerConsumerChannelFactory;
import org.apache.camel.component.netty.http.NettyHttpComponent;
import org.apache.camel.component.netty.http.NettyHttpConfiguration;
import org.apache.camel.component.netty.http.NettyHttpConsumer;
import org.apache.camel.component.netty.http.NettyHttpEndpoint;
import org.apache.camel.support.service.ServiceHelper;

/**
 * Replaces Camel's {@code netty-http} component for consumers: bind it under that name. A route
 * receives an {@link dev.serai.core.http.InboundRequest} as its body and leaves a {@link
 * dev.serai.core.http.Reply}, or what {@link PlainReply} makes one of; any other body becomes 500.
 *
 * <p>Six options of an endpoint are supported: the address, {@code httpMethodRestrict}, {@code
 * matchOnUriPrefix}, {@code chunkedMaxContentLength} (the route's own limit of a request's body,
 * chunked or not), and {@code permission} and {@code credentials} ({@link Access}). A path may have
 * {@code {name}} segments. TLS is set for the whole port, not for a route.
 *
 * <p>The component listens from the start of its first route, at the address of that route, and at
 * {@link #alsoListenAt another port} with the routes that name it; a route with another address
 * does not start. All ports share connections' limits, callers, TLS and phases. It serves from
 * {@link #serve} on. Once drained or stopped it does not serve again. Thread-safe.
 */
public final class EdgeComponent extends NettyHttpComponent {
  /** Begins the message of a failed start, before the address that cannot be used. */
  public static final String CANNOT_LISTEN = "cannot listen on ";

  private static final int BACKLOG = 4096;
  private static final int STOP_SECONDS = 5;

  private final EdgeServer server;
  private final EventLoopGroup loops;
  private final Map<Integer, RouteTable> routes = new ConcurrentHashMap<>();
  private final Map<String, HttpServerBootstrapFactory> sockets = new ConcurrentHashMap<>();
  private volatile int furtherPort;

  /**
   * @param problems writes the problems of requests that the edge itself refuses
   */
  public EdgeComponent(
      EdgeSettings settings, ProblemWriter problems, RequestIds ids, EdgeInstruments instruments) {
    server = new EdgeServer(settings, problems, ids, instruments);
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

  /**
   * Lets routes listen at a further port.
   *
   * @param port 0 for none
   */
  public void alsoListenAt(int port) {
    furtherPort = port;
  }

  EdgeServer server() {
    return server;
  }

  /** The current load; a live view. */
  public EdgeLoad load() {
    return server.load();
  }

  /**
   * The port it listens on; the one the system chose if the endpoint's port is 0.
   *
   * @throws IllegalStateException before the first route has started
   */
  public int port() {
    return server.port(furtherPort);
  }

  /** The event loops of the connections; they stop with the component. */
  public EventLoopGroup loops() {
    return loops;
  }

  /**
   * Whether each event loop works, by its name. One that has ended does not start again: its
   * connections are lost, and so are new ones that are given to it.
   */
  public Map<String, Boolean> loopsWork() {
    Map<String, Boolean> work = new LinkedHashMap<>();
    for (EventExecutor loop : loops) {
      work.put("edge-loop-" + (work.size() + 1), !loop.isShuttingDown());
    }
    return work;
  }

  /**
   * Serves requests from now on. Until then every request gets 503, except those for the gateway's
   * health.
   */
  public void serve() {
    server.serve();
  }

  /**
   * Lets running requests finish and closes each connection after its reply. A request that still
   * arrives gets 503, except those for the gateway's health. Blocks until all connections are
   * closed; then the port closes too.
   *
   * @param grace time for which new requests are still served before that
   * @param atMost after this time requests that still run are cut off: a stream ends with an error
   *     event, any other request gets 503
   * @param beforeCutOff is called before that
   * @return whether all requests finished in time
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public boolean drain(Duration grace, Duration atMost, Runnable beforeCutOff)
      throws InterruptedException {
    return server.drain(grace, atMost, beforeCutOff, loops);
  }

  @Override
  protected void doInit() throws Exception {
    super.doInit();
    RequestText.addTo(getCamelContext());
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    Endpoint endpoint = super.createEndpoint(uri, remaining, parameters);
    Access.of((NettyHttpEndpoint) endpoint); // a mistake fails the load of the route
    return endpoint;
  }

  @Override
  public HttpServerConsumerChannelFactory getMultiplexChannelHandler(int port) {
    return routesOf(port);
  }

  private RouteTable routesOf(int port) {
    return routes.computeIfAbsent(
        port,
        served -> {
          RouteTable made = new RouteTable(server.instruments().meters());
          made.init(served);
          return made;
        });
  }

  /** The component for WebSocket connections on the same port. */
  public WebSocketComponent webSockets() {
    return new WebSocketComponent(this::getOrCreateHttpNettyServerBootstrapFactory);
  }

  @Override
  protected HttpServerBootstrapFactory getOrCreateHttpNettyServerBootstrapFactory(
      NettyHttpConsumer consumer) {
    NettyHttpConfiguration configuration = consumer.getConfiguration();
    if (configuration.isSsl()) {
      throw new IllegalArgumentException(
          "a route has no TLS of its own: set server.tls for the port");
    }
    String address = configuration.getAddress();
    boolean further = furtherPort > 0 && configuration.getPort() == furtherPort;
    if (!further && sockets.keySet().stream().anyMatch(open -> isOtherAddress(open, address))) {
      throw new IllegalArgumentException(
          "a route cannot open another port: write {{server.host}}:{{server.port}} as its address");
    }
    return sockets.computeIfAbsent(address, _ -> newSocket(configuration));
  }

  private boolean isOtherAddress(String open, String address) {
    boolean further = furtherPort > 0 && open.endsWith(":" + furtherPort);
    return !further && !open.equals(address);
  }

  private HttpServerBootstrapFactory newSocket(NettyHttpConfiguration configuration) {
    RouteTable served = routesOf(configuration.getPort());
    HttpServerBootstrapFactory socket = new ListeningSocket(served, configuration.getAddress());
    socket.init(getCamelContext(), configuration, new EdgePipeline(server, served));
    return socket;
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
