package dev.serai.core.routing;

import dev.serai.core.net.DeadlineOverrides;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The candidates of a call in order, and the reason for that order.
 *
 * @param reason for the log and the trace: "alias fast", "provider named", ...
 * @param deadlines of the alias, which replace those of its models
 * @param draw how a bandit has chosen the first candidate, if one has
 */
public record Plan(
    List<Candidate> candidates, String reason, DeadlineOverrides deadlines, Optional<Draw> draw) {
  /**
   * @throws IllegalArgumentException if there is no candidate
   */
  public Plan {
    candidates = List.copyOf(candidates);
    if (candidates.isEmpty()) {
      throw new IllegalArgumentException("a plan has at least one candidate");
    }
  }

  /** A plan without deadlines of its own. */
  public Plan(List<Candidate> candidates, String reason) {
    this(candidates, reason, DeadlineOverrides.NONE);
  }

  /** A plan that no bandit has drawn. */
  public Plan(List<Candidate> candidates, String reason, DeadlineOverrides deadlines) {
    this(candidates, reason, deadlines, Optional.empty());
  }

  /** The same plan with only these candidates. */
  public Plan with(List<Candidate> some) {
    return new Plan(some, reason, deadlines, drawnOf(some));
  }

  private Optional<Draw> drawnOf(List<Candidate> some) {
    boolean same = !some.isEmpty() && some.getFirst().equals(candidates.getFirst());
    return same ? draw : Optional.empty();
  }

  /** The same candidates, those of {@code provider} first. */
  public Plan preferring(String provider) {
    List<Candidate> order = new ArrayList<>(candidates);
    order.sort(Comparator.comparing(candidate -> !candidate.provider().equals(provider)));
    String why = reason + ", " + provider + " first: it stored the previous responses";
    return new Plan(order, why, deadlines, drawnOf(order));
  }
}
