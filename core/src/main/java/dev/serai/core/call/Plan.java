package dev.serai.core.call;

import java.util.List;

/**
 * Who is asked, in order, and why.
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
}
