package dev.serai.core.problem;

/** 401: the request has no API key, or one that is not valid. */
public final class AuthenticationProblem extends GatewayProblem {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what is wrong and what to do; never the key
   */
  public AuthenticationProblem(String message) {
    super(401, "invalid_request_error", "invalid_api_key", message);
  }
}
