package dev.serai.gateway.wiring;

import dev.serai.core.audit.AuditLog;
import dev.serai.core.background.BackgroundThread;
import dev.serai.core.experiment.ExperimentStore;
import dev.serai.core.experiment.result.ObservedCall;
import dev.serai.gateway.management.AdminRequests;
import dev.serai.processors.experiments.ExperimentSteps;
import dev.serai.processors.experiments.PromoteVariants;
import java.time.Duration;
import java.util.Map;

/**
 * Manages experiments, and lets their better variants become champions. {@link RoutingFeature} lets
 * calls take part in those that run.
 */
final class ExperimentsFeature implements Feature {
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final Duration STOP = Duration.ofSeconds(10);

  private final SharedParts shared;
  private final RoutingFeature routing;
  private final ExperimentStore store;
  private final ObservedCall.Source calls;
  private final BackgroundThread promotion;

  ExperimentsFeature(SharedParts shared, RoutingFeature routing, KeysFeature keys, AuditLog audit) {
    this.shared = shared;
    this.routing = routing;
    calls = keys.stores().observedCalls();
    store = keys.stores().experiments();
    keys.stores().reportExperiments(routing.experiments()::replace);
    PromoteVariants promote =
        new PromoteVariants(
            routing.experiments(),
            new PromoteVariants.Stores(store, calls, audit),
            routing::promotion,
            shared.clock());
    promotion =
        shared.threads().repeat("experiments", PAUSE, PAUSE, _ -> promoteIfEnabled(promote));
  }

  private void promoteIfEnabled(PromoteVariants promote) {
    if (routing.challengers()) {
      promote.run();
    }
  }

  @Override
  public void start() {
    promotion.start();
  }

  @Override
  public void close() {
    promotion.stopAndJoin(STOP);
  }

  @Override
  public Map<String, Object> beans() {
    return Map.copyOf(
        new ExperimentSteps(
                store,
                AdminRequests.experiments(),
                calls,
                routing::promotion,
                routing.models()::serves,
                shared.loops())
            .byName());
  }
}
