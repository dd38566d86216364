package dev.serai.core.memory;

import dev.serai.core.problem.CallerProblem;

/** What a change has led to. Immutable. */
public sealed interface MemoryOutcome {
  /** The object is stored. */
  record Stored(MemoryEntry entry) implements MemoryOutcome {}

  /**
   * There is no object now.
   *
   * @param found whether there was one
   */
  record Deleted(boolean found) implements MemoryOutcome {}

  /** Nothing is changed. */
  record Refused(CallerProblem problem) implements MemoryOutcome {}
}
