package dev.serai.core.problem;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A failure as the caller sees it. Any other exception is shown as an {@link InternalProblem}.
 * Immutable and without a stack trace: throwing one is as cheap as returning it.
 */
public abstract sealed class GatewayProblem extends RuntimeException
    permits CallerProblem,
        AuthenticationProblem,
        PermissionProblem,
        LimitProblem,
        ProviderProblem,
        CapacityProblem,
        InternalProblem {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String type;
  private final String code;

  /**
   * @param status the HTTP status of the reply
   * @param type the family of the error, in OpenAI's words ({@code invalid_request_error})
   * @param code the exact error, machine readable ({@code model_not_found})
   * @param message for a person; never a secret, a class name, a host or a path
   */
  GatewayProblem(int status, String type, String code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.type = type;
    this.code = code;
  }

  public final int status() {
    return status;
  }

  public final String type() {
    return type;
  }

  public final String code() {
    return code;
  }

  /** The message for a person. */
  public final String message() {
    return String.valueOf(getMessage());
  }

  /** The request's parameter that is at fault, if one is. */
  public Optional<String> param() {
    return Optional.empty();
  }

  /** How long the caller should wait before the next try, if that is known. */
  public Optional<Duration> retryAfter() {
    return Optional.empty();
  }

  /** Facts for programs, by name, such as which limit is reached; empty for most problems. */
  public Map<String, String> explanation() {
    return Map.of();
  }
}
