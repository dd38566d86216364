package dev.serai.processors.experiments;

import dev.serai.core.caller.Caller;
import dev.serai.core.experiment.Experiment;
import dev.serai.core.experiment.ExperimentRequest;
import dev.serai.core.experiment.ExperimentStore;
import dev.serai.core.http.InboundRequest;
import dev.serai.processors.management.JsonStep;
import dev.serai.processors.support.EventLoops;
import java.util.Set;

/** Changes the status, the variants or the promotion of an experiment. Thread-safe. */
final class ChangeExperiment extends JsonStep {
  private static final Set<String> CHANGEABLE = Set.of("status", "variants", "automatic");

  private final ManagedExperiments experiments;
  private final ExperimentStore store;
  private final ExperimentRequest.Reader reader;

  ChangeExperiment(
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
    ExperimentRequest changes = reader.read(request.body(), CHANGEABLE);
    String id = experiments.find(caller, request).id();
    return ExperimentJson.of(
        store
            .change(id, former -> changed(caller, former, changes))
            .orElseThrow(ManagedExperiments::unknown));
  }

  /** A caller that manages the tenant may stop an experiment, whatever models it names. */
  private Experiment changed(Caller caller, Experiment former, ExperimentRequest changes) {
    Experiment changed = changes.change(former);
    boolean stopsOnly =
        changed.status() == Experiment.Status.STOPPED
            && changed.variants().equals(former.variants());
    if (!stopsOnly) {
      ManagedExperiments.requireCallable(caller, changed);
    }
    if (changed.status() != Experiment.Status.STOPPED) {
      experiments.requireModels(changed);
    }
    return changed;
  }
}
