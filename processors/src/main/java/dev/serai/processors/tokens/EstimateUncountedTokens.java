package dev.serai.processors.tokens;

import dev.serai.core.call.Call;
import dev.serai.core.model.TokenEstimator;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.OffLoop;
import org.apache.camel.Exchange;

/**
 * Estimates the tokens of a request if the providers that were to count them have no path for it,
 * as {@link UncountedTokens} finds. Any other failure stays that of the call. Thread-safe.
 */
public final class EstimateUncountedTokens extends OffLoop {
  private final EstimatedCount estimated;

  public EstimateUncountedTokens(TokenEstimator estimator, EventLoops loops) {
    super(loops);
    this.estimated = new EstimatedCount(estimator);
  }

  @Override
  protected boolean isNeeded(Exchange exchange) {
    if (UncountedTokens.areEstimated(Calls.of(exchange))) {
      return true;
    }
    exchange.setException(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, GatewayProblem.class));
    return false;
  }

  @Override
  protected void work(Exchange exchange) {
    Call call = Calls.of(exchange);
    estimated.write(exchange, call, call.plan().candidates().getFirst());
  }
}
