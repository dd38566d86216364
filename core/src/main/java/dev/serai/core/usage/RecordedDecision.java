package dev.serai.core.usage;

import dev.serai.core.experiment.assigned.Assignment;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.PolicyFeatures;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How the first candidate of a call was chosen among several, as the ledger keeps it.
 *
 * @param strategy the label of the strategy, or "preferences"
 * @param source what has set the strategy: the label of a {@link
 *     dev.serai.core.routing.Decision.Source}
 * @param reason of the plan
 * @param choice why the candidate was first: the label of a {@link
 *     dev.serai.core.routing.Decision.Choice}
 * @param targets how many there were to choose from
 * @param candidates the first {@link #MAX_CANDIDATES} of them, the one that the strategy has put
 *     first first
 * @param algorithm of the bandit that has drawn; empty if none has
 * @param propensity the probability with which the first candidate was to be chosen; empty if it is
 *     not known
 * @param features of the request; empty if they are not known
 * @param assignment of the experiment that the call took part in
 */
public record RecordedDecision(
    String strategy,
    String source,
    String reason,
    String choice,
    int targets,
    List<Candidate> candidates,
    String algorithm,
    OptionalDouble propensity,
    Optional<PolicyFeatures> features,
    Optional<Assignment> assignment) {
  /** Maximum candidates stored of a decision. */
  public static final int MAX_CANDIDATES = 16;

  /** Maximum characters stored of a reason. */
  public static final int MAX_REASON_LENGTH = 256;

  public RecordedDecision {
    candidates = List.copyOf(candidates);
  }

  /** The decision of a call that took part in no experiment. */
  public RecordedDecision(
      String strategy,
      String source,
      String reason,
      String choice,
      int targets,
      List<Candidate> candidates,
      String algorithm,
      OptionalDouble propensity,
      Optional<PolicyFeatures> features) {
    this(
        strategy,
        source,
        reason,
        choice,
        targets,
        candidates,
        algorithm,
        propensity,
        features,
        Optional.empty());
  }

  /** The same decision that an experiment has led to. */
  public RecordedDecision of(Optional<Assignment> made) {
    return with(features, made);
  }

  /** The same decision about a request with these features. */
  public RecordedDecision of(PolicyFeatures known) {
    return with(Optional.of(known), assignment);
  }

  private RecordedDecision with(Optional<PolicyFeatures> known, Optional<Assignment> made) {
    return new RecordedDecision(
        strategy, source, reason, choice, targets, candidates, algorithm, propensity, known, made);
  }
}
