package dev.serai.processors.routing.strategy;

import dev.serai.core.features.TaskCluster;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.QualityTarget;
import dev.serai.core.usage.Money;
import dev.serai.processors.routing.strategy.QualityForecast.Predicted;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Compares candidates with the quality target of one call: the floor of the predicted quality, the
 * highest cost, the latency. For one call; not thread-safe.
 */
final class TargetCheck {
  private static final double NANO_USD = 1e-9;
  private static final MathContext USD_DIGITS = new MathContext(4);
  private static final int QUALITY_DIGITS = 2;

  /** Without the target of the call. */
  private static final int MEETS = 0;

  private static final int UNPRICED = 1;
  private static final int SLOW = 2;
  private static final int BELOW_FLOOR = 3;

  private final QualityTarget target;
  private final boolean empty;
  private final RoutingRequest request;
  private final QualityForecast forecast;
  private final TargetScores scores;
  private final CandidateStats stats;
  private final Map<Candidate, Predicted> predicted = new HashMap<>();
  private Optional<TaskCluster> cluster = Optional.empty();

  /** What a check asks. */
  record Sources(QualityForecast forecast, TargetScores scores, CandidateStats stats) {}

  TargetCheck(RoutingRequest request, Sources sources) {
    this.target = request.criteria().target();
    this.empty = target.equals(QualityTarget.NONE);
    this.request = request;
    this.forecast = sources.forecast();
    this.scores = sources.scores();
    this.stats = sources.stats();
  }

  /** Whether the call has no target, so that every candidate meets it. */
  boolean isEmpty() {
    return empty;
  }

  /** Whether a candidate may be left out. */
  boolean refuses() {
    return target.maxNanoUsd().isPresent();
  }

  /** Why a candidate is left out; empty if it is not. */
  Optional<String> refused(Candidate candidate) {
    if (!refuses()) {
      return Optional.empty();
    }
    double usd = scores.cost(candidate, request);
    if (!Double.isFinite(usd)) {
      return target.pricedOnly() ? Optional.of("its price is not known") : Optional.empty();
    }
    double most = target.maxNanoUsd().getAsLong() * NANO_USD;
    return usd > most
        ? Optional.of(
            "the call costs about "
                + usd(usd)
                + " USD, above the "
                + Money.usd(target.maxNanoUsd().getAsLong()).toPlainString()
                + " asked for")
        : Optional.empty();
  }

  /** Why a candidate does not meet the target, so that it comes after the others. */
  Optional<String> missed(Candidate candidate) {
    return switch (tier(candidate)) {
      case BELOW_FLOOR -> Optional.of(belowFloor(candidate));
      case SLOW ->
          Optional.of(
              "its first token takes up to " + Math.round(latency(candidate)) + " ms as measured");
      case UNPRICED -> Optional.of("its price is not known");
      default -> Optional.empty();
    };
  }

  private String belowFloor(Candidate candidate) {
    Predicted found = predict(candidate);
    return "its predicted quality is "
        + rounded(found.quality(), QUALITY_DIGITS)
        + " by "
        + found.source()
        + ", below the floor "
        + rounded(floor(), QUALITY_DIGITS);
  }

  /** The lower, the sooner a candidate is tried: 0 meets the target. */
  int tier(Candidate candidate) {
    if (isEmpty()) {
      return MEETS;
    }
    if (target.level().isPresent() && predict(candidate).quality() < floor()) {
      return BELOW_FLOOR;
    }
    if (isSlow(candidate)) {
      return SLOW;
    }
    boolean priced =
        target.maxNanoUsd().isEmpty() || Double.isFinite(scores.cost(candidate, request));
    return priced ? MEETS : UNPRICED;
  }

  /** Candidates of a tier below the floor are ordered by this, the best first. */
  double quality(Candidate candidate) {
    return predict(candidate).quality();
  }

  private double floor() {
    return target.level().map(QualityTarget.Level::floor).orElse(0.0);
  }

  /** One that would be left for the next candidate before its first token. */
  private boolean isSlow(Candidate candidate) {
    return target.escalation().isPresent()
        && latency(candidate) >= target.escalation().get().toMillis();
  }

  /** It fades, so that a slow candidate is measured again. */
  private double latency(Candidate candidate) {
    Measured measured = stats.of(candidate);
    return measured.p95Millis().orElse(0) * measured.freshness(stats.nanos());
  }

  private Predicted predict(Candidate candidate) {
    Predicted known = predicted.get(candidate);
    if (known == null) {
      TaskCluster kind = cluster.orElseGet(() -> QualityForecast.cluster(request));
      cluster = Optional.of(kind);
      known = forecast.predict(candidate, request.model(), kind);
      predicted.put(candidate, known);
    }
    return known;
  }

  /** With four significant digits: a short call of a cheap model costs less than 1e-6 USD. */
  private static String usd(double value) {
    return new BigDecimal(value).round(USD_DIGITS).stripTrailingZeros().toPlainString();
  }

  private static String rounded(double value, int digits) {
    return BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP).toPlainString();
  }

  /** What the plan says of the target; empty if the call has none. */
  String note(Candidate first) {
    if (target.level().isEmpty()) {
      return "";
    }
    Predicted found = predict(first);
    String reached = found.quality() < floor() ? " reached by none" : "";
    return "quality_target "
        + target.level().get().label()
        + reached
        + ", quality of the first "
        + rounded(found.quality(), QUALITY_DIGITS)
        + " by "
        + found.source();
  }
}
