package dev.serai.processors.routing.strategy;

import dev.serai.core.routing.Candidate;
import java.util.ArrayList;
import java.util.List;

/**
 * The candidates of a call in order, and why.
 *
 * @param rule that ordered the targets: the label of a strategy, or "preferences"
 * @param order those that may be tried: targets, then fallbacks
 * @param leftOut those that are not tried
 */
public record Ranking(String rule, List<Ranked> order, List<LeftOut> leftOut) {
  public Ranking {
    order = List.copyOf(order);
    leftOut = List.copyOf(leftOut);
  }

  /** Where a candidate comes from. */
  public enum Role {
    /** The first. */
    PRIMARY,
    /** Tried if those before it fail. */
    FALLBACK
  }

  /**
   * A candidate that may be tried.
   *
   * @param score the lower the better; not a number if the strategy has no score
   * @param remark why it is not where the score puts it; empty if it is
   */
  public record Ranked(Candidate candidate, double score, String remark) {}

  /** A candidate that is not tried, and why: a sentence without its subject. */
  public record LeftOut(Candidate candidate, String why) {}

  /** The role of the candidate at that place. */
  public static Role role(int place) {
    return place == 0 ? Role.PRIMARY : Role.FALLBACK;
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
