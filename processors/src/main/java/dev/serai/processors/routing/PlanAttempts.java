package dev.serai.processors.routing;

import dev.serai.core.call.Call;
import dev.serai.core.responses.ContinuingRequest;
import dev.serai.core.routing.Plan;
import dev.serai.processors.support.Calls;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Plans a call: which candidates are tried, in which order. A request that continues a stored
 * response prefers the provider that stores it too. Thread-safe.
 */
public final class PlanAttempts implements Processor {
  private final ModelResolver models;

  public PlanAttempts(ModelResolver models) {
    this.models = models;
  }

  @Override
  public void process(Exchange exchange) {
    Call call = Calls.of(exchange);
    String asked = call.request().model();
    Plan plan = models.resolve(asked, call.caller().identity().models());
    Calls.plan(
        exchange,
        call.request() instanceof ContinuingRequest continuing
            ? continuing.storedBy().map(plan::preferring).orElse(plan)
            : plan);
  }
}
