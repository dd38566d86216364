package dev.serai.adapters.dialects.ask;

import dev.serai.core.problem.AuthenticationProblem;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.InternalProblem;
import dev.serai.core.problem.LimitProblem;
import dev.serai.core.problem.PermissionProblem;
import dev.serai.core.problem.ProviderProblem;

/**
 * The code and the HTTP status that this surface has for a problem.
 *
 * @param status of HTTP
 * @param code machine readable
 */
record ProblemCode(int status, String code) {
  private static final String NO_MODELS = "no_models_available";
  private static final String INVALID = "invalid_request";

  static ProblemCode of(GatewayProblem problem) {
    return switch (problem) {
      case AuthenticationProblem _ -> new ProblemCode(401, "authentication_failed");
      case PermissionProblem _ -> new ProblemCode(403, "permission_denied");
      case LimitProblem _ -> new ProblemCode(429, "rate_limited");
      case CapacityProblem full -> ofCapacity(full);
      case InternalProblem _ -> new ProblemCode(500, "internal_error");
      case ProviderProblem failed -> ofProvider(failed);
      case CallerProblem wrong -> ofCaller(wrong);
    };
  }

  /**
   * Load is what this surface calls back-pressure. A gateway that drains, or that lacks memory, its
   * ledger or another part, keeps its own code: to send less would not help.
   */
  private static ProblemCode ofCapacity(CapacityProblem problem) {
    return switch (problem.code()) {
      case "backpressure", "rate_limits_full", "too_many_connections" ->
          new ProblemCode(429, "backpressure");
      case "rate_limit_exceeded", "concurrency_limit_exceeded" ->
          new ProblemCode(429, "rate_limited");
      default -> new ProblemCode(problem.status(), problem.code());
    };
  }

  /** A member that is at fault makes a request that cannot be validated. */
  private static ProblemCode ofCaller(CallerProblem problem) {
    if (problem.code().equals(NO_MODELS)) {
      return new ProblemCode(503, NO_MODELS);
    }
    return switch (problem.status()) {
      case 400 ->
          problem.param().isPresent()
              ? new ProblemCode(422, "validation_error")
              : new ProblemCode(400, INVALID);
      case 422 -> new ProblemCode(422, "validation_error");
      case 403 -> new ProblemCode(403, "permission_denied");
      case 404 -> new ProblemCode(404, problem.param().isPresent() ? "model_not_found" : INVALID);
      case 413 -> new ProblemCode(413, "prompt_too_large");
      case CallerProblem.CLIENT_CLOSED_REQUEST ->
          new ProblemCode(CallerProblem.CLIENT_CLOSED_REQUEST, "request_cancelled");
      default -> new ProblemCode(problem.status(), INVALID);
    };
  }

  private static ProblemCode ofProvider(ProviderProblem problem) {
    if (problem.failureCause() == FailureCause.LIMITED) {
      return new ProblemCode(429, "rate_limited");
    }
    if (problem.failureCause().nothingSent()) {
      return new ProblemCode(503, NO_MODELS);
    }
    if (problem.failureCause() == FailureCause.RATE_LIMITED) {
      return new ProblemCode(429, "rate_limited");
    }
    return switch (problem.status()) {
      case 400, 413, 422 -> new ProblemCode(400, INVALID);
      case 404 -> new ProblemCode(404, "model_not_found");
      default -> new ProblemCode(502, "external_service_error");
    };
  }
}
