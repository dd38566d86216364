package dev.serai.processors.guard;

import dev.serai.core.guard.Guard;
import dev.serai.core.guard.GuardDirection;

/** Counts what guards find. Thread-safe. */
@FunctionalInterface
public interface GuardCounter {
  /**
   * Counts one finding.
   *
   * @param outcome blocked, reported, failed_closed or failed_open
   */
  void add(Guard guard, GuardDirection direction, String outcome);
}
