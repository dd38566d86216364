package dev.serai.processors.attempt;

import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.call.CallListener;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.provider.key.ProviderKeys;
import java.util.Optional;

/**
 * Updates the health of provider keys by the outcome of attempts: 429 puts a key in cooldown, 401,
 * 402 and 403 disable it, a success marks it healthy. Thread-safe.
 */
public final class KeyHealthListener implements CallListener {
  private final ProviderKeys keys;

  public KeyHealthListener(ProviderKeys keys) {
    this.keys = keys;
  }

  /** Updates the key of an attempt that has failed. */
  void failed(Attempt attempt) {
    if (attempt.key().isEmpty() || attempt.providerProblem().isEmpty()) {
      return;
    }
    ProviderProblem p = attempt.providerProblem().get();
    if (p.failureCause() == FailureCause.RATE_LIMITED) {
      keys.recordRateLimit(attempt.key().get(), p.retryAfter());
    } else if (p.failureCause() == FailureCause.CREDENTIALS) {
      String model = attempt.candidate().model();
      keys.recordRefusal(attempt.key().get(), model, attempt.providerStatus());
    }
  }

  /** Whether the failed attempt can be repeated at once with another key. */
  boolean mayRotate(Attempt attempt) {
    Optional<FailureCause> cause = attempt.providerProblem().map(ProviderProblem::failureCause);
    return cause
            .filter(it -> it == FailureCause.RATE_LIMITED || it == FailureCause.CREDENTIALS)
            .isPresent()
        && attempt.key().isPresent()
        && keys.hasAnother(attempt.key().get(), attempt.candidate().model());
  }

  @Override
  public void settled(Call call) {
    if (call.attempts().isEmpty()) {
      return;
    }
    Attempt last = call.current();
    if (last.key().isPresent() && last.problem().isEmpty() && last.firstTokenNanos() != 0) {
      keys.recordSuccess(last.key().get(), last.candidate().model());
    }
  }
}
