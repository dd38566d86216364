package dev.serai.processors.experiments;

import dev.serai.core.call.Call;
import dev.serai.core.call.CallBounds;
import dev.serai.core.caller.Caller;
import dev.serai.core.experiment.assigned.AssignedModel;
import dev.serai.core.http.HeaderRules;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.model.DefaultParameters;
import dev.serai.core.routing.RoutingCriteria;
import dev.serai.core.surface.Surface;
import dev.serai.core.time.Ticker;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What is kept of a call that has ended while copies of it wait and run: no attempts, no response
 * and no credential of its client. Immutable.
 *
 * @param request of the client, as it came, without header fields that show a key
 */
record CopiedCall(
    String requestId,
    Surface surface,
    Caller caller,
    CallBounds bounds,
    RoutingCriteria criteria,
    InboundRequest request) {

  static CopiedCall of(Call call, InboundRequest inbound) {
    return new CopiedCall(
        call.requestId(),
        call.surface(),
        call.caller(),
        new CallBounds(call.bounds().timeout(), 1),
        call.criteria(),
        inbound.with(HeaderRules.withoutCredentials(inbound.headers())));
  }

  /** The bytes that it holds in memory, about. */
  long bytes() {
    long[] sum = {request.body().length};
    request.headers().forEach((name, value) -> sum[0] += name.length() + value.length());
    return sum[0];
  }

  /**
   * A copy, which has one attempt.
   *
   * @param parameters of an alias, for requests that do not set them
   * @throws dev.serai.core.problem.GatewayProblem if the request cannot be read again
   */
  Call copy(
      AssignedModel assigned,
      Supplier<String> ids,
      Ticker ticker,
      Function<String, DefaultParameters> parameters) {
    byte[] body = surface.withDefaults(request.body(), parameters.apply(assigned.model()));
    Call call = new Call(ids.get(), surface.readRequest(request.with(body)), surface, ticker);
    call.setCaller(caller);
    call.describe(bounds, criteria);
    call.setClientHeaders(request.headers());
    call.assign(assigned);
    return call;
  }
}
