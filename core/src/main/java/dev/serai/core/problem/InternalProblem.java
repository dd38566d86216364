package dev.serai.core.problem;

/** An unexpected failure of the gateway: 500 and the request's id, no details. */
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
