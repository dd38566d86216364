package dev.serai.processors.retry;

import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.routing.Candidate;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;

/**
 * Lets a call be sent although the circuit breakers of all its candidates are open: they would
 * refuse every call, also when a provider works again. Of the candidates whose breaker takes an
 * early probe, the one is asked whose breaker would have let a call through first. Pure.
 */
public final class EarlyProbe {
  private EarlyProbe() {}

  /**
   * The candidate that is probed; empty if another candidate has not been tried, a request was
   * sent, or no breaker takes a probe.
   */
  public static Optional<Candidate> of(Call call) {
    if (call.attempts().size() != call.plan().candidates().size()
        || !call.attempts().stream().allMatch(EarlyProbe::metOpenBreaker)) {
      return Optional.empty();
    }
    return call.attempts().stream()
        .filter(attempt -> attempt.providerProblem().filter(ProviderProblem::probeable).isPresent())
        .min(Comparator.comparing(EarlyProbe::wait))
        .map(Attempt::candidate);
  }

  private static boolean metOpenBreaker(Attempt attempt) {
    return attempt
        .providerProblem()
        .filter(p -> p.failureCause() == FailureCause.BREAKER_OPEN)
        .isPresent();
  }

  private static Duration wait(Attempt attempt) {
    return attempt.providerProblem().flatMap(GatewayProblem::retryAfter).orElse(Duration.ZERO);
  }
}
