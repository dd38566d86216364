package dev.serai.adapters.upstream;

import dev.serai.core.net.BreakerLimits;
import dev.serai.core.net.Deadlines;
import dev.serai.core.net.PoolLimits;

/** The limits that apply to every provider. Immutable. */
public record UpstreamLimits(
    Deadlines deadlines, PoolLimits pool, BreakerLimits breaker, ProxyRules proxy) {

  /** All defaults, and no proxy. */
  public static UpstreamLimits defaults() {
    return new UpstreamLimits(
        Deadlines.defaults(), PoolLimits.defaults(), BreakerLimits.defaults(), ProxyRules.NONE);
  }
}
