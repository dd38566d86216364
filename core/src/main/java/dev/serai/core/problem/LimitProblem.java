package dev.serai.core.problem;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** 429: the caller has reached a limit of its own, such as a rate or a budget. */
public final class LimitProblem extends GatewayProblem {
  private static final long serialVersionUID = 1L;

  private final transient Optional<Duration> retryAfter;
  private final transient Map<String, String> explanation;

  /**
   * @param code the exact error, machine readable ({@code rate_limit_exceeded})
   * @param retryAfter how long until the limit allows the next request; sent to the client in whole
   *     seconds
   */
  public LimitProblem(String code, String message, Duration retryAfter) {
    this(code, message, retryAfter, Map.of());
  }

  /**
   * @param explanation which limit it is, by name: {@code scope}, {@code window} and others
   */
  public LimitProblem(
      String code, String message, Duration retryAfter, Map<String, String> explanation) {
    super(429, "rate_limit_error", code, message);
    this.retryAfter = Optional.of(retryAfter);
    this.explanation = Collections.unmodifiableMap(new LinkedHashMap<>(explanation));
  }

  private LimitProblem(String type, String code, String message, Optional<Duration> retryAfter) {
    super(429, type, code, message);
    this.retryAfter = retryAfter;
    this.explanation = Map.of();
  }

  /**
   * A budget is used up, in the words that OpenAI's clients know.
   *
   * @param retryAfter how long until the budget may have enough again; empty if it never has
   */
  public static LimitProblem usedUp(String message, Optional<Duration> retryAfter) {
    return new LimitProblem("insufficient_quota", "insufficient_quota", message, retryAfter);
  }

  @Override
  public Optional<Duration> retryAfter() {
    return retryAfter;
  }

  @Override
  public Map<String, String> explanation() {
    return explanation;
  }
}
