package dev.serai.processors.routing.strategy;

import dev.serai.core.model.ModelCatalogue.Target;
import java.util.List;

/** Orders the targets of a call by one strategy. Thread-safe; never blocks. */
@FunctionalInterface
interface Ordering {
  /**
   * The targets in the order in which they are tried.
   *
   * @param targets at least two
   */
  List<Scored> order(List<Target> targets, RoutingRequest request);

  /**
   * A target and why it is where it is.
   *
   * @param score the lower the better; not a number if the strategy has no score
   * @param remark why it is not where the score puts it; empty if it is
   */
  record Scored(Target target, double score, String remark) {
    /** A target that is where its score puts it. */
    Scored(Target target, double score) {
      this(target, score, "");
    }

    /** A target of a strategy without scores. */
    Scored(Target target) {
      this(target, Double.NaN);
    }
  }
}
