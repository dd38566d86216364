package dev.serai.gateway.wiring;

import dev.serai.core.experiment.ExperimentStore;
import dev.serai.core.experiment.result.ObservedCall;
import dev.serai.gateway.management.AdminRequests;
import dev.serai.processors.experiments.ExperimentSteps;
import java.util.Map;

/** Manages experiments. {@link RoutingFeature} lets calls take part in those that run. */
final class ExperimentsFeature implements Feature {
  private final SharedParts shared;
  private final RoutingFeature routing;
  private final ExperimentStore store;
  private final ObservedCall.Source calls;

  ExperimentsFeature(SharedParts shared, RoutingFeature routing, KeysFeature keys) {
    this.shared = shared;
    this.routing = routing;
    calls = keys.stores().observedCalls();
    store = keys.stores().experiments();
    keys.stores().reportExperiments(routing.experiments()::replace);
  }

  @Override
  public Map<String, Object> beans() {
    ExperimentSteps.Parts parts =
        new ExperimentSteps.Parts(
            store, AdminRequests.experiments(), calls, routing.models()::serves);
    return Map.copyOf(ExperimentSteps.of(parts, shared.loops()));
  }
}
