package dev.serai.core.routing;

import dev.serai.core.experiment.assigned.Assignment;
import dev.serai.core.net.DeadlineOverrides;
import dev.serai.core.routing.Decision.Choice;
import dev.serai.core.routing.Decision.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The candidates of a call in order, and the reason for that order.
 *
 * @param model the model name that it is made for: the one that the request has, or that an
 *     experiment or a budget leads to
 * @param reason for the log and the trace: "alias fast", "provider named", ...
 * @param rules of the alias for its attempts
 * @param decision how the first candidate was chosen, if there were several or the call takes part
 *     in an experiment
 */
public record Plan(
    String model,
    List<Candidate> candidates,
    String reason,
    AttemptRules rules,
    Optional<Decision> decision) {
  /**
   * @throws IllegalArgumentException if there is no candidate
   */
  public Plan {
    candidates = List.copyOf(candidates);
    if (candidates.isEmpty()) {
      throw new IllegalArgumentException("a plan has at least one candidate");
    }
  }

  /** A plan of a call without an alias. */
  public Plan(String model, List<Candidate> candidates, String reason) {
    this(model, candidates, reason, AttemptRules.DEFAULT);
  }

  /** A plan for which nothing was to be chosen. */
  public Plan(String model, List<Candidate> candidates, String reason, AttemptRules rules) {
    this(model, candidates, reason, rules, Optional.empty());
  }

  /** The deadlines of the alias, which replace those of its models. */
  public DeadlineOverrides deadlines() {
    return rules.deadlines();
  }

  /** How a bandit has chosen the first candidate, if one has. */
  public Optional<Draw> draw() {
    return decision.flatMap(Decision::followed);
  }

  /** Every candidate that may be tried, also those that only follow a kind of failure. */
  public List<Candidate> possible() {
    List<Candidate> named = rules.failover().candidates();
    if (named.isEmpty()) {
      return candidates;
    }
    Set<Candidate> all = new LinkedHashSet<>(candidates);
    all.addAll(named);
    return List.copyOf(all);
  }

  /** The same plan with these candidates, in this order. */
  public Plan with(List<Candidate> some) {
    return new Plan(model, some, reason, rules, decisionOf(some, Choice.REPLACED));
  }

  /**
   * The same plan with only those candidates, also after a kind of failure.
   *
   * @throws IllegalArgumentException if none is left
   */
  public Plan keeping(Predicate<Candidate> kept) {
    List<Candidate> some = candidates.stream().filter(kept).toList();
    return new Plan(
        model,
        some,
        reason,
        rules.with(known -> known.keeping(kept)),
        decisionOf(some, Choice.REPLACED));
  }

  /** The same plan in the place of another one, whose choice it replaces. */
  public Plan replacing() {
    Optional<Decision> replaced = decision.map(made -> made.changed(Choice.REPLACED));
    return new Plan(model, candidates, reason, rules, replaced);
  }

  /** The same plan of a call that takes part in an experiment. */
  public Plan of(Assignment assignment) {
    Decision made =
        decision.orElseGet(
            () ->
                new Decision(
                    Strategy.PRIORITY.label(),
                    Source.SETTINGS,
                    Choice.PRIMARY,
                    candidates.subList(0, 1),
                    Optional.empty(),
                    () -> Double.NaN));
    return new Plan(
        model, candidates, assignment.reason(reason), rules, Optional.of(made.of(assignment)));
  }

  /** The variant of a call that takes part in an experiment. */
  public Optional<Assignment> assignment() {
    return decision.flatMap(Decision::assignment);
  }

  private Optional<Decision> decisionOf(List<Candidate> order, Choice otherwise) {
    boolean same = !order.isEmpty() && order.getFirst().equals(candidates.getFirst());
    return same ? decision : decision.map(made -> made.changed(otherwise));
  }

  /** The same candidates, those of {@code provider} first. */
  public Plan preferring(String provider) {
    List<Candidate> order = new ArrayList<>(candidates);
    order.sort(Comparator.comparing(candidate -> !candidate.provider().equals(provider)));
    String why = reason + ", " + provider + " first: it stored the previous responses";
    return new Plan(model, order, why, rules, decisionOf(order, Choice.STORED));
  }
}
