package dev.serai.adapters.upstream;

import dev.serai.core.limit.Hold;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import java.util.Optional;

/**
 * A circuit breaker's permit for one upstream call. Settled without a problem it counts as a
 * success, with a problem that says the provider is unhealthy as a failure; with any other problem,
 * and when released, it does not count.
 */
final class BreakerPermit extends Hold {
  private final Upstream upstream;
  private final int epoch;

  BreakerPermit(Upstream upstream, int epoch) {
    this.upstream = upstream;
    this.epoch = epoch;
  }

  @Override
  protected void onSettle(Optional<GatewayProblem> problem) {
    if (problem.isEmpty()) {
      upstream.breaker().succeeded(epoch);
    } else if (problem.get() instanceof ProviderProblem p && p.fault().countedByBreaker()) {
      upstream.failed(epoch, p);
    } else {
      upstream.breaker().released(epoch);
    }
  }

  @Override
  protected void onRelease() {
    upstream.breaker().released(epoch);
  }
}
