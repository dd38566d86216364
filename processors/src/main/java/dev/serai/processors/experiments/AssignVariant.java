package dev.serai.processors.experiments;

import dev.serai.core.call.Call;
import dev.serai.core.experiment.Experiment;
import dev.serai.core.experiment.ExperimentSnapshot;
import dev.serai.core.experiment.Variant;
import dev.serai.core.experiment.assigned.AssignedModel;
import dev.serai.core.experiment.assigned.Shadows;
import dev.serai.core.http.InboundRequest;
import java.util.List;
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

  /** Assigns a call that is not made. */
  public void assign(Call call) {
    find(call).ifPresent(found -> assigned(call, found).ifPresent(call::assign));
  }

  /**
   * Assigns the call, before it is planned.
   *
   * @param inbound the request of the client, without parameters of an alias
   */
  public void assign(Call call, InboundRequest inbound) {
    find(call)
        .ifPresent(
            found ->
                assigned(call, found)
                    .ifPresent(
                        made -> {
                          call.assign(made);
                          copy(call, found, inbound);
                        }));
  }

  private void copy(Call call, Experiment found, InboundRequest inbound) {
    if (found.hasShadows() && challengers.getAsBoolean()) {
      List<AssignedModel> shadows = found.shadows(call.requestId());
      if (!shadows.isEmpty()) {
        call.lifecycle().setShadows(new Shadows(inbound, shadows));
      }
    }
  }

  private Optional<Experiment> find(Call call) {
    String model = call.request().model();
    return experiments
        .find(call.caller().tenant(), model)
        .filter(
            _ -> !call.request().isTokenCount() && call.caller().identity().models().allows(model));
  }

  private Optional<AssignedModel> assigned(Call call, Experiment found) {
    Variant variant =
        challengers.getAsBoolean()
            ? found.variant(call.caller(), call.requestId())
            : found.champion();
    return served.test(variant.model()) ? Optional.of(found.assigned(variant)) : Optional.empty();
  }
}
