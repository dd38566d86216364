package dev.serai.processors.routing.strategy;

import dev.serai.core.model.ModelCatalogue.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;

/** Draws targets in proportion to their weights. Thread-safe. */
final class WeightedDraw {
  /** How many places of an order are drawn. */
  private static final int DRAWN = 16;

  private final LongUnaryOperator random;

  /**
   * @param random returns a number from 0 to its argument, the argument excluded
   */
  WeightedDraw(LongUnaryOperator random) {
    this.random = random;
  }

  /**
   * All targets in the order in which they are drawn one after another. After sixteen they follow
   * as configured: few calls try so many, and each draw goes through all that are left.
   */
  List<Target> order(List<Target> targets) {
    if (targets.size() == 1) {
      return targets;
    }
    List<Target> open = new ArrayList<>(targets);
    List<Target> order = new ArrayList<>(open.size());
    long sum = sum(open);
    while (!open.isEmpty() && order.size() < DRAWN) {
      Target next = open.remove(from(open, sum));
      sum -= next.weight();
      order.add(next);
    }
    order.addAll(open);
    return order;
  }

  /** The index of one target. */
  int from(List<Target> open) {
    return from(open, sum(open));
  }

  private int from(List<Target> open, long sum) {
    long left = open.size() == 1 ? 0 : random.applyAsLong(sum);
    int index = 0;
    while (left >= open.get(index).weight()) {
      left -= open.get(index).weight();
      index++;
    }
    return index;
  }

  private static long sum(List<Target> open) {
    long sum = 0;
    for (Target target : open) {
      sum += target.weight();
    }
    return sum;
  }
}
