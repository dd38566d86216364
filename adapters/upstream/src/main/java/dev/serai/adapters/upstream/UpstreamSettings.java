package dev.serai.adapters.upstream;

import dev.serai.core.net.BreakerLimits;
import dev.serai.core.net.Deadlines;
import dev.serai.core.net.PoolLimits;

/** The limits that apply to every provider. Immutable. */
public record UpstreamSettings(
    Deadlines deadlines, PoolLimits pool, BreakerLimits breaker, ProxySettings proxy) {

  /** All defaults, and no proxy. */
  public static UpstreamSettings defaults() {
    return new UpstreamSettings(
        Deadlines.defaults(), PoolLimits.defaults(), BreakerLimits.defaults(), ProxySettings.NONE);
  }
}
