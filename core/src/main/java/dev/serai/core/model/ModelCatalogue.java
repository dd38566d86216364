package dev.serai.core.model;

import dev.serai.core.chat.Usage;
import dev.serai.core.net.DeadlineOverrides;
import dev.serai.core.problem.ModelHint;
import dev.serai.core.routing.AttemptRules;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.Decision.Source;
import dev.serai.core.routing.Failover;
import dev.serai.core.routing.Strategy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

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
   * What a client should know whose model name resolves to no provider: which variable enables the
   * provider, or which name is close. Only errors need it, and its cost is bounded.
   */
  default ModelHint hint(String name) {
    return ModelHint.NONE;
  }

  /**
   * How the targets of a route are ordered for a call whose request does not say it.
   *
   * @param tenant of the caller
   */
  default Strategy strategy(String tenant, ModelRoute route) {
    return route.policy().strategy().orElse(Strategy.PRIORITY);
  }

  /** What has set {@link #strategy}: the tenant, the alias or the settings. */
  default Source strategySource(String tenant, ModelRoute route) {
    return route.policy().strategy().isPresent() ? Source.ALIAS : Source.SETTINGS;
  }

  /** Which failures lead to another candidate, unless an alias says otherwise. */
  default Failover failover() {
    return Failover.DEFAULT;
  }

  /** The stored prompt that calls for a name get; empty for most names. */
  default Optional<Persona> persona(String name) {
    return Optional.empty();
  }

  /** The parameters of an alias for requests that do not set them. */
  default DefaultParameters parameters(String name) {
    return DefaultParameters.NONE;
  }

  /** The parameters of a provider's model for the chat requests that are sent to it. */
  default ModelParameters parameters(Candidate candidate) {
    return ModelParameters.NONE;
  }

  /** The region in which a provider's model runs; empty if it is not known. */
  default Optional<String> region(Candidate candidate) {
    return Optional.empty();
  }

  /** Aliases, in the order of the settings. */
  List<String> aliases();

  /** The model names of a provider, sorted. */
  List<String> modelsOf(String provider);

  /** The facts about a provider's model. */
  default ModelFacts facts(Candidate candidate) {
    return ModelFacts.UNKNOWN;
  }

  /** The facts about a provider's model without its prices, for every call: it costs little. */
  default ModelFacts abilities(Candidate candidate) {
    return facts(candidate);
  }

  /** The deadlines of a provider's model, which replace those of all providers. */
  default DeadlineOverrides deadlines(Candidate candidate) {
    return DeadlineOverrides.NONE;
  }

  /**
   * The quality of a provider's model, from 0 to 1, as the operator has set it; empty if it is not
   * set.
   */
  default OptionalDouble quality(Candidate candidate) {
    return OptionalDouble.empty();
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

  /** The prices of now, for the candidates of one plan: the time is read once. */
  default Prices prices() {
    return this::costNanoUsd;
  }

  /** The prices at one moment. */
  @FunctionalInterface
  interface Prices {
    /** Like {@link ModelCatalogue#costNanoUsd(Candidate, Usage)}, at that moment. */
    OptionalLong costNanoUsd(Candidate candidate, Usage usage);
  }

  /**
   * What a name resolves to.
   *
   * @param targets equals, which a strategy orders
   * @param fallbacks tried in order when the targets fail
   * @param policy of an alias
   */
  record ModelRoute(
      List<Target> targets, List<Candidate> fallbacks, String reason, RoutePolicy policy) {
    public ModelRoute {
      targets = List.copyOf(targets);
      fallbacks = List.copyOf(fallbacks);
    }

    /** A route without a policy of its own. */
    public ModelRoute(List<Target> targets, List<Candidate> fallbacks, String reason) {
      this(targets, fallbacks, reason, RoutePolicy.NONE);
    }

    /** A route to one candidate. */
    public static ModelRoute to(Candidate candidate, String reason) {
      return new ModelRoute(List.of(new Target(candidate, 1)), List.of(), reason);
    }

    /** The same route with only those candidates; it may have none. */
    public ModelRoute keeping(Predicate<Candidate> kept) {
      return new ModelRoute(
          targets.stream().filter(target -> kept.test(target.candidate())).toList(),
          fallbacks.stream().filter(kept).toList(),
          reason,
          policy.keeping(kept));
    }

    public boolean isEmpty() {
      return targets.isEmpty() && fallbacks.isEmpty();
    }

    /** Whether it has one candidate only, so that there is nothing to choose. */
    public boolean isSingle() {
      return targets.size() + fallbacks.size() == 1;
    }

    /** Every candidate, targets first. */
    public List<Candidate> candidates() {
      List<Candidate> all = new ArrayList<>(targets.size() + fallbacks.size());
      for (Target target : targets) {
        all.add(target.candidate());
      }
      all.addAll(fallbacks);
      return all;
    }
  }

  /**
   * What an alias sets for its calls.
   *
   * @param attempts for the attempts
   * @param strategy which replaces that of the settings
   */
  record RoutePolicy(AttemptRules attempts, Optional<Strategy> strategy) {
    /** An alias sets nothing. */
    public static final RoutePolicy NONE = new RoutePolicy(AttemptRules.DEFAULT, Optional.empty());

    /** The same with only those candidates after a failure. */
    public RoutePolicy keeping(Predicate<Candidate> kept) {
      return with(failover -> failover.keeping(kept));
    }

    /** The same with another failover. */
    public RoutePolicy with(UnaryOperator<Failover> change) {
      AttemptRules changed = attempts.with(change);
      return changed == attempts ? this : new RoutePolicy(changed, strategy);
    }
  }

  /**
   * A candidate and its share.
   *
   * @param weight above zero; shares are in proportion
   * @param level with the strategy {@link Strategy#PRIORITY} the lowest comes first, and targets of
   *     one level share the calls
   */
  record Target(Candidate candidate, int weight, int level) {
    /** A target of the first level. */
    public Target(Candidate candidate, int weight) {
      this(candidate, weight, 0);
    }

    /** The same target at another candidate. */
    public Target at(Candidate other) {
      return other == candidate ? this : new Target(other, weight, level);
    }

    /** Targets that are tried in this order. */
    public static List<Target> inOrder(List<Candidate> candidates) {
      List<Target> targets = new ArrayList<>(candidates.size());
      for (Candidate candidate : candidates) {
        targets.add(new Target(candidate, 1, targets.size()));
      }
      return targets;
    }
  }
}
