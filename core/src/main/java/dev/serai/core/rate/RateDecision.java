package dev.serai.core.rate;

import java.time.Duration;

/** What a store says about the demands of a call. Immutable. */
public sealed interface RateDecision {
  /**
   * Everything was taken.
   *
   * @param day the day in UTC of the windows of a day, in days since 1970
   */
  record Taken(long day) implements RateDecision {}

  /**
   * Nothing was taken.
   *
   * @param rule the window that refuses, of several the one with the longest wait
   * @param delay until it allows as much
   */
  record Refused(RateRule rule, Duration delay) implements RateDecision {}

  /** Nothing was taken, because the store has no room for another window. */
  record Full() implements RateDecision {}
}
