package dev.serai.config;

import dev.serai.config.provider.ModelListSettings;
import dev.serai.core.net.BreakerLimits;
import dev.serai.core.net.Deadlines;
import dev.serai.core.net.PoolLimits;

/**
 * The way to every provider.
 *
 * @param deadlines how long a provider may take
 * @param pool bounds of the connections to one provider
 * @param breaker when a provider is left alone, and for how long
 * @param proxy what stands between Serai and the providers
 * @param modelLists what is asked of the providers without a caller
 */
public record UpstreamSettings(
    Deadlines deadlines,
    PoolLimits pool,
    BreakerLimits breaker,
    ProxySettings proxy,
    ModelListSettings modelLists) {

  /** The defaults of each part. */
  public static UpstreamSettings defaults() {
    return new UpstreamSettings(
        Deadlines.defaults(),
        PoolLimits.defaults(),
        BreakerLimits.defaults(),
        ProxySettings.defaults(),
        ModelListSettings.defaults());
  }
}
