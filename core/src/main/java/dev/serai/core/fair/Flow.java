package dev.serai.core.fair;

import org.jspecify.annotations.Nullable;

/** A tenant or a session among others. The key is its start tag. Not thread-safe. */
abstract class Flow extends Node {
  private static final double LEAST_COST = 1.0 / 16;

  /** Its share compared to other flows. */
  double weight;

  /** The virtual time at which its latest service is over. */
  double finish;

  /** When it was served last, or began to wait. */
  long since;

  /** What it was served, and what its share of the service was while it waited. */
  double received;

  double entitled;

  /** Rounds of the flows when {@link #entitled} was updated. */
  double round;

  /** Its neighbours in the list of {@link Flows}. */
  @Nullable Flow before;

  @Nullable Flow after;

  private double debt;

  /** What earlier service took beyond what was expected of it; negative if less. */
  void charge(double extra) {
    debt += extra;
  }

  /** The cost of the next service: 1, and what earlier service took beyond it. */
  double nextCost() {
    double owed = 1 + debt;
    double cost = Math.max(LEAST_COST, owed);
    debt = owed - cost;
    return cost;
  }
}
