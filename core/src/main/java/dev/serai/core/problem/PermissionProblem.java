package dev.serai.core.problem;

import java.util.Optional;

/** 403: the caller is known and may not do this. */
public final class PermissionProblem extends GatewayProblem {
  private static final long serialVersionUID = 1L;

  private final Optional<String> param;

  /**
   * @param code the exact error, machine readable ({@code model_not_allowed})
   * @param param the request's parameter that is at fault, if one is
   */
  public PermissionProblem(String code, String message, Optional<String> param) {
    super(403, "permission_error", code, message);
    this.param = param;
  }

  @Override
  public Optional<String> param() {
    return param;
  }
}
