package dev.serai.processors.memory;

import dev.serai.core.memory.MemoryChange;
import dev.serai.core.memory.MemoryOutcome;
import dev.serai.core.memory.MemoryPath;
import dev.serai.core.memory.Precondition;
import dev.serai.core.memory.TenantMemory;
import dev.serai.core.memory.request.MemoryRequests;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Makes changes of what requests ask for. Immutable. */
final class MemoryChanges {
  private final Duration evictableLife;

  /**
   * @param evictableLife how long an evictable object is stored whose request gives no time
   */
  MemoryChanges(Duration evictableLife) {
    this.evictableLife = evictableLife;
  }

  MemoryChange put(MemoryPath path, MemoryRequests.Value value, Precondition precondition) {
    return new MemoryChange.Put(
        path,
        value.json(),
        value.evictable() ? value.life().or(() -> Optional.of(evictableLife)) : value.life(),
        value.evictable(),
        value.tags(),
        precondition);
  }

  /** Makes one change; throws the problem if it is refused. */
  static MemoryOutcome make(TenantMemory memory, MemoryChange change) {
    MemoryOutcome outcome = memory.change(List.of(change)).getFirst();
    if (outcome instanceof MemoryOutcome.Refused refused) {
      throw refused.problem();
    }
    return outcome;
  }
}
