package dev.serai.processors.routing;

import dev.serai.core.caller.AllowList;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.model.ModelCatalogue.ModelRoute;
import dev.serai.core.model.ModelCatalogue.Target;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.PermissionProblem;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.core.provider.Providers;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.Plan;
import dev.serai.core.secret.KeyForms;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.IntUnaryOperator;

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
  private final IntUnaryOperator random;

  /**
   * @param names the name of a model at a provider that a client may write in several ways
   * @param random returns a number from 0 to its argument, the argument excluded
   */
  public ModelResolver(
      ModelCatalogue catalogue,
      Providers providers,
      BiFunction<ProviderProfile, String, String> names,
      IntUnaryOperator random) {
    this.catalogue = catalogue;
    this.providers = providers;
    this.names = names;
    this.random = random;
  }

  /**
   * The plan for a model's name, with those candidates that the caller may use.
   *
   * @param allowed the models that the caller may call
   * @throws CallerProblem 404 if the name leads to no configured provider
   * @throws PermissionProblem 403 if the caller may use none of its candidates
   */
  public Plan resolve(String model, AllowList allowed) {
    return AllowedModels.of(find(model).orElseThrow(() -> unknown(model)), model, allowed);
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
   * The plan for a model's name, for any caller.
   *
   * @return empty if it is neither an alias nor a catalogue name and names no configured provider
   * @throws CallerProblem 404 if the name is known and none of its providers is configured
   */
  Optional<Plan> find(String model) {
    Optional<ModelRoute> known = catalogue.find(model);
    return known.isPresent() ? Optional.of(plan(model, known.get())) : qualified(model);
  }

  private Optional<Plan> qualified(String model) {
    int slash = model.indexOf('/');
    if (slash > 0 && slash < model.length() - 1 && !KeyForms.isIn(model)) {
      String provider = model.substring(0, slash);
      return providers
          .find(provider)
          .map(profile -> names.apply(profile, model.substring(slash + 1)))
          .map(name -> new Plan(List.of(new Candidate(provider, name)), "provider named"));
    }
    return Optional.empty();
  }

  private Plan plan(String model, ModelRoute route) {
    List<Target> open = new ArrayList<>(route.targets());
    open.removeIf(weighted -> isAbsent(weighted.candidate()));
    List<Candidate> order = new ArrayList<>(open.size() + route.fallbacks().size());
    while (!open.isEmpty()) {
      order.add(named(open.remove(draw(open)).candidate()));
    }
    for (Candidate written : route.fallbacks()) {
      Candidate fallback = named(written);
      if (!isAbsent(fallback) && !order.contains(fallback)) {
        order.add(fallback);
      }
    }
    if (order.isEmpty()) {
      throw new CallerProblem(
          404,
          "model_not_found",
          ("The model '"
                  + model
                  + "' is known, but no configured provider offers it. "
                  + catalogue.hint(model))
              .strip(),
          Optional.of("model"));
    }
    return new Plan(order, route.reason(), route.deadlines());
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

  /** The index of one entry, drawn in proportion to the weights. */
  private int draw(List<Target> open) {
    int sum = 0;
    for (Target weighted : open) {
      sum += weighted.weight();
    }
    int left = open.size() == 1 ? 0 : random.applyAsInt(sum);
    int index = 0;
    while (left >= open.get(index).weight()) {
      left -= open.get(index).weight();
      index++;
    }
    return index;
  }
}
