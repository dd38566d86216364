package dev.serai.adapters.upstream;

import dev.serai.core.limit.Hold;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import java.util.Optional;

/**
 * The permits of the circuit breakers of a provider and of a model for one upstream call. Settled
 * without a problem they count as a success. A failure to reach the provider counts for the
 * provider's breaker, another failure that says it is unhealthy for the model's. With any other
 * problem, and when released, nothing counts.
 */
final class BreakerPermit extends Hold {
  private final ProviderBreakers breakers;
  private final int ofProvider;
  private final OfModel ofModel;

  /**
   * What the breaker of a model has admitted.
   *
   * @param model the provider's name of the model
   * @param breaker that of the model, or the one that further models share
   * @param epoch in which it admitted the call
   */
  record OfModel(String model, CircuitBreaker breaker, int epoch) {}

  /**
   * @param ofProvider the epoch in which the breaker of the provider admitted the call
   */
  BreakerPermit(ProviderBreakers breakers, int ofProvider, OfModel ofModel) {
    this.breakers = breakers;
    this.ofProvider = ofProvider;
    this.ofModel = ofModel;
  }

  @Override
  protected void onSettle(Optional<GatewayProblem> problem) {
    if (problem.isEmpty()) {
      breakers.own().succeeded(ofProvider);
      ofModel.breaker.succeeded(ofModel.epoch);
    } else if (problem.get() instanceof ProviderProblem p && p.failureCause().countedByBreaker()) {
      onFailure(p);
    } else {
      onRelease();
    }
  }

  private void onFailure(ProviderProblem problem) {
    if (problem.failureCause().ofProvider()) {
      ofModel.breaker.released(ofModel.epoch);
      breakers.failed(ofProvider, problem);
    } else {
      breakers.own().succeeded(ofProvider);
      breakers.failed(ofModel, problem);
    }
  }

  @Override
  protected void onRelease() {
    breakers.own().released(ofProvider);
    ofModel.breaker.released(ofModel.epoch);
  }
}
