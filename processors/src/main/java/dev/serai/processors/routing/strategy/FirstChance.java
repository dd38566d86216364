package dev.serai.processors.routing.strategy;

import dev.serai.core.model.ModelCatalogue.Target;
import dev.serai.core.routing.Decision;
import dev.serai.core.routing.Strategy;
import dev.serai.processors.routing.strategy.Ranking.Ranked;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
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
    int able = able();
    if (rule.equals(Strategy.ROUND_ROBIN.label())) {
      // Whose turn another one takes that lacks something depends on the sequence.
      return able == targets.size() ? share(_ -> true) : Double.NaN;
    }
    if (!rule.equals(Strategy.PRIORITY.label())) {
      return Double.NaN;
    }
    return able == 0 || able == targets.size() ? share(_ -> true) : share(this::isAble);
  }

  /** How many targets are not known to lack something. */
  private int able() {
    int able = 0;
    for (int i = 0; i < targets.size(); i++) {
      able += order.get(i).remark().isEmpty() ? 1 : 0;
    }
    return able;
  }

  private boolean isAble(Target target) {
    for (int i = 0; i < targets.size(); i++) {
      if (order.get(i).candidate().equals(target.candidate())) {
        return order.get(i).remark().isEmpty();
      }
    }
    return false;
  }

  /** The share of the first candidate in the lowest level of the open targets; every call asks. */
  private double share(Predicate<Target> open) {
    int level = Integer.MAX_VALUE;
    double all = 0;
    double own = 0;
    for (Target target : targets) {
      if (level(target) <= level && open.test(target)) {
        all = level(target) < level ? 0 : all;
        own = level(target) < level ? 0 : own;
        level = level(target);
        all += target.weight();
        own += target.candidate().equals(order.getFirst().candidate()) ? target.weight() : 0;
      }
    }
    return own > 0 ? own / all : Double.NaN;
  }

  /** Round robin has no levels. */
  private int level(Target target) {
    return rule.equals(Strategy.PRIORITY.label()) ? target.level() : 0;
  }
}
