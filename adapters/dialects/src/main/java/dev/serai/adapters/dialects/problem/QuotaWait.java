package dev.serai.adapters.dialects.problem;

import dev.serai.core.http.Headers;
import java.time.Duration;
import java.util.Optional;

/**
 * Collects how long an error of Google's asks to wait: {@code retryDelay} of a {@code
 * google.rpc.RetryInfo}, else {@code quotaResetDelay} or {@code quotaResetTimeStamp} in the
 * metadata of a {@code google.rpc.ErrorInfo}. Google's code assistance has the latter two, and not
 * always the first one. For one error; not thread-safe.
 */
public final class QuotaWait {
  private Optional<Duration> delay = Optional.empty();
  private Optional<Duration> resetDelay = Optional.empty();
  private String resetTime = "";

  /** Takes {@code retryDelay}. */
  public void delay(String text) {
    delay = RetryAfter.duration(text);
  }

  /** Takes {@code quotaResetDelay}. */
  public void resetDelay(String text) {
    resetDelay = RetryAfter.duration(text);
  }

  /** Takes {@code quotaResetTimeStamp}. */
  public void resetTime(String text) {
    resetTime = text;
  }

  /**
   * The wait. The time of the reset counts only if nothing else says how long it is.
   *
   * @param headers of the reply; their {@code Date} is the present
   */
  public Optional<Duration> until(Headers headers) {
    return delay
        .or(() -> resetDelay)
        .or(() -> RetryAfter.read(headers))
        .or(() -> RetryAfter.until(resetTime, headers));
  }
}
