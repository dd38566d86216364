package dev.serai.processors.routing;

import dev.serai.core.call.Call;
import dev.serai.core.caller.AllowList;
import dev.serai.core.model.ModelCatalogue.ModelRoute;
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
    Plan plan = models.plan(route(call, models), call);
    Calls.plan(
        exchange,
        call.asked() instanceof ContinuingRequest continuing ? first(plan, continuing) : plan);
  }

  /** The candidates of a call that its caller may use. */
  static ModelRoute route(Call call, ModelResolver models) {
    AllowList allowed = call.caller().identity().models();
    ModelRoute route = models.known(call.plannedModel(), call.request().model(), allowed);
    return !allowed.allowsAll() && call.request() instanceof ChatRequest chat
        ? AllowedModels.withOthers(route, chat.otherModels(), allowed)
        : route;
  }

  private static Plan first(Plan plan, ContinuingRequest continuing) {
    return continuing.storedBy().map(plan::preferring).orElse(plan);
  }
}
