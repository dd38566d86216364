package dev.serai.processors.routing.strategy;

import dev.serai.core.chat.Usage;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.model.ModelCatalogue.Target;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.RoutingCriteria.Preferred;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The scores of targets by what they cost and how they perform: the lower the better. Thread-safe.
 */
final class TargetScores {
  /** What nothing is known of is tried, but not by many calls at once. */
  private static final double UNTRIED_MILLIS = 1_000;

  private static final double NANO_USD = 1e-9;

  private final ModelCatalogue catalogue;
  private final CandidateStats stats;

  TargetScores(ModelCatalogue catalogue, CandidateStats stats) {
    this.catalogue = catalogue;
    this.stats = stats;
  }

  /**
   * What the call costs about, in US dollars; infinite if the price is unknown. What a candidate
   * has in its prompt cache costs less there.
   */
  double[] costs(List<Target> targets, RoutingRequest request) {
    long input = request.inputTokens();
    long output = request.outputTokens();
    Usage uncached = new Usage(input, output, 0, 0, 0);
    ModelCatalogue.Prices prices = request.content().prices(catalogue);
    boolean pinned = request.pin().isPresent();
    double[] costs = new double[targets.size()];
    for (int i = 0; i < costs.length; i++) {
      Candidate candidate = targets.get(i).candidate();
      long cached = pinned ? request.cachedTokens(candidate) : 0;
      Usage usage = cached == 0 ? uncached : new Usage(input, output, cached, 0, 0);
      costs[i] = usd(prices.costNanoUsd(candidate, usage));
    }
    return costs;
  }

  /** The expected cost of a call at a candidate, in US dollars; infinite if unknown. */
  double cost(Candidate candidate, RoutingRequest request) {
    long cached = request.cachedTokens(candidate);
    Usage usage = new Usage(request.inputTokens(), request.outputTokens(), cached, 0, 0);
    return usd(request.content().prices(catalogue).costNanoUsd(candidate, usage));
  }

  private static double usd(OptionalLong nanoUsd) {
    return nanoUsd.isPresent() ? nanoUsd.getAsLong() * NANO_USD : Double.POSITIVE_INFINITY;
  }

  /** How long the response takes about, in milliseconds; low if not measured lately. */
  double[] latencies(List<Target> targets, RoutingRequest request) {
    double tokens = request.outputTokens();
    long now = stats.nanos();
    return each(targets, candidate -> latency(stats.of(candidate), tokens, now));
  }

  private static double latency(Measured measured, double tokens, long now) {
    if (!measured.isKnown()) {
      return measured.running() * UNTRIED_MILLIS;
    }
    return measured.expectedMillis(tokens, now) * measured.freshness(now);
  }

  /** The share of the latest attempts that failed. */
  double[] failures(List<Target> targets, RoutingRequest request) {
    long now = stats.nanos();
    return each(targets, candidate -> stats.of(candidate).failures(now));
  }

  /**
   * The sum of the places that a target has by each preference. The complexity prefers the place by
   * price that corresponds to it: 1 the cheapest, 10 the most expensive.
   */
  double[] preferences(List<Target> targets, RoutingRequest request) {
    Preferred preferred = request.criteria().preferred();
    double[] sum = new double[targets.size()];
    if (preferred.cheap()) {
      add(sum, places(costs(targets, request)));
    }
    if (preferred.fast()) {
      add(sum, places(latencies(targets, request)));
    }
    if (preferred.reliable()) {
      add(sum, places(failures(targets, request)));
    }
    if (preferred.complexity().isPresent()) {
      add(sum, suited(costs(targets, request), preferred.complexity().getAsInt()));
    }
    return sum;
  }

  /**
   * How far the place of each price is from the one that corresponds to the complexity. What has no
   * known price is neither cheap nor expensive: it comes last.
   */
  private static double[] suited(double[] costs, int complexity) {
    double[] places = places(costs);
    double most = 0;
    for (int i = 0; i < places.length; i++) {
      most = Double.isFinite(costs[i]) ? Math.max(most, places[i]) : most;
    }
    double wanted = most * (complexity - 1) / 9.0;
    double[] distances = new double[places.length];
    for (int i = 0; i < places.length; i++) {
      distances[i] = Double.isFinite(costs[i]) ? Math.abs(places[i] - wanted) : places.length;
    }
    return distances;
  }

  /**
   * How much of what the call needs is not known of a target; of equals the cheaper one, or the one
   * whose price corresponds to the complexity. No other preference counts: the strategy is named.
   */
  double[] matches(List<Target> targets, RoutingRequest request, Requirements requirements) {
    double[] costs = costs(targets, request);
    OptionalInt complexity = request.criteria().preferred().complexity();
    double[] sum = complexity.isPresent() ? suited(costs, complexity.getAsInt()) : places(costs);
    for (int i = 0; i < sum.length; i++) {
      sum[i] += (double) requirements.unknown(targets.get(i).candidate()) * (targets.size() + 1);
    }
    return sum;
  }

  private static void add(double[] sum, double[] places) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += places[i];
    }
  }

  /** How many other values are lower than each. */
  private static double[] places(double[] values) {
    double[] sorted = Arrays.stream(values).distinct().sorted().toArray();
    return Arrays.stream(values).map(value -> Arrays.binarySearch(sorted, value)).toArray();
  }

  private interface Score {
    double of(Candidate candidate);
  }

  private static double[] each(List<Target> targets, Score score) {
    double[] scores = new double[targets.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = score.of(targets.get(i).candidate());
    }
    return scores;
  }
}
