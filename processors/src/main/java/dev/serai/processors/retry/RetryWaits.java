package dev.serai.processors.retry;

import dev.serai.core.call.Call;
import dev.serai.core.problem.GatewayProblem;
import java.time.Duration;

/**
 * How long to wait before the same candidate is tried again: what the provider asked for, else a
 * delay that doubles with each retry, up to ten seconds.
 *
 * @param first the delay before the first retry
 */
public record RetryWaits(Duration first) {
  private static final Duration MAX = Duration.ofSeconds(10);
  private static final int MAX_DOUBLINGS = 16;

  /** The wait before the call's next attempt. */
  public Duration before(Call call) {
    int retries = call.candidatesTried() - call.plan().candidates().size();
    return call.current()
        .problem()
        .flatMap(GatewayProblem::retryAfter)
        .orElseGet(() -> own(retries));
  }

  private Duration own(int retries) {
    Duration doubled = first.multipliedBy(1L << Math.clamp(retries, 0, MAX_DOUBLINGS));
    return doubled.compareTo(MAX) < 0 ? doubled : MAX;
  }
}
