package dev.serai.core.model;

import dev.serai.core.chat.Usage;
import dev.serai.core.net.DeadlineOverrides;
import dev.serai.core.routing.Candidate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The known models: their names, the providers that offer them, and their prices. Thread-safe. */
public interface ModelCatalogue {
  /**
   * Resolves a model name without a provider prefix.
   *
   * @return the route to take, or empty if the name is neither an alias nor in the catalogue
   */
  Optional<ModelRoute> find(String name);

  /** The model of a request that names none; empty if there is no default. */
  default String defaultModel() {
    return "";
  }

  /** The provider that is tried first, if one is configured. */
  default Optional<String> defaultProvider() {
    return Optional.empty();
  }

  /**
   * Sentences for a client whose model name resolves to no provider: which variable enables the
   * provider, or which name is close. Only errors need it, and its cost is bounded.
   *
   * @return empty if there is nothing to say
   */
  default String hint(String name) {
    return "";
  }

  /** Aliases, in the order of the settings. */
  List<String> aliases();

  /** The model names of a provider, sorted. */
  List<String> modelsOf(String provider);

  /** The facts about a provider's model. */
  default ModelFacts facts(Candidate candidate) {
    return ModelFacts.UNKNOWN;
  }

  /** The deadlines of a provider's model, which replace those of all providers. */
  default DeadlineOverrides deadlines(Candidate candidate) {
    return DeadlineOverrides.NONE;
  }

  /**
   * The cost of an attempt now, in nano US dollars (1e-9 USD): by the price of its model, else what
   * its provider reports.
   *
   * @return empty when the price is unknown, which is not zero
   */
  OptionalLong costNanoUsd(Candidate candidate, Usage usage);

  /**
   * The cost of an attempt that began at that time, in nano US dollars (1e-9 USD): the same as now,
   * unless the catalogue knows prices by date.
   *
   * @return empty when the price is unknown, which is not zero
   */
  default OptionalLong costNanoUsd(Candidate candidate, Usage usage, Instant when) {
    return costNanoUsd(candidate, usage);
  }

  /**
   * What a name resolves to.
   *
   * @param targets choices of the first step, by weight
   * @param fallbacks tried in order when the target fails
   * @param deadlines of an alias, which replace those of its models
   */
  record ModelRoute(
      List<Target> targets, List<Candidate> fallbacks, String reason, DeadlineOverrides deadlines) {
    public ModelRoute {
      targets = List.copyOf(targets);
      fallbacks = List.copyOf(fallbacks);
    }

    /** A route without deadlines of its own. */
    public ModelRoute(List<Target> targets, List<Candidate> fallbacks, String reason) {
      this(targets, fallbacks, reason, DeadlineOverrides.NONE);
    }
  }

  /**
   * A candidate and its share.
   *
   * @param weight above zero; shares are in proportion
   */
  record Target(Candidate candidate, int weight) {}
}
