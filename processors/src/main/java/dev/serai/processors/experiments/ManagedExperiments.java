package dev.serai.processors.experiments;

import dev.serai.core.caller.Caller;
import dev.serai.core.experiment.Experiment;
import dev.serai.core.experiment.ExperimentStore;
import dev.serai.core.experiment.Variant;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.PermissionProblem;
import dev.serai.processors.management.KeyRights;
import dev.serai.processors.management.PathId;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The experiments, as far as a caller may manage them: those of its own tenant, unless it may read
 * everything. Thread-safe.
 */
final class ManagedExperiments {
  private static final String PATH = "/v1/experiments/";

  private final ExperimentStore store;
  private final Predicate<String> served;

  /**
   * @param served whether a configured provider serves a model name
   */
  ManagedExperiments(ExperimentStore store, Predicate<String> served) {
    this.store = store;
    this.served = served;
  }

  /**
   * The experiment that the path names.
   *
   * @throws CallerProblem 404 if it does not exist, or the caller may not manage it
   */
  Experiment find(Caller caller, InboundRequest request) {
    return store
        .find(PathId.after(PATH, request))
        .filter(one -> KeyRights.sees(caller, one.tenant()))
        .orElseThrow(ManagedExperiments::unknown);
  }

  /**
   * Refuses an experiment of a tenant that the caller does not manage.
   *
   * @throws PermissionProblem 403
   */
  static void requireManaged(Caller caller, Experiment experiment) {
    if (!KeyRights.sees(caller, experiment.tenant())) {
      throw new PermissionProblem(
          "permission_denied",
          "The caller may manage experiments of the tenant '" + caller.tenant() + "' only.",
          Optional.of("tenant"));
    }
  }

  /**
   * Refuses models that the caller may not call itself.
   *
   * @throws PermissionProblem 403
   */
  static void requireCallable(Caller caller, Experiment experiment) {
    KeyRights.requireCallable(caller, "model", experiment.model());
    for (Variant variant : experiment.variants()) {
      KeyRights.requireCallable(caller, "variants", variant.model());
    }
  }

  /**
   * Refuses models that no provider serves.
   *
   * @throws CallerProblem 400
   */
  void requireModels(Experiment experiment) {
    if (!served.test(experiment.model())) {
      throw unserved("model", experiment.model());
    }
    for (Variant variant : experiment.variants()) {
      if (!served.test(variant.model())) {
        throw unserved("variants", variant.model());
      }
    }
  }

  private static CallerProblem unserved(String member, String model) {
    return CallerProblem.invalid(
        member,
        "No provider serves the model '"
            + model
            + "'. GET /v1/models lists those that can be called.");
  }

  static CallerProblem unknown() {
    return new CallerProblem(
        404,
        "experiment_not_found",
        "There is no experiment with that ID. GET /v1/experiments lists them.",
        Optional.of("id"));
  }
}
