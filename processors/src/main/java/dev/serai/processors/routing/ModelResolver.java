package dev.serai.processors.routing;

import dev.serai.core.call.Call;
import dev.serai.core.caller.AllowList;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.model.ModelCatalogue.ModelRoute;
import dev.serai.core.model.ModelCatalogue.RoutePolicy;
import dev.serai.core.model.ModelCatalogue.Target;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.PermissionProblem;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.core.provider.Providers;
import dev.serai.core.request.ModelRequest;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.Plan;
import dev.serai.core.routing.RoutingCriteria;
import dev.serai.core.routing.Strategy;
import dev.serai.core.secret.KeyForms;
import dev.serai.processors.routing.strategy.Ranking;
import dev.serai.processors.routing.strategy.RoutingRequest;
import dev.serai.processors.routing.strategy.Strategies;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Resolves a model's name to the candidates that may serve it. A name is looked up as an alias or a
 * catalogue name first; otherwise {@code provider/model} leads to that provider, which receives the
 * model's name, in one form if it has several. No model has the name of an API key, which metrics
 * would show. Thread-safe.
 */
public final class ModelResolver {
  private final ModelCatalogue catalogue;
  private final Providers providers;
  private final BiFunction<ProviderProfile, String, String> names;
  private final Strategies strategies;

  /**
   * @param names the name of a model at a provider that a client may write in several ways
   */
  public ModelResolver(
      ModelCatalogue catalogue,
      Providers providers,
      BiFunction<ProviderProfile, String, String> names,
      Strategies strategies) {
    this.catalogue = catalogue;
    this.providers = providers;
    this.names = names;
    this.strategies = strategies;
  }

  /**
   * The plan for a model's name without a request, with those candidates that the caller may use.
   *
   * @param allowed the models that the caller may call
   * @throws CallerProblem 404 if the name leads to no configured provider
   * @throws PermissionProblem 403 if the caller may use none of its candidates
   */
  public Plan resolve(String model, AllowList allowed) {
    ModelRoute route = known(model, allowed);
    return plan(model, route, strategies.rank(route, RoutingRequest.of(model)));
  }

  /**
   * The plan of a call for another model than it asks for, for any caller. Nothing is learned of
   * the plan that it had.
   *
   * @throws CallerProblem 404 if the name leads to no configured provider, 400 if no candidate has
   *     what the client requires
   */
  public Plan resolve(String model, Call call) {
    call.lifecycle().holdForPlan(List.of());
    return plan(model, known(model, AllowList.ALL), call).replacing();
  }

  /** Whether a configured provider serves a model name. */
  public boolean serves(String model) {
    try {
      return find(model).isPresent();
    } catch (CallerProblem e) {
      return false;
    }
  }

  /** The plan of a call: the candidates of its route in the order of their strategy. */
  Plan plan(ModelRoute route, Call call) {
    return assigned(plan(call.plannedModel(), route, call), call);
  }

  /** The plan of a call that was ranked and is not made. */
  static Plan plan(ModelRoute route, Ranking ranking, Call call) {
    return assigned(plan(call.plannedModel(), route, ranking), call);
  }

  private static Plan assigned(Plan made, Call call) {
    return call.assigned().map(one -> made.of(one.assignment())).orElse(made);
  }

  private Plan plan(String model, ModelRoute route, Call call) {
    if (route.isSingle() && call.criteria() == RoutingCriteria.NONE) {
      return new Plan(model, route.candidates(), route.reason(), route.policy().attempts());
    }
    return plan(model, route, strategies.begin(model, route, call));
  }

  private static Plan plan(String model, ModelRoute route, Ranking ranking) {
    List<Candidate> candidates = ranking.candidates();
    return new Plan(
        model,
        candidates,
        reason(route, ranking),
        route.policy().attempts().with(_ -> ranking.failover()),
        ranking.decision(candidates));
  }

  /**
   * The candidates of a route in the order of its strategy, and why, for a call that is not made.
   *
   * @throws CallerProblem 400 if no candidate has what the client requires
   */
  Ranking rank(ModelRoute route, Call call) {
    return strategies.rehearse(route, call);
  }

