package dev.serai.processors.routing.strategy;

import dev.serai.core.model.ModelCatalogue.Target;
import java.util.ArrayList;
import java.util.List;

/** One level, which is the score, after another; the targets of a level are drawn by weight. */
final class ByPriority implements Ordering {
  private final WeightedDraw draw;

  ByPriority(WeightedDraw draw) {
    this.draw = draw;
  }

  @Override
  public List<Scored> order(List<Target> targets, RoutingRequest request) {
    List<Scored> order = new ArrayList<>(targets.size());
    List<Target> open = new ArrayList<>(targets);
    while (!open.isEmpty()) {
      List<Target> first = lowest(open);
      while (!first.isEmpty()) {
        Target next = first.remove(draw.from(first));
        order.add(new Scored(next, next.level()));
      }
    }
    return order;
  }

  /** Takes the targets of the lowest level out of {@code open}. */
  private static List<Target> lowest(List<Target> open) {
    int level = Integer.MAX_VALUE;
    for (Target target : open) {
      level = Math.min(level, target.level());
    }
    List<Target> first = new ArrayList<>(open.size());
    for (Target target : open) {
      if (target.level() == level) {
        first.add(target);
      }
    }
    if (first.size() == open.size()) {
      open.clear();
    } else {
      open.removeAll(first);
    }
    return first;
  }
}
