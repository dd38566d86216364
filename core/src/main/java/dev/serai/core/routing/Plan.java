package dev.serai.core.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The candidates of a call in order, and the reason for that order.
 *
 * @param reason for the log and the trace: "alias fast", "provider named", ...
 */
public record Plan(List<Candidate> candidates, String reason) {
  public Plan {
    candidates = List.copyOf(candidates);
    if (candidates.isEmpty()) {
      throw new IllegalArgumentException("a plan has at least one candidate");
    }
  }

  /** The same candidates, those of {@code provider} first. */
  public Plan preferring(String provider) {
    List<Candidate> order = new ArrayList<>(candidates);
    order.sort(Comparator.comparing(candidate -> !candidate.provider().equals(provider)));
    return new Plan(order, reason + ", " + provider + " first: it stored the previous responses");
  }
}
