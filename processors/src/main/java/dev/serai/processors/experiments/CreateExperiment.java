package dev.serai.processors.experiments;

import dev.serai.core.caller.Caller;
import dev.serai.core.experiment.Experiment;
import dev.serai.core.experiment.ExperimentRequest;
import dev.serai.core.experiment.ExperimentStore;
import dev.serai.core.http.InboundRequest;
import dev.serai.processors.management.JsonStep;
import dev.serai.processors.support.EventLoops;
import java.util.Set;

/** Stores an experiment. Thread-safe. */
final class CreateExperiment extends JsonStep {
  private static final Set<String> MEMBERS =
      Set.of("id", "tenant", "model", "unit", "status", "variants", "automatic");

  private final ManagedExperiments experiments;
  private final ExperimentStore store;
  private final ExperimentRequest.Reader reader;

  CreateExperiment(
      ManagedExperiments experiments,
      ExperimentStore store,
      ExperimentRequest.Reader reader,
      EventLoops loops) {
    super(loops);
    this.experiments = experiments;
    this.store = store;
    this.reader = reader;
  }

  @Override
  protected byte[] reply(Caller caller, InboundRequest request) {
    Experiment wanted = reader.read(request.body(), MEMBERS).create(caller.tenant());
    ManagedExperiments.requireManaged(caller, wanted);
    ManagedExperiments.requireCallable(caller, wanted);
    experiments.requireModels(wanted);
    return ExperimentJson.of(store.create(wanted));
  }
}
