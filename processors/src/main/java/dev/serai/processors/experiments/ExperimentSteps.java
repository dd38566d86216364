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

/** Makes the steps that manage experiments. The steps are thread-safe. */
public final class ExperimentSteps {
  private ExperimentSteps() {}

  /**
   * What the steps work with.
   *
   * @param calls that took part
   * @param rules when a champion changes by itself
   * @param served whether a configured provider serves a model name
   */
  public record Parts(
      ExperimentStore store,
      ExperimentRequest.Reader reader,
      ObservedCall.Source calls,
      Supplier<Promotion.Rules> rules,
      Predicate<String> served) {}

  /** The steps by the name that routes use. */
  public static Map<String, Processor> of(Parts parts, EventLoops loops) {
    ExperimentStore store = parts.store();
    ManagedExperiments managed = new ManagedExperiments(store, parts.served());
    return Map.of(
        "list-experiments", new ListExperiments(store, loops),
        "show-experiment", new ShowExperiment(managed, loops),
        "show-experiment-results", new ShowExperimentResults(managed, parts, loops),
        "create-experiment", new CreateExperiment(managed, store, parts.reader(), loops),
        "change-experiment", new ChangeExperiment(managed, store, parts.reader(), loops),
        "delete-experiment", new DeleteExperiment(managed, store, loops));
  }
}
