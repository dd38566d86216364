package dev.serai.processors.routing.strategy;

import dev.serai.core.model.ModelCatalogue.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;

/** The lowest score first; targets of the same score by level, then as configured. */
final class ByScore implements Ordering {
  private static final Comparator<Scored> LOWEST =
      Comparator.comparingDouble(Scored::score).thenComparing(scored -> scored.target().level());

  private final BiFunction<List<Target>, RoutingRequest, double[]> scores;

  /**
   * @param scores one for each target
   */
  ByScore(BiFunction<List<Target>, RoutingRequest, double[]> scores) {
    this.scores = scores;
  }

  @Override
  public List<Scored> order(List<Target> targets, RoutingRequest request) {
    double[] all = scores.apply(targets, request);
    List<Scored> order = new ArrayList<>(targets.size());
    for (int i = 0; i < all.length; i++) {
      order.add(new Scored(targets.get(i), all[i]));
    }
    order.sort(LOWEST);
    return order;
  }
}
