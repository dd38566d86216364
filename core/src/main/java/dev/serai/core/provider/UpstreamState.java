package dev.serai.core.provider;

import java.util.Map;

/**
 * The state of the connections to one provider at one moment, for metrics and health.
 *
 * @param breaker the state of the circuit breaker of the provider itself
 * @param modelBreakers the states of the breakers of models that are not closed, by the provider's
 *     names of them
 * @param openConnections connections that are open or being opened
 * @param idleConnections open connections without a call
 * @param waiting calls that wait for a connection
 * @param active calls that have not ended, including those that wait
 * @param latencyMillis moving average of the time from a request to the response headers; 0 before
 *     the first
 */
public record UpstreamState(
    String provider,
    BreakerState breaker,
    Map<String, BreakerState> modelBreakers,
    int openConnections,
    int idleConnections,
    int waiting,
    int active,
    double latencyMillis) {
  public UpstreamState {
    modelBreakers = Map.copyOf(modelBreakers);
  }

  /** What the circuit breaker does. */
  public enum BreakerState {
    /** Lets every call through. */
    CLOSED,
    /** Refuses every call. */
    OPEN,
    /** Lets a few calls through to see whether the provider has recovered. */
    HALF_OPEN
  }
}
