package dev.serai.core.problem;

import java.time.Duration;
import java.util.Optional;

/** 429: the caller has reached a limit of its own, such as a rate or a budget. */
public final class LimitProblem extends GatewayProblem {
  private static final long serialVersionUID = 1L;

  private final Duration retryAfter;

  /**
   * @param code the exact error, machine readable ({@code rate_limit_exceeded})
   * @param retryAfter how long until the limit allows the next request; sent to the client in whole
   *     seconds
   */
  public LimitProblem(String code, String message, Duration retryAfter) {
    super(429, "rate_limit_error", code, message);
    this.retryAfter = retryAfter;
  }

  private LimitProblem(String type, String code, String message, Duration retryAfter) {
    super(429, type, code, message);
    this.retryAfter = retryAfter;
  }

  /**
   * A budget is used up, in the words that OpenAI's clients know.
   *
   * @param retryAfter how long until the budget may have enough again
   */
  public static LimitProblem usedUp(String message, Duration retryAfter) {
    return new LimitProblem("insufficient_quota", "insufficient_quota", message, retryAfter);
  }

  @Override
  public Optional<Duration> retryAfter() {
    return Optional.of(retryAfter);
  }
}
