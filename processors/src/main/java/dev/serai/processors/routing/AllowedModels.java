package dev.serai.processors.routing;

import dev.serai.core.caller.AllowList;
import dev.serai.core.problem.PermissionProblem;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.Plan;
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
   * The part of a plan that a caller may use.
   *
   * @param asked the model's name in the request; empty if it names none
   * @throws PermissionProblem 403 if nothing is left
   */
  static Plan of(Plan plan, String asked, AllowList allowed) {
    return allowed.allows(asked) ? plan : ofCandidates(plan, asked, allowed);
  }

  /**
   * The part of a plan that a caller may use if it named the provider: no alias was looked up, so
   * only {@code provider/model} counts, and not the name alone.
   *
   * @param asked the model's name in the request; empty if it names none
   * @throws PermissionProblem 403 if nothing is left
   */
  static Plan ofCandidates(Plan plan, String asked, AllowList allowed) {
    if (allowed.allowsAll()) {
      return plan;
    }
    List<Candidate> left =
        plan.candidates().stream().filter(candidate -> allows(allowed, candidate)).toList();
    if (left.isEmpty()) {
      throw refused(asked);
    }
    return plan.with(left);
  }

  /**
   * The part of a plan whose providers the caller may let use other models too: all of those that
   * its request names.
   *
   * @param others as the providers name them
   * @throws PermissionProblem 403 if nothing is left
   */
  static Plan withOthers(Plan plan, List<String> others, AllowList allowed) {
    if (others.isEmpty()) {
      return plan;
    }
    List<Candidate> left =
        plan.candidates().stream()
            .filter(c -> others.stream().allMatch(model -> allows(allowed, c.provider(), model)))
            .toList();
    if (left.isEmpty()) {
      String provider = plan.candidates().getFirst().provider();
      throw refused(
          others.stream()
              .filter(model -> !allows(allowed, provider, model))
              .findFirst()
              .map(model -> provider + "/" + model)
              .orElse(""));
    }
    return plan.with(left);
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
