package dev.serai.core.provider;

/**
 * How a provider is doing at one moment, for metrics and health.
 *
 * @param breaker whether calls are let through
 * @param openConnections that stand or are being opened
 * @param idleConnections of these, unused ones
 * @param waiting calls that wait for a connection
 * @param active calls that have not ended, waiting ones included
 * @param latencyMillis moving average of the time from a request to the head of its answer; 0
 *     before the first
 */
public record UpstreamState(
    String provider,
    BreakerState breaker,
    int openConnections,
    int idleConnections,
    int waiting,
    int active,
    double latencyMillis) {

  /** What the circuit breaker does. */
  public enum BreakerState {
    /** Lets every call through. */
    CLOSED,
    /** Refuses every call. */
    OPEN,
    /** Lets a few calls through to see whether the provider is well again. */
    HALF_OPEN
  }
}
