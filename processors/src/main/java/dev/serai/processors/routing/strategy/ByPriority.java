package dev.serai.processors.routing.strategy;

import dev.serai.core.model.ModelCatalogue.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One level, which is the score, after another; the targets of a level are drawn by weight. */
final class ByPriority implements Ordering {
  private final WeightedDraw draw;

  ByPriority(WeightedDraw draw) {
    this.draw = draw;
  }

  @Override
  public List<Scored> order(List<Target> targets, RoutingRequest request) {
    List<Target> sorted = new ArrayList<>(targets);
    sorted.sort(Comparator.comparingInt(Target::level));
    List<Scored> order = new ArrayList<>(sorted.size());
    int from = 0;
    for (int to = 1; to <= sorted.size(); to++) {
      if (to == sorted.size() || sorted.get(to).level() != sorted.get(from).level()) {
        for (Target next : draw.order(sorted.subList(from, to))) {
          order.add(new Scored(next, next.level()));
        }
        from = to;
      }
    }
    return order;
  }
}
