package dev.serai.gateway.wiring;

import dev.serai.adapters.redis.RedisRates;
import dev.serai.config.state.StateSettings;
import dev.serai.core.net.RedisAddress;
import dev.serai.core.rate.shared.SharedRates;
import dev.serai.gateway.telemetry.metrics.Metrics;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shares limits with other gateways through Redis, and reports how that goes. */
final class SharedLimits implements SharedRates.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(SharedLimits.class);

  private SharedLimits() {}

  /** The limits of all gateways with the same Redis; empty if no Redis is set. */
  static Optional<SharedRates> of(SharedParts shared) {
    StateSettings state = shared.settings().state();
    return state.redisUrl().map(url -> rates(shared, RedisAddress.parse(url.reveal())));
  }

  private static SharedRates rates(SharedParts shared, RedisAddress address) {
    RedisRates redis = new RedisRates(address, shared.settings().state().redisPrefix());
    String gateway = UUID.randomUUID().toString();
    SharedRates rates =
        new SharedRates(
            shared.ticker(), shared.clock(), shared.threads(), gateway, redis, new SharedLimits());
    meter(shared.metrics(), rates);
    return rates;
  }

  private static void meter(Metrics metrics, SharedRates rates) {
    metrics.gauge(
        "serai.limits.redis.up",
        "Whether limits are shared through Redis: 1 or 0",
        Map.of(),
        () -> rates.isShared() ? 1 : 0);
    metrics.gauge(
        "serai.limits.gateways",
        "Gateways that share the limits, as last known",
        Map.of(),
        rates::gateways);
    metrics.gauge(
        "serai.limits.shared.windows",
        "Windows that were used lately and are exchanged with other gateways",
        Map.of(),
        rates::exchanged);
    metrics.counter(
        "serai.limits.exchanges",
        "Exchanges of counts with Redis that succeeded",
        Map.of(),
        rates::exchanges);
    metrics.counter(
        "serai.limits.exchange.failures",
        "Exchanges of counts with Redis that failed",
        Map.of(),
        rates::failures);
  }

  @Override
  public void shared(int gateways) {
    LOG.info("limits are shared through Redis; gateways that share them: {}", gateways);
  }

  @Override
  public void alone(String why, int gateways) {
    LOG.warn(
        "limits are not shared, each of {} known gateways has a share of them, until Redis is"
            + " available: {}",
        gateways,
        why);
  }
}
