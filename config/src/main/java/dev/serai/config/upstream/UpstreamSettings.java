package dev.serai.config.upstream;

import dev.serai.core.net.BreakerLimits;
import dev.serai.core.net.Deadlines;
import dev.serai.core.net.PoolLimits;

/**
 * Connections to the providers.
 *
 * @param deadlines how long a provider may take
 * @param pool limits for the connections to one provider
 * @param breaker when calls to a failing provider are stopped, and for how long
 * @param proxy proxies between Serai and the providers
 * @param modelLists lists of models that Serai fetches from the providers
 * @param healthProbes requests that Serai sends to models to learn whether they respond
 */
public record UpstreamSettings(
    Deadlines deadlines,
    PoolLimits pool,
    BreakerLimits breaker,
    ProxySettings proxy,
    ModelListSettings modelLists,
    HealthProbeSettings healthProbes) {

  /** The defaults of each part. */
  public static UpstreamSettings defaults() {
    return new UpstreamSettings(
        Deadlines.defaults(),
        PoolLimits.defaults(),
        BreakerLimits.defaults(),
        ProxySettings.defaults(),
        ModelListSettings.defaults(),
        HealthProbeSettings.defaults());
  }
}
