package dev.serai.processors.experiments;

import dev.serai.core.experiment.ExperimentRequest;
import dev.serai.core.experiment.ExperimentStore;
import dev.serai.core.experiment.result.ObservedCall;
import dev.serai.core.experiment.result.Promotion;
import dev.serai.processors.support.EventLoops;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.camel.Processor;

/** Makes the steps that manage experiments. Immutable; the steps are thread-safe. */
public final class ExperimentSteps {
  private final ExperimentStore store;
  private final ExperimentRequest.Reader reader;
  private final ObservedCall.Source calls;
  private final Supplier<Promotion.Rules> rules;
  private final ManagedExperiments managed;
  private final EventLoops loops;

  /**
   * @param calls that took part
   * @param rules when a champion changes by itself
   * @param served whether a configured provider serves a model name
   */
  public ExperimentSteps(
      ExperimentStore store,
      ExperimentRequest.Reader reader,
      ObservedCall.Source calls,
      Supplier<Promotion.Rules> rules,
      Predicate<String> served,
      EventLoops loops) {
    this.store = store;
    this.reader = reader;
    this.calls = calls;
    this.rules = rules;
    this.managed = new ManagedExperiments(store, served);
    this.loops = loops;
  }

  /** The steps by the name that routes use. */
  public Map<String, Processor> byName() {
    return Map.of(
        "list-experiments", new ListExperiments(store, loops),
        "show-experiment", new ShowExperiment(managed, loops),
        "show-experiment-results", new ShowExperimentResults(managed, calls, rules, loops),
        "create-experiment", new CreateExperiment(managed, store, reader, loops),
        "change-experiment", new ChangeExperiment(managed, store, reader, loops),
        "delete-experiment", new DeleteExperiment(managed, store, loops));
  }
}
