package dev.serai.adapters.dialects.request;

import dev.serai.core.problem.CallerProblem;
import dev.serai.core.request.ModelRequest;

/** Checks the names in a request: of its model, and of what else it refers to. Stateless. */
public final class RequestNames {
  private RequestNames() {}

  /**
   * The name itself.
   *
   * @param param the member that it is the value of
   * @throws CallerProblem 400 if it is empty, too long or not printable
   */
  public static String valid(String param, String name) {
    if (!ModelRequest.isValidName(name)) {
      throw CallerProblem.invalid(
          param, "Invalid '" + param + "': " + ModelRequest.nameRule(name) + ".");
    }
    return name;
  }

  /** A problem of status 400 of a request that names no model. */
  public static CallerProblem noModel() {
    return CallerProblem.invalid(
        "model", "You must provide a model parameter; GET /v1/models lists the models.");
  }
}
