package dev.serai.core.problem;

/** Something went wrong that is nobody's business but ours: 500 and the request's id. */
public final class InternalProblem extends GatewayProblem {
  private static final long serialVersionUID = 1L;

  public InternalProblem(String requestId) {
    super(
        500,
        "server_error",
        "internal_error",
        "The gateway failed on this request. Its id is " + requestId + ".");
  }
}
