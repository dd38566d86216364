package dev.serai.processors.routing;

import dev.serai.core.call.Call;
import dev.serai.core.caller.AllowList;
import dev.serai.core.request.ChatRequest;
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
    AllowList allowed = call.caller().identity().models();
    Plan plan = models.resolve(asked, allowed);
    if (!allowed.allowsAll() && call.request() instanceof ChatRequest chat) {
      plan = AllowedModels.withOthers(plan, chat.otherModels(), allowed);
    }
    Calls.plan(
        exchange,
        call.request() instanceof ContinuingRequest continuing ? first(plan, continuing) : plan);
  }

  private static Plan first(Plan plan, ContinuingRequest continuing) {
    return continuing.storedBy().map(plan::preferring).orElse(plan);
  }
}
