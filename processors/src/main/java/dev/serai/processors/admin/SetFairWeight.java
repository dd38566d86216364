package dev.serai.processors.admin;

import dev.serai.core.fair.rules.FairWeights;
import dev.serai.core.problem.CallerProblem;
import dev.serai.processors.management.QueryNumber;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Sets the weight of a tenant or a session in the fair queue. Thread-safe. */
final class SetFairWeight extends FairWeightChange {
  private static final String WEIGHT = "weight";

  private final FairQueueState queue;

  SetFairWeight(FairQueueState queue) {
    super(queue, Set.of("tenant", "session", WEIGHT));
    this.queue = queue;
  }

  @Override
  OptionalInt weight(Map<String, String> values) {
    String written = values.getOrDefault(WEIGHT, "");
    int weight = (int) QueryNumber.read(WEIGHT, written, FairWeights.MAX_WEIGHT);
    if (!queue.enabled().getAsBoolean()) {
      throw new CallerProblem(
          409,
          "fairness_disabled",
          "The fair queue is off, so weights have no effect. Set fairness.enabled.",
          Optional.empty());
    }
    return OptionalInt.of(weight);
  }
}
