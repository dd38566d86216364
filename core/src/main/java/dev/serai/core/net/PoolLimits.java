package dev.serai.core.net;

import dev.serai.core.time.DurationFaults;
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
    new DurationFaults()
        .refuseIf(maxConnections < 1, "maxConnections must be above 0")
        .refuseIf(maxWaiting < 0, "maxWaiting must be 0 or more")
        .refuseIf(maxReplyBytes < 1, "maxReplyBytes must be above 0")
        .notNegative("maxWait", maxWait)
        .positive("idleTime", idleTime)
        .throwIfAny();
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
