package dev.serai.processors.tokens;

import dev.serai.core.caller.AllowList;
import dev.serai.core.caller.Caller;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.Reply;
import dev.serai.core.limit.Admission;
import dev.serai.core.limit.Hold;
import dev.serai.core.limit.Limit;
import dev.serai.core.model.TokenEstimator;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.surface.Surfaces;
import dev.serai.core.surface.TokenCountSurface;
import dev.serai.processors.routing.ModelResolver;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.OffLoop;
import java.util.Optional;
import org.apache.camel.Exchange;

/**
 * Estimates the tokens of a prompt in the format of the path's surface. No provider is called, and
 * its own count may differ: a header of the reply says that it is an estimate. Runs off the event
 * loop. Thread-safe.
 */
public final class CountTokens extends OffLoop {
  private final Surfaces surfaces;
  private final ModelResolver models;
  private final TokenEstimator estimator;
  private final Limit limit;

  /**
   * What a count needs.
   *
   * @param models resolves model names
   * @param limit of requests, which a count counts against
   */
  public record Parts(ModelResolver models, TokenEstimator estimator, Limit limit) {}

  public CountTokens(Surfaces surfaces, Parts parts, EventLoops loops) {
    super(loops);
    this.surfaces = surfaces;
    this.models = parts.models;
    this.estimator = parts.estimator;
    this.limit = parts.limit;
  }

  @Override
  protected void work(Exchange exchange) {
    InboundRequest inbound = Calls.body(exchange, InboundRequest.class);
    if (!(surfaces.forPath(inbound.path()) instanceof TokenCountSurface surface)) {
      throw new IllegalStateException("no surface counts tokens at " + inbound.path());
    }
    ChatRequest request = surface.readTokenCount(inbound);
    Caller caller = Calls.caller(exchange);
    switch (limit.admit(caller, request)) {
      case Admission.Refused(var problem) -> throw problem;
      case Admission.Admitted(Hold hold) -> {
        try {
          count(exchange, surface, request);
        } finally {
          hold.settle(Optional.empty());
        }
      }
    }
  }

  private void count(Exchange exchange, TokenCountSurface surface, ChatRequest request) {
    AllowList allowed = Calls.caller(exchange).identity().models();
    String model = models.resolve(request.model(), allowed).candidates().getFirst().model();
    HeaderFields headers =
        new HeaderFields().add("content-type", "application/json").add("x-serai-estimated", "true");
    byte[] body = surface.writeTokenCount(estimator.estimate(model, request.conversation()));
    exchange.getMessage().setBody(new Reply.Complete(200, headers, body));
  }
}
