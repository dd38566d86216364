package dev.serai.adapters.upstream;

import dev.serai.core.limit.ByteLimit;
import dev.serai.core.net.BreakerLimits;
import dev.serai.core.net.Deadlines;
import dev.serai.core.net.PoolLimits;

/**
 * The limits that apply to every provider. Immutable, except for what the memory limit counts.
 *
 * @param memory counts the bytes of replies that are collected
 */
public record UpstreamLimits(
    Deadlines deadlines,
    PoolLimits pool,
    BreakerLimits breaker,
    ProxyRules proxy,
    ByteLimit memory) {

  /** Limits without a memory limit. */
  public UpstreamLimits(
      Deadlines deadlines, PoolLimits pool, BreakerLimits breaker, ProxyRules proxy) {
    this(deadlines, pool, breaker, proxy, ByteLimit.unlimited());
  }

  /** All defaults, and no proxy. */
  public static UpstreamLimits defaults() {
    return new UpstreamLimits(
        Deadlines.defaults(), PoolLimits.defaults(), BreakerLimits.defaults(), ProxyRules.NONE);
  }
}
