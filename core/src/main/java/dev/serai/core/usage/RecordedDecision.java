package dev.serai.core.usage;

import dev.serai.core.experiment.assigned.Assignment;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.Decision;
import dev.serai.core.routing.Draw;
import dev.serai.core.routing.Plan;
import dev.serai.core.routing.PolicyFeatures;
import dev.serai.core.routing.PolicyFeatures.Trait;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;

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

  /** Propensities are kept in steps of one millionth. */
  public static final double PROPENSITY_STEPS = 1e6;

  public RecordedDecision {
    candidates = List.copyOf(candidates);
  }

  /**
   * What the ledger will keep of a plan.
   *
   * @param features of the request, if what has chosen has not read them
   * @return empty if there was nothing to choose
   */
  public static Optional<RecordedDecision> of(
      Plan plan, Supplier<Optional<PolicyFeatures>> features) {
    return plan.decision().map(made -> of(made, plan.reason(), features));
  }

  private static RecordedDecision of(
      Decision made, String reason, Supplier<Optional<PolicyFeatures>> features) {
    long steps = steps(made.propensity());
    return new RecordedDecision(
        made.strategy(),
        made.source().label(),
        reason.length() > MAX_REASON_LENGTH ? reason.substring(0, MAX_REASON_LENGTH) : reason,
        made.choice().label(),
        made.targets().size(),
        made.targets().stream().limit(MAX_CANDIDATES).toList(),
        made.draw().map(Draw::algorithm).orElse(""),
        steps == 0 ? OptionalDouble.empty() : OptionalDouble.of(steps / PROPENSITY_STEPS),
        made.draw().flatMap(Draw::features).or(features),
        made.assignment());
  }

  /** A propensity in the steps in which it is kept; 0 if it is not known. */
  public static long steps(double propensity) {
    return propensity > 0 ? Math.max(1, Math.round(propensity * PROPENSITY_STEPS)) : 0;
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

  /** Writes it as an object. */
  public void write(JsonWriter json) {
    json.beginObject()
        .member("strategy", strategy)
        .member("source", source)
        .member("reason", reason)
        .member("choice", choice)
        .member("targets", targets)
        .name("candidates")
        .beginArray();
    candidates.forEach(one -> json.value(one.provider() + '/' + one.model()));
    json.endArray().member("algorithm", algorithm);
    if (propensity.isPresent()) {
      json.member("propensity", BigDecimal.valueOf(propensity.getAsDouble()));
    } else {
      json.nullMember("propensity");
    }
    json.name("features");
    features.ifPresentOrElse(known -> write(json, known), json::nullValue);
    assignment.ifPresent(one -> one.write(json.name("experiment")));
    json.endObject();
  }

  private static void write(JsonWriter json, PolicyFeatures features) {
    json.beginObject()
        .member("kind_of_work", features.task())
        .member("prompt_tokens", features.promptTokens())
        .member("turns", features.turns())
        .name("traits")
        .beginArray();
    features.traits().stream().sorted().map(Trait::label).forEach(json::value);
    json.endArray().endObject();
  }
}
