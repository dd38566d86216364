package dev.serai.core.memory;

import dev.serai.core.problem.CapacityProblem;
import java.util.List;
import java.util.Optional;

/**
 * The memory objects of one tenant. What {@link #change} has stored or deleted is as durable as the
 * store makes it when it returns, and every later read sees it, in every gateway with the store.
 * Every method may block. Thread-safe.
 */
public interface TenantMemory {
  /**
   * Finds an object that has not expired.
   *
   * @throws CapacityProblem if the store cannot be read now
   */
  Optional<MemoryObject> find(MemoryPath path);

  /**
   * Makes changes in their order. One that is refused does not prevent the others.
   *
   * @return what each has led to, in the order of the changes
   * @throws CapacityProblem if they are not stored, or not known to be
   */
  List<MemoryOutcome> change(List<MemoryChange> changes);

  /**
   * Lists objects that have not expired.
   *
   * @throws CapacityProblem if the store cannot be read now
   */
  List<MemoryEntry> list(MemoryQuery query);
}
