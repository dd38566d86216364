package dev.serai.gateway.edge.websocket;

import java.time.Duration;
import java.util.List;

/**
 * Limits of WebSocket connections.
 *
 * @param maxMessageBytes of a client's message; a larger one closes the connection with 1009
 * @param idleTime after which a client that sends nothing, not even a pong, is disconnected
 * @param maxTime after which a connection is closed, however busy it is; zero for never
 * @param origins of other sites whose pages may connect, for example {@code https://app.example};
 *     {@code *} for all
 */
public record SocketLimits(
    int maxMessageBytes, Duration idleTime, Duration maxTime, List<String> origins) {
  /**
   * @throws IllegalArgumentException if the size or the idle time is not above zero
   */
  public SocketLimits {
    if (maxMessageBytes <= 0 || !idleTime.isPositive()) {
      throw new IllegalArgumentException("limits of WebSocket connections must be above zero");
    }
    origins = List.copyOf(origins);
  }

  /** Messages of 16 MiB, two minutes without a sign, an hour in all, no other sites. */
  public static SocketLimits defaults() {
    return new SocketLimits(
        16 * 1024 * 1024, Duration.ofMinutes(2), Duration.ofMinutes(60), List.of());
  }
}
