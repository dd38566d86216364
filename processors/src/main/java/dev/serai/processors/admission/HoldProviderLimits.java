package dev.serai.processors.admission;

import dev.serai.core.problem.ProviderProblem;
import dev.serai.processors.support.Calls;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Takes the limits of the provider and of the model that the current attempt is sent to. The
 * attempt settles them when it ends. Does nothing without such limits. Thread-safe.
 */
public final class HoldProviderLimits implements Processor {
  private final RateLimit limits;

  public HoldProviderLimits(RateLimit limits) {
    this.limits = limits;
  }

  /**
   * @throws ProviderProblem 429 if a limit is reached; another candidate may be tried
   */
  @Override
  public void process(Exchange exchange) {
    limits.admitAttempt(Calls.of(exchange));
  }
}
