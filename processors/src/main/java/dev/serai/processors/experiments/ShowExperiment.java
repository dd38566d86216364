package dev.serai.processors.experiments;

import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.processors.management.JsonStep;
import dev.serai.processors.support.EventLoops;

/** Shows an experiment. Thread-safe. */
final class ShowExperiment extends JsonStep {
  private final ManagedExperiments experiments;

  ShowExperiment(ManagedExperiments experiments, EventLoops loops) {
    super(loops);
    this.experiments = experiments;
  }

  @Override
  protected byte[] reply(Caller caller, InboundRequest request) {
    return ExperimentJson.of(experiments.find(caller, request));
  }
}
