package dev.serai.processors.experiments;

import dev.serai.core.call.Call;
import dev.serai.core.experiment.Experiment;
import dev.serai.core.experiment.ExperimentSnapshot;
import dev.serai.core.experiment.Variant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Lets a chat call take part in the experiment of its model. It takes no part if its caller may not
 * call that model, or if no provider serves the model of its variant now. While challengers are
 * disabled every call gets the champion. Thread-safe; never blocks.
 */
public final class AssignVariant {
  private final ExperimentSnapshot experiments;
  private final Predicate<String> served;
  private final BooleanSupplier challengers;

  /**
   * @param served whether a configured provider serves a model name
   * @param challengers whether they may get calls
   */
  public AssignVariant(
      ExperimentSnapshot experiments, Predicate<String> served, BooleanSupplier challengers) {
    this.experiments = experiments;
    this.served = served;
    this.challengers = challengers;
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
    Variant variant =
        challengers.getAsBoolean()
            ? found.get().variant(call.caller(), call.requestId())
            : found.get().champion();
    if (served.test(variant.model())) {
      call.assign(found.get().assigned(variant));
    }
  }
}
