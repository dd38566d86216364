package dev.serai.processors.admin;

import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** Removes the live weight of a tenant or a session: that of the settings counts. Thread-safe. */
final class RemoveFairWeight extends FairWeightChange {
  RemoveFairWeight(FairQueueState queue) {
    super(queue, Set.of("tenant", "session"));
  }

  @Override
  OptionalInt weight(Map<String, String> values) {
    return OptionalInt.empty();
  }
}
