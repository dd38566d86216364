package dev.serai.processors.routing.strategy;

import dev.serai.core.model.ModelCatalogue.Target;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.Decision;
import dev.serai.core.routing.Strategy;
import dev.serai.processors.routing.strategy.Ranking.Ranked;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The probability with which the first candidate of an order was to be the first, if no bandit has
 * drawn it. Strategies that compare scores always choose the same; those with weights choose each
 * as often as its weight says; of the less loaded of two it is not known.
 *
 * @param rule that made the order
 * @param targets that it ordered
 * @param order the targets come first; those with a remark are known to lack something
 */
record FirstChance(String rule, List<Target> targets, List<Ranked> order)
    implements DoubleSupplier {
  private static final Set<String> BY_SCORE =
      Stream.concat(
              Arrays.stream(Strategy.values()).filter(FirstChance::isByScore).map(Strategy::label),
              Stream.of(Decision.PREFERENCES))
          .collect(Collectors.toUnmodifiableSet());

  private static boolean isByScore(Strategy strategy) {
    return switch (strategy) {
      case COST_AWARE, CAPABILITY_MATCH, LATENCY -> true;
      case PRIORITY, ROUND_ROBIN, LOAD_BALANCED, BANDIT -> false;
    };
  }

  @Override
  public double getAsDouble() {
    if (BY_SCORE.contains(rule)) {
      return 1;
    }
    List<Ranked> ordered = order.subList(0, targets.size());
    List<Candidate> able =
        ordered.stream().filter(one -> one.remark().isEmpty()).map(Ranked::candidate).toList();
    if (rule.equals(Strategy.ROUND_ROBIN.label())) {
      // Whose turn another one takes that lacks something depends on the sequence.
      return able.size() == ordered.size() ? share(targets) : Double.NaN;
    }
    if (!rule.equals(Strategy.PRIORITY.label())) {
      return Double.NaN;
    }
    List<Target> open =
        able.isEmpty()
            ? targets
            : targets.stream().filter(target -> able.contains(target.candidate())).toList();
    int level = open.stream().mapToInt(Target::level).min().orElse(0);
    return share(open.stream().filter(target -> target.level() == level).toList());
  }

  private double share(List<Target> open) {
    double all = 0;
    double own = 0;
    for (Target target : open) {
      all += target.weight();
      own += target.candidate().equals(order.getFirst().candidate()) ? target.weight() : 0;
    }
    return own > 0 ? own / all : Double.NaN;
  }
}
