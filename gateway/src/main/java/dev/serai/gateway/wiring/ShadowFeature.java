package dev.serai.gateway.wiring;

import dev.serai.core.call.CallListener;
import dev.serai.gateway.edge.request.RequestIds;
import dev.serai.processors.experiments.ShadowCalls;
import dev.serai.processors.experiments.ShadowCalls.End;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;

/** Copies calls of experiments to variants that get copies. */
final class ShadowFeature implements Feature {
  private final ShadowCalls calls;

  /**
   * @param routes where the routes run
   */
  ShadowFeature(
      SharedParts shared,
      AccountingFeature accounting,
      RoutingFeature routing,
      Supplier<CamelContext> routes) {
    RequestIds ids = shared.requestIds();
    ShadowCalls.Gateway gateway =
        new ShadowCalls.Gateway(
            routes,
            shared.loops(),
            shared.ticker(),
            ids::next,
            accounting.ledger()::admitted,
            accounting.ledger(),
            shared.catalogue()::costNanoUsd,
            routing::parameters);
    calls = new ShadowCalls(routing::shadow, gateway, shared.memory(), shared.clock());
    for (End how : End.values()) {
      shared
          .metrics()
          .counter(
              "serai.shadow.calls",
              "Copies of calls for variants of experiments, by how they ended",
              Map.of("outcome", how.label()),
              () -> calls.count(how));
    }
  }

  @Override
  public Map<String, Object> beans() {
    return Map.copyOf(calls.steps());
  }

  @Override
  public List<CallListener> listeners() {
    return List.of(calls);
  }
}
