package dev.serai.processors.experiments;

import dev.serai.core.caller.Caller;
import dev.serai.core.experiment.ExperimentStore;
import dev.serai.core.http.InboundRequest;
import dev.serai.processors.management.JsonStep;
import dev.serai.processors.support.EventLoops;

/**
 * Deletes an experiment that does not run. The calls that took part stay in the ledger.
 * Thread-safe.
 */
final class DeleteExperiment extends JsonStep {
  private final ManagedExperiments experiments;
  private final ExperimentStore store;

  DeleteExperiment(ManagedExperiments experiments, ExperimentStore store, EventLoops loops) {
    super(loops);
    this.experiments = experiments;
    this.store = store;
  }

  @Override
  protected byte[] reply(Caller caller, InboundRequest request) {
    String id = experiments.find(caller, request).id();
    if (!store.delete(id)) {
      throw ManagedExperiments.unknown();
    }
    return deleted(id);
  }
}
