package dev.serai.processors.routing.strategy;

import dev.serai.core.features.TaskCluster;
import dev.serai.core.model.Charge;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.routing.Candidate;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Predicts how good the response of a candidate is, from 0 to 1. The quality of the settings comes
 * first; without it the price of a token of the response says it roughly, since expensive models
 * are better ones as a rule. What a bandit has learned of the candidate for this kind of work
 * lowers it by the same share. Thread-safe; never blocks.
 */
public final class QualityForecast {
  /** With fewer trials for a kind of work, the mean reward of a bandit is too uncertain. */
  private static final double MIN_TRIALS = 10;

  private static final double UNKNOWN_PRICE = 0.60;
  private static final double MILLION = 1e6;

  /** Prices of a million tokens of the response in US dollars, from the highest. */
  private static final double[][] BY_PRICE = {
    {25, 0.92}, {8, 0.87}, {2, 0.80}, {0.4, 0.75}, {0, 0.65}
  };

  private final ModelCatalogue catalogue;
  private final Bandits bandits;

  public QualityForecast(ModelCatalogue catalogue, Bandits bandits) {
    this.catalogue = catalogue;
    this.bandits = bandits;
  }

  /**
   * A prediction.
   *
   * @param quality from 0 to 1
   * @param source what it is from: {@code settings}, {@code price} or {@code unknown price}, and
   *     {@code outcomes} if a bandit has learned of the candidate
   */
  public record Predicted(double quality, String source) {}

  /** The kind of work of a request; {@link TaskCluster#CHAT} if that cannot be read. */
  public static TaskCluster cluster(RoutingRequest request) {
    return Bandits.features(request)
        .map(features -> features.task().cluster())
        .orElse(TaskCluster.CHAT);
  }

  /**
   * The quality of a candidate for a request.
   *
   * @param model the name that the request asks for
   * @param cluster its kind of work
   */
  public Predicted predict(Candidate candidate, String model, TaskCluster cluster) {
    Predicted base = base(candidate);
    OptionalDouble learned = bandits.qualityShare(model, candidate, cluster, MIN_TRIALS);
    return learned.isEmpty()
        ? base
        : new Predicted(base.quality() * learned.getAsDouble(), base.source() + " and outcomes");
  }

  private Predicted base(Candidate candidate) {
    OptionalDouble said = catalogue.quality(candidate);
    return said.isPresent()
        ? new Predicted(said.getAsDouble(), "settings")
        : Optional.ofNullable(catalogue.facts(candidate).prices().get(Charge.OUTPUT))
            .map(usd -> new Predicted(byPrice(usd), "price"))
            .orElse(new Predicted(UNKNOWN_PRICE, "unknown price"));
  }

  private static double byPrice(BigDecimal usdPerToken) {
    double usd = usdPerToken.doubleValue() * MILLION;
    int step = 0;
    while (step < BY_PRICE.length - 1 && usd < BY_PRICE[step][0]) {
      step++;
    }
    return BY_PRICE[step][1];
  }
}
