package dev.serai.core.problem;

import java.time.Duration;
import java.util.Optional;

/** The gateway itself cannot take the request now: shutting down, or a bound of its own reached. */
public final class CapacityProblem extends GatewayProblem {
  private static final long serialVersionUID = 1L;

  private final Duration retryAfter;

  /**
   * @param retryAfter how long to wait before a retry; sent to the client in whole seconds
   */
  public CapacityProblem(String code, String message, Duration retryAfter) {
    super(503, "server_error", code, message);
    this.retryAfter = retryAfter;
  }

  @Override
  public Optional<Duration> retryAfter() {
    return Optional.of(retryAfter);
  }
}
