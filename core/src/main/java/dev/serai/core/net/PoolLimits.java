package dev.serai.core.net;

import java.time.Duration;

/**
 * Limits for the connections to one provider.
 *
 * @param maxConnections how many connections may be open, over all event loops
 * @param maxWaiting how many requests may wait for a connection, in the order of their arrival;
 *     further ones are refused
 * @param maxWait how long a request waits before it is refused
 * @param idleTime time after which an unused connection is closed
 * @param maxReplyBytes size limit of a non-streaming response
 */
public record PoolLimits(
    int maxConnections, int maxWaiting, Duration maxWait, Duration idleTime, int maxReplyBytes) {
  /**
   * @throws IllegalArgumentException if a count or a time is below its minimum
   */
  public PoolLimits {
    if (maxConnections < 1 || maxWaiting < 0 || maxReplyBytes < 1) {
      throw new IllegalArgumentException("pool limits must be above zero");
    }
    if (maxWait.isNegative() || idleTime.isNegative() || idleTime.isZero()) {
      throw new IllegalArgumentException("pool times must be above zero");
    }
  }

  /**
   * 8,192 connections, 1,024 waiting for up to 5 s, closed after 60 s idle, replies of at most 32
   * MiB.
   */
  public static PoolLimits defaults() {
    return new PoolLimits(
        8192, 1024, Duration.ofSeconds(5), Duration.ofSeconds(60), 32 * 1024 * 1024);
  }
}
