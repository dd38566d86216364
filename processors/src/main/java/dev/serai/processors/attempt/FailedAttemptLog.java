package dev.serai.processors.attempt;

import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.call.CallListener;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.processors.tokens.UncountedTokens;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs every failed attempt as one warning with the request, the provider and the cause, also if
 * another attempt saves the call. The words of a provider are left out, since they may repeat a
 * prompt or a key. Thread-safe.
 */
public final class FailedAttemptLog implements CallListener {
  private static final Logger LOG = LoggerFactory.getLogger(FailedAttemptLog.class);
  private static final int MAX_DETAIL = 500;

  /**
   * Logs the call's current attempt, which has failed.
   *
   * @param continues whether another attempt follows
   */
  static void write(Call call, ProviderProblem problem, boolean continues) {
    Attempt attempt = call.current();
    LOG.warn(
        "request {}: attempt {} at provider {} failed: {}{}{}{}; {}",
        call.requestId(),
        call.attempts().size(),
        attempt.candidate().provider(),
        problem.failureCause().label(),
        attempt.providerStatus() == 0 ? "" : ", status " + attempt.providerStatus(),
        key(attempt, problem),
        problem.detail().map(detail -> ", " + oneLine(detail)).orElse(""),
        next(call, continues));
  }

  private static String next(Call call, boolean continues) {
    if (continues) {
      return "another attempt follows";
    }
    return UncountedTokens.areEstimated(call) ? "the tokens are estimated" : "the call fails";
  }

  /** The key that was used, by its variable and its ID, if it may be the cause. */
  private static String key(Attempt attempt, ProviderProblem problem) {
    boolean cause =
        problem.failureCause() == FailureCause.CREDENTIALS
            || problem.failureCause() == FailureCause.RATE_LIMITED;
    return cause
        ? attempt.key().map(key -> ", key " + key.name() + " (" + key.id() + ")").orElse("")
        : "";
  }

  /** Logs a stream that broke off; the attempts before it have been logged already. */
  @Override
  public void settled(Call call) {
    if (call.streaming() && !call.attempts().isEmpty()) {
      call.current().providerProblem().ifPresent(problem -> write(call, problem, false));
    }
  }

  private static String oneLine(String detail) {
    String clipped = detail.length() <= MAX_DETAIL ? detail : detail.substring(0, MAX_DETAIL);
    return clipped.replaceAll("\\p{Cntrl}", " ");
  }
}
