package dev.serai.core.rate;

import java.util.List;

/**
 * Counts what is taken from the windows. Called on event loops: a method must not block. A store
 * that several gateways share answers from memory and exchanges with the others in the background.
 * Thread-safe.
 */
public interface RateStore {
  /** Takes from every window, or from none. */
  RateDecision take(List<RateDemand> demands);

  /**
   * Corrects what was taken.
   *
   * @param amount what is taken in addition, whether the window has it or not; negative to give
   *     back
   * @param day the day on which it was taken: a window of another day does not change
   */
  void adjust(RateRule rule, long amount, long day);

  /** What is left of each, in the same order. */
  List<RateReading> read(List<RateRule> rules);
}
