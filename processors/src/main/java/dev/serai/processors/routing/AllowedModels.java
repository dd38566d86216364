package dev.serai.processors.routing;

import dev.serai.core.caller.AllowList;
import dev.serai.core.model.ModelCatalogue.ModelRoute;
import dev.serai.core.problem.PermissionProblem;
import dev.serai.core.routing.Candidate;
import java.util.List;
import java.util.Optional;

/**
 * Keeps a caller to the models that it may call. A name that its list allows is served by whatever
 * it leads to; for another name, such as an alias, only those candidates stay that the list allows
 * as {@code provider/model}. Pure.
 */
final class AllowedModels {
  private AllowedModels() {}

  /**
   * The part of a route that a caller may use.
   *
   * @param asked the model's name in the request; empty if it names none
   * @throws PermissionProblem 403 if nothing is left
   */
  static ModelRoute of(ModelRoute route, String asked, AllowList allowed) {
    return allowed.allows(asked) ? route : ofCandidates(route, asked, allowed);
  }

  /**
   * The part of a route that a caller may use if it named the provider: no alias was looked up, so
   * only {@code provider/model} counts, and not the name alone.
   *
   * @param asked the model's name in the request; empty if it names none
   * @throws PermissionProblem 403 if nothing is left
   */
  static ModelRoute ofCandidates(ModelRoute route, String asked, AllowList allowed) {
    if (allowed.allowsAll()) {
      return route;
    }
    ModelRoute left = route.keeping(candidate -> allows(allowed, candidate));
    if (left.isEmpty()) {
      throw refused(asked);
    }
    return left;
  }

  /**
   * The part of a route whose providers the caller may let use other models too: all of those that
   * its request names.
   *
   * @param others as the providers name them
   * @throws PermissionProblem 403 if nothing is left
   */
  static ModelRoute withOthers(ModelRoute route, List<String> others, AllowList allowed) {
    if (others.isEmpty()) {
      return route;
    }
    ModelRoute left =
        route.keeping(c -> others.stream().allMatch(model -> allows(allowed, c.provider(), model)));
    if (left.isEmpty()) {
      String provider = route.candidates().getFirst().provider();
      throw refused(
          others.stream()
              .filter(model -> !allows(allowed, provider, model))
              .findFirst()
              .map(model -> provider + "/" + model)
              .orElse(""));
    }
    return left;
  }

  private static boolean allows(AllowList allowed, Candidate candidate) {
    return allows(allowed, candidate.provider(), candidate.model());
  }

  private static boolean allows(AllowList allowed, String provider, String model) {
    return allowed.allows(provider + "/" + model);
  }

  private static PermissionProblem refused(String asked) {
    String message =
        asked.isEmpty()
            ? "This API key is limited to certain models; name one."
            : "The caller may not call the model '"
                + asked
                + "'. GET /v1/models lists those it may.";
    return new PermissionProblem("model_not_allowed", message, Optional.of("model"));
  }
}
