package dev.serai.adapters.upstream;

import dev.serai.adapters.upstream.ProxySettings.Proxy;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.provider.UpstreamState;
import dev.serai.core.time.Ticker;
import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that is known about the connection to one provider: its permits, breaker, latency and, for
 * each event loop, a {@link LoopPool}. It outlives a reload of the routes. Safe for use by many
 * threads.
 */
final class Upstream {
  private static final Logger LOG = LoggerFactory.getLogger(Upstream.class);
  private static final double SMOOTHING = 0.1;

  private final String name;
  private final UpstreamAddress target;
  private final UpstreamSettings settings;
  private final NetworkResources network;
  private final Optional<Proxy> proxy;
  private final CircuitBreaker breaker;
  private final ConnectionPermits gate;
  private final RequestEncoder requestBytes;
  private final Map<EventLoop, LoopPool> lanes = new ConcurrentHashMap<>();
  private volatile boolean mayShare;
  private volatile double latencyNanos;

  Upstream(
      String name, UpstreamAddress target, UpstreamSettings settings, NetworkResources network) {
    this.name = name;
    this.target = target;
    this.settings = settings;
    this.network = network;
    this.proxy = settings.proxy().forTarget(target);
    this.breaker = new CircuitBreaker(settings.breaker(), network.ticker());
    this.gate =
        new ConnectionPermits(settings.pool().maxConnections(), settings.pool().maxWaiting());
    this.requestBytes = new RequestEncoder(target, proxy);
    this.mayShare = target.tls();
  }

  String name() {
    return name;
  }

  UpstreamAddress target() {
    return target;
  }

  UpstreamSettings settings() {
    return settings;
  }

  Ticker ticker() {
    return network.ticker();
  }

  NetworkResources network() {
    return network;
  }

  Optional<Proxy> proxy() {
    return proxy;
  }

  CircuitBreaker breaker() {
    return breaker;
  }

  ConnectionPermits gate() {
    return gate;
  }

  RequestEncoder requestBytes() {
    return requestBytes;
  }

  /** The lane of an event loop; dropped when the loop ends. */
  LoopPool lane(EventLoop loop) {
    LoopPool known = lanes.get(loop);
    if (known != null) {
      return known;
    }
    return lanes.computeIfAbsent(
        loop,
        l -> {
          l.terminationFuture().addListener(f -> lanes.remove(l));
          return new LoopPool(this, l);
        });
  }

  /** Whether a connection may carry many requests: unknown counts as yes. */
  boolean mayShare() {
    return mayShare;
  }

  /** What the last connection showed. */
  void shares(boolean yes) {
    if (mayShare != yes) {
      mayShare = yes;
    }
  }

  /** Asks one lane with an unused connection to give it up for a hop that waits. */
  void reclaimUnused() {
    for (LoopPool lane : lanes.values()) {
      if (lane.unusedCount() > 0) {
        lane.loop().execute(lane::reclaimOne);
        return;
      }
    }
  }

  /** Folds one more latency into the average; a lost update among threads does no harm. */
  void answeredAfter(long nanos) {
    double before = latencyNanos;
    latencyNanos = before == 0 ? nanos : before + SMOOTHING * (nanos - before);
  }

  /** Tells the breaker of a failure. */
  void failed(int admitted, GatewayProblem why) {
    if (breaker.failed(admitted)) {
      LOG.warn("provider {}: breaker open, last failure: {}", name, why.message());
    }
  }

  UpstreamState state() {
    int unused = 0;
    int active = 0;
    for (LoopPool lane : lanes.values()) {
      unused += lane.unusedCount();
      active += lane.hopCount();
    }
    return new UpstreamState(
        name, breaker.state(), gate.taken(), unused, gate.waiting(), active, latencyNanos / 1e6);
  }

  /** Closes unused connections; those in use close when their answers are complete. */
  void closeUnused() {
    for (LoopPool lane : lanes.values()) {
      if (!lane.loop().isShuttingDown()) {
        lane.loop().execute(lane::closeUnused);
      }
    }
  }
}
