package dev.serai.adapters.upstream;

import dev.serai.core.http.ProviderRequest;
import dev.serai.core.net.BaseUrl;
import dev.serai.core.net.ProxyUrl;
import dev.serai.core.provider.UpstreamState;
import dev.serai.core.time.Ticker;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of the connections to one provider: permits, circuit breakers, latency and, for each
 * event loop, a {@link LoopPool}. It outlives a reload of the routes. Safe for use by many threads.
 */
final class Upstream {
  private static final Logger LOG = LoggerFactory.getLogger(Upstream.class);
  private static final double SMOOTHING = 0.1;
  private static final long REPORT_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final String name;
  private final BaseUrl address;
  private final UpstreamLimits settings;
  private final NetworkResources network;
  private final Optional<ProxyUrl> proxy;
  private final ProviderBreakers breakers;
  private final ConnectionPermits permits;
  private final RequestEncoder requestEncoder;
  private final Map<EventLoop, LoopPool> pools = new ConcurrentHashMap<>();
  private volatile boolean mayShare;
  private volatile double latencyNanos;
  private volatile List<InetSocketAddress> addresses = List.of();
  private final AtomicLong reportedAt;

  Upstream(String name, BaseUrl address, UpstreamLimits settings, NetworkResources network) {
    this.name = name;
    this.address = address;
    this.settings = settings;
    this.network = network;
    this.proxy = settings.proxy().forAddress(address);
    this.breakers =
        new ProviderBreakers(name, settings.breaker(), network.ticker(), network.stoppedBreakers());
    this.permits =
        new ConnectionPermits(settings.pool().maxConnections(), settings.pool().maxWaiting());
    this.requestEncoder = new RequestEncoder(address, proxy);
    this.mayShare = address.tls();
    this.reportedAt = new AtomicLong(network.ticker().nanos() - REPORT_NANOS);
  }

  String name() {
    return name;
  }

  BaseUrl address() {
    return address;
  }

  UpstreamLimits settings() {
    return settings;
  }

  Ticker ticker() {
    return network.ticker();
  }

  NetworkResources network() {
    return network;
  }

  Optional<ProxyUrl> proxy() {
    return proxy;
  }

  ProviderBreakers breakers() {
    return breakers;
  }

  ConnectionPermits permits() {
    return permits;
  }

  RequestEncoder requestEncoder() {
    return requestEncoder;
  }

  /**
   * Whether a request needs a connection of its own: an upload, because it cannot be sent again,
   * and a WebSocket through a proxy, because it needs a tunnel (RFC 6455, section 4.1).
   */
  boolean opensFor(ProviderRequest request) {
    return request.upload().isPresent() || tunnels(request);
  }

  /** Whether a connection for a request is a tunnel through a proxy. */
  boolean tunnels(ProviderRequest request) {
    return proxy.isPresent() && (address.tls() || request.webSocket());
  }

  /** The pool of an event loop, which is removed when the loop ends. */
  LoopPool pool(EventLoop loop) {
    LoopPool known = pools.get(loop);
    if (known != null) {
      return known;
    }
    return pools.computeIfAbsent(
        loop,
        l -> {
          l.terminationFuture().addListener(f -> pools.remove(l));
          return new LoopPool(this, l);
        });
  }

  /** Whether a new connection may be HTTP/2; true while that is unknown. */
  boolean mayShare() {
    return mayShare;
  }

  /** Records whether the last connection was HTTP/2. */
  void shares(boolean yes) {
    if (mayShare != yes) {
      mayShare = yes;
    }
  }

  /** Has one pool close an unused connection, for a call that waits for a permit. */
  void reclaimUnused() {
    for (LoopPool pool : pools.values()) {
      if (pool.unusedCount() > 0) {
        pool.loop().execute(pool::reclaimOne);
        return;
      }
    }
  }

  /** Keeps the addresses of the provider, or of the proxy to it, that its name resolves to. */
  void resolvedTo(List<InetSocketAddress> found) {
    addresses = found;
  }

  /**
   * The addresses to use if the name cannot be resolved: the last known ones, unless the name
   * servers say that the name does not exist. A failure of a name server is none of the provider
   * (RFC 8767).
   */
  List<InetSocketAddress> addressesDespite(Throwable failure) {
    if (addresses.isEmpty() || FailureDetail.saysNameDoesNotExist(failure)) {
      return List.of();
    }
    LOG.warn(
        "provider {}: its last known addresses are used, since its name cannot be resolved: {}",
        name,
        FailureDetail.of(failure));
    return addresses;
  }

  /** Warns of a provider that sends bytes that no request asked for, at most once a minute. */
  void reportUnaskedBytes() {
    long now = ticker().nanos();
    long last = reportedAt.get();
    if (now - last >= REPORT_NANOS && reportedAt.compareAndSet(last, now)) {
      LOG.warn(
          "provider {}: sent bytes that belong to no request; they were discarded and the"
              + " connection was closed. If this is repeated, check the provider and every proxy"
              + " between it and Serai",
          name);
    }
  }

  /** Adds a latency to the moving average. A lost update between threads does no harm. */
  void recordLatency(long nanos) {
    double before = latencyNanos;
    latencyNanos = before == 0 ? nanos : before + SMOOTHING * (nanos - before);
  }

  UpstreamState state() {
    int unused = 0;
    int active = 0;
    for (LoopPool pool : pools.values()) {
      unused += pool.unusedCount();
      active += pool.callCount();
    }
    return new UpstreamState(
        name,
        breakers.own().state(),
        breakers.modelStates(),
        permits.taken(),
        unused,
        permits.waiting(),
        active,
        latencyNanos / 1e6);
  }

  /** Closes unused connections. Those in use close when their replies are complete. */
  void closeUnused() {
    for (LoopPool pool : pools.values()) {
      if (!pool.loop().isShuttingDown()) {
        pool.loop().execute(pool::closeUnused);
      }
    }
  }
}