  /** The reason of a plan: where its candidates come from and what ordered them. */
  private static String reason(ModelRoute route, Ranking ranking) {
    String ruled =
        ranking.rule().equals(Strategy.PRIORITY.label())
            ? route.reason()
            : route.reason() + ", " + ranking.rule();
    return ranking.note().isEmpty() ? ruled : ruled + ", " + ranking.note();
  }

  /**
   * The route of a model's name, with those candidates that the caller may use.
   *
   * @throws CallerProblem 404 if the name leads to no configured provider
   * @throws PermissionProblem 403 if the caller may use none of its candidates
   */
  ModelRoute known(String model, AllowList allowed) {
    return known(model, model, allowed);
  }

  /**
   * The same for a caller that has asked for another model name, which leads to this one.
   *
   * @param asked the name that the caller needs the right to use
   */
  ModelRoute known(String model, String asked, AllowList allowed) {
    return AllowedModels.of(find(model).orElseThrow(() -> unknown(model)), asked, allowed);
  }

  /** The provider of calls that name neither a provider nor a known model, if one is configured. */
  Optional<String> defaultProvider() {
    return catalogue.defaultProvider();
  }

  /** 404 for a name that resolves to no configured provider, with a hint. */
  CallerProblem unknown(String model) {
    return CallerProblem.unknownModel(model, catalogue.hint(model));
  }

  /**
   * The route of a model's name, for any caller: its candidates at configured providers.
   *
   * @return empty if it is neither an alias nor a catalogue name and names no configured provider
   * @throws CallerProblem 404 if the name is known and none of its providers is configured
   */
  Optional<ModelRoute> find(String model) {
    Optional<ModelRoute> known = catalogue.find(model);
    return known.isPresent() ? Optional.of(present(model, known.get())) : qualified(model);
  }

  private Optional<ModelRoute> qualified(String model) {
    int slash = model.indexOf('/');
    if (slash > 0
        && ModelRequest.isValidName(model.substring(slash + 1))
        && !KeyForms.isIn(model)) {
      String provider = model.substring(0, slash);
      return providers
          .find(provider)
          .map(profile -> names.apply(profile, model.substring(slash + 1)))
          .map(name -> ModelRoute.to(new Candidate(provider, name), "provider named"));
    }
    return Optional.empty();
  }

  /** The route with the candidates of configured providers, each by the one name of its model. */
  private ModelRoute present(String model, ModelRoute route) {
    List<Target> targets = new ArrayList<>(route.targets().size());
    for (Target target : route.targets()) {
      if (!isAbsent(target.candidate())) {
        targets.add(target.at(named(target.candidate())));
      }
    }
    List<Candidate> fallbacks = new ArrayList<>(route.fallbacks().size());
    for (Candidate written : route.fallbacks()) {
      Candidate fallback = named(written);
      if (!isAbsent(fallback)
          && !fallbacks.contains(fallback)
          && targets.stream().noneMatch(target -> target.candidate().equals(fallback))) {
        fallbacks.add(fallback);
      }
    }
    RoutePolicy policy =
        route
            .policy()
            .with(
                failover ->
                    failover.mapping(one -> Optional.of(named(one)).filter(c -> !isAbsent(c))));
    ModelRoute present = new ModelRoute(targets, fallbacks, route.reason(), policy);
    if (present.isEmpty()) {
      throw CallerProblem.notOffered(model, catalogue.hint(model));
    }
    return present;
  }

  /** The candidate by the one name of its model. */
  private Candidate named(Candidate candidate) {
    Optional<ProviderProfile> profile = providers.find(candidate.provider());
    if (profile.isEmpty()) {
      return candidate;
    }
    String name = names.apply(profile.get(), candidate.model());
    return name.equals(candidate.model()) ? candidate : new Candidate(candidate.provider(), name);
  }

  private boolean isAbsent(Candidate candidate) {
    return providers.find(candidate.provider()).isEmpty();
  }
}
