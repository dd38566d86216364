package dev.serai.processors.routing.strategy;

import dev.serai.core.model.ModelCatalogue.Target;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Draws targets in proportion to their weights. Thread-safe. */
final class WeightedDraw {
  private final IntUnaryOperator random;

  /**
   * @param random returns a number from 0 to its argument, the argument excluded
   */
  WeightedDraw(IntUnaryOperator random) {
    this.random = random;
  }

  /** The index of one target. */
  int from(List<Target> open) {
    int sum = 0;
    for (Target target : open) {
      sum += target.weight();
    }
    int left = open.size() == 1 ? 0 : random.applyAsInt(sum);
    int index = 0;
    while (left >= open.get(index).weight()) {
      left -= open.get(index).weight();
      index++;
    }
    return index;
  }
}
