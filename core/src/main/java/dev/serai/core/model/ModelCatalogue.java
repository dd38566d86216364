package dev.serai.core.model;

import dev.serai.core.chat.Usage;
import dev.serai.core.routing.Candidate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What is known of models: which names exist, who offers them, what they cost. Thread-safe. */
public interface ModelCatalogue {
  /**
   * What a name without a provider stands for.
   *
   * @return the route to take, or empty if the name is neither an alias nor in the catalogue
   */
  Optional<ModelRoute> find(String name);

  /** The name that stands for a model left out; empty if none does. */
  default String defaultModel() {
    return "";
  }

  /** Aliases, in the order of the settings. */
  List<String> aliases();

  /** Names the catalogue knows for that provider, sorted. */
  List<String> modelsOf(String provider);

  /** The facts about a provider's model. */
  default ModelFacts facts(Candidate candidate) {
    return ModelFacts.UNKNOWN;
  }

  /**
   * What an attempt costs now, in nano US dollars (1e-9 USD).
   *
   * @return empty when the price is unknown, which is not zero
   */
  OptionalLong costNanoUsd(Candidate candidate, Usage usage);

  /**
   * What an attempt cost that began then, in nano US dollars (1e-9 USD): the same as now, unless
   * the catalogue knows prices by date.
   *
   * @return empty when the price is unknown, which is not zero
   */
  default OptionalLong costNanoUsd(Candidate candidate, Usage usage, Instant when) {
    return costNanoUsd(candidate, usage);
  }

  /**
   * Where a name leads.
   *
   * @param targets choices of the first step, by weight
   * @param fallbacks tried in order when the target fails
   */
  record ModelRoute(List<Target> targets, List<Candidate> fallbacks, String reason) {
    public ModelRoute {
      targets = List.copyOf(targets);
      fallbacks = List.copyOf(fallbacks);
    }
  }

  /**
   * A candidate and its share.
   *
   * @param weight above zero; shares are in proportion
   */
  record Target(Candidate candidate, int weight) {}
}
