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
    if (allowed.allowsAll() || allowed.allows(asked)) {
      return plan;
    }
    List<Candidate> left =
        plan.candidates().stream().filter(candidate -> allows(allowed, candidate)).toList();
    if (left.isEmpty()) {
      throw refused(asked);
    }
    return new Plan(left, plan.reason());
  }

  private static boolean allows(AllowList allowed, Candidate candidate) {
    return allowed.allows(candidate.provider() + "/" + candidate.model());
  }

  private static PermissionProblem refused(String asked) {
    String message =
        asked.isEmpty()
            ? "The API key may call certain models only, and the request names none."
            : "The API key may not call the model '" + asked + "'.";
    return new PermissionProblem("model_not_allowed", message, Optional.of("model"));
  }
}
