package dev.serai.processors.routing.strategy;

import dev.serai.core.model.ModelCatalogue.Target;
import java.util.ArrayList;
import java.util.List;

/**
 * The power of two choices: of two targets that are drawn by weight, the one comes first that has
 * less to do. A target's load is the peak of its latency times the calls that run there, this one
 * included; a target that has not been measured is as fast as the other one. The other follows,
 * then the rest as configured.
 *
 * <p>Mitzenmacher, The Power of Two Choices in Randomized Load Balancing, 2001; the peak of the
 * latency is that of Finagle's peak EWMA.
 */
final class ByLoad implements Ordering {
  private static final double MIN_MILLIS = 1;

  private final WeightedDraw draw;
  private final CandidateStats stats;

  ByLoad(WeightedDraw draw, CandidateStats stats) {
    this.draw = draw;
    this.stats = stats;
  }

  @Override
  public List<Scored> order(List<Target> targets, RoutingRequest request) {
    List<Target> open = new ArrayList<>(targets);
    Target one = open.remove(draw.from(open));
    Target other = open.remove(draw.from(open));
    double unmeasured = Math.max(MIN_MILLIS, Math.max(peak(one), peak(other)));
    Scored first = scored(one, unmeasured);
    Scored second = scored(other, unmeasured);
    List<Scored> order = new ArrayList<>(targets.size());
    order.add(first.score() <= second.score() ? first : second);
    order.add(first.score() <= second.score() ? second : first);
    open.forEach(target -> order.add(scored(target, unmeasured)));
    return order;
  }

  private double peak(Target target) {
    return stats.of(target.candidate()).peakMillis(stats.nanos());
  }

  private Scored scored(Target target, double unmeasured) {
    Measured measured = stats.of(target.candidate());
    double millis =
        measured.isKnown() ? Math.max(MIN_MILLIS, measured.peakMillis(stats.nanos())) : unmeasured;
    return new Scored(target, millis * (measured.running() + 1));
  }
}
