package dev.serai.processors.experiments;

import dev.serai.core.call.Call;
import dev.serai.core.experiment.Experiment;
import dev.serai.core.experiment.ExperimentSnapshot;
import dev.serai.core.experiment.Variant;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Lets a chat call take part in the experiment of its model. It takes no part if its caller may not
 * call that model, or if no provider serves the model of its variant now. Thread-safe; never
 * blocks.
 */
public final class AssignVariant {
  private final ExperimentSnapshot experiments;
  private final Predicate<String> served;

  /**
   * @param served whether a configured provider serves a model name
   */
  public AssignVariant(ExperimentSnapshot experiments, Predicate<String> served) {
    this.experiments = experiments;
    this.served = served;
  }

  /** Assigns the call, before it is planned. */
  public void assign(Call call) {
    String model = call.request().model();
    Optional<Experiment> found = experiments.find(call.caller().tenant(), model);
    if (found.isEmpty()
        || call.request().isTokenCount()
        || !call.caller().identity().models().allows(model)) {
      return;
    }
    Variant variant = found.get().variant(call.caller(), call.requestId());
    if (served.test(variant.model())) {
      call.assign(found.get().assigned(variant));
    }
  }
}
