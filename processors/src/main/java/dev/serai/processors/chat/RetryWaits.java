package dev.serai.processors.chat;

import dev.serai.core.call.Call;
import dev.serai.core.problem.GatewayProblem;
import java.time.Duration;

/**
 * How long to wait before the same candidate is asked again: what the provider asked for, else a
 * little, doubled each time.
 *
 * @param first before the first retry
 * @param most whatever the number of retries
 */
public record RetryWaits(Duration first, Duration most) {
  private static final int MOST_DOUBLINGS = 16;

  /** The wait before the call's next attempt. */
  Duration before(Call call) {
    int retries = call.attempts().size() - call.plan().candidates().size();
    return call.current()
        .problem()
        .flatMap(GatewayProblem::retryAfter)
        .orElseGet(() -> own(retries));
  }

  private Duration own(int retries) {
    Duration doubled = first.multipliedBy(1L << Math.clamp(retries, 0, MOST_DOUBLINGS));
    return doubled.compareTo(most) < 0 ? doubled : most;
  }
}
