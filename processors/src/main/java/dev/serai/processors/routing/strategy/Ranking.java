package dev.serai.processors.routing.strategy;

import dev.serai.core.model.ModelCatalogue.Target;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.Decision;
import dev.serai.core.routing.Decision.Choice;
import dev.serai.core.routing.Decision.Source;
import dev.serai.core.routing.Draw;
import dev.serai.core.routing.Failover;
import dev.serai.processors.routing.strategy.Bandits.Drawn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * The candidates of a call in order, and why.
 *
 * @param rule that ordered the targets: the label of a strategy, or "preferences"
 * @param source what has set the rule
 * @param targets that the rule ordered, as configured; fallbacks are not among them
 * @param drawn how a bandit has chosen, if one has
 * @param order those that may be tried: targets, then fallbacks
 * @param leftOut those that are not tried
 * @param failover which failures lead to another candidate, with those that may be tried
 * @param targeted whether the quality, the cost or the latency that the call asks for had a part in
 *     the order
 * @param stopped whether a circuit breaker stops a candidate, so that fallbacks may be before
 *     targets
 * @param note what the plan says of the quality target of the call; empty if it has none
 */
public record Ranking(
    String rule,
    Source source,
    List<Target> targets,
    Optional<Drawn> drawn,
    List<Ranked> order,
    List<LeftOut> leftOut,
    Failover failover,
    boolean targeted,
    boolean stopped,
    String note) {
  /** The remark of a candidate that is first because of its prompt cache. */
  static final String WARM = "it has the conversation in its prompt cache";

  /** The remark of a candidate that would not be asked now. */
  static final String STOPPED = "its circuit breaker is open";

  public Ranking {
    targets = List.copyOf(targets);
    order = List.copyOf(order);
    leftOut = List.copyOf(leftOut);
  }

  /** Where a candidate comes from. */
  public enum Role {
    /** The first. */
    PRIMARY,
    /** The first, to learn more of it: another one is the best as far as is known. */
    EXPLORE,
    /** Tried if those before it fail. */
    FALLBACK
  }

  /**
   * A candidate that may be tried.
   *
   * @param score the lower the better; not a number if the strategy has no score
   * @param remark why it is not where the score puts it; empty if it is
   */
  public record Ranked(Candidate candidate, double score, String remark) {
    /** The same for that reason. */
    Ranked because(String why) {
      return new Ranked(candidate, score, why);
    }
  }

  /** A candidate that is not tried, and why: a sentence without its subject. */
  public record LeftOut(Candidate candidate, String why) {}

  /** The role of the candidate at that place. */
  public Role role(int place) {
    if (place > 0) {
      return Role.FALLBACK;
    }
    return draw().filter(Draw::explores).isPresent() ? Role.EXPLORE : Role.PRIMARY;
  }

  /** How a bandit has chosen the first candidate; empty if none has, or a prompt cache decides. */
  public Optional<Draw> draw() {
    return drawn
        .filter(_ -> !order.getFirst().remark().equals(WARM))
        .filter(one -> one.order().getFirst().candidate().equals(order.getFirst().candidate()))
        .map(Drawn::draw);
  }

  /**
   * How the first candidate was chosen, to be recorded; empty if there was nothing to choose, also
   * since circuit breakers stop all targets.
   *
   * @param candidates as {@link #candidates} has them
   */
  public Optional<Decision> decision(List<Candidate> candidates) {
    if (targets.size() < 2 || stopped && !isTarget(order.getFirst())) {
      return Optional.empty();
    }
    List<Ranked> ruled = stopped ? order.stream().filter(this::isTarget).toList() : order;
    Choice choice = choice();
    DoubleSupplier chance =
        choice == Choice.CACHED || targeted
            ? () -> Double.NaN
            : draw().map(Draw::chance).orElse(new FirstChance(rule, targets, ruled));
    return Optional.of(
        new Decision(
            rule,
            source,
            choice,
            stopped
                ? ruled.stream().map(Ranked::candidate).toList()
                : candidates.subList(0, targets.size()),
            choice == Choice.CACHED ? drawn.map(Drawn::draw) : draw(),
            chance));
  }

  private boolean isTarget(Ranked ranked) {
    return targets.stream().anyMatch(target -> target.candidate().equals(ranked.candidate()));
  }

  private Choice choice() {
    if (order.getFirst().remark().equals(WARM)) {
      return Choice.CACHED;
    }
    return role(0) == Role.EXPLORE ? Choice.EXPLORE : Choice.PRIMARY;
  }

  /** The candidates in order. */
  public List<Candidate> candidates() {
    List<Candidate> candidates = new ArrayList<>(order.size());
    for (Ranked ranked : order) {
      candidates.add(ranked.candidate());
    }
    return candidates;
  }
}
