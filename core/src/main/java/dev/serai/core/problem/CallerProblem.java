package dev.serai.core.problem;

import dev.serai.core.secret.KeyForms;
import java.util.Optional;

/** The request cannot be served; repeating the request unchanged will not help. */
public final class CallerProblem extends GatewayProblem {
  private static final long serialVersionUID = 1L;

  /** The status of a request whose client has disconnected: nothing is sent with it. */
  public static final int CLIENT_CLOSED_REQUEST = 499;

  private static final String INVALID_REQUEST = "invalid_request_error";

  private final Optional<String> param;

  public CallerProblem(int status, String code, String message, Optional<String> param) {
    super(status, INVALID_REQUEST, code, message);
    this.param = param;
  }

  /** 400: the request is not what the surface defines. */
  public static CallerProblem invalid(String message) {
    return new CallerProblem(400, "invalid_request", message, Optional.empty());
  }

  /** 400, naming the parameter that is wrong. */
  public static CallerProblem invalid(String param, String message) {
    return new CallerProblem(400, "invalid_request", message, Optional.of(param));
  }

  /** 404: no alias, catalogue entry or provider of that name. */
  public static CallerProblem unknownModel(String model) {
    return unknownModel(model, ModelHint.NONE);
  }

  /**
   * 404: no alias, catalogue entry or provider of that name, or its provider is off. A key in its
   * place is not shown.
   *
   * @param hint what to do
   */
  public static CallerProblem unknownModel(String model, ModelHint hint) {
    return notFound(hint.ofUnknown(KeyForms.redacted(model)));
  }

  /**
   * 404: the name is known, and no provider of its models is configured.
   *
   * @param hint what to do
   */
  public static CallerProblem notOffered(String model, ModelHint hint) {
    return notFound(hint.ofKnown(model));
  }

  private static CallerProblem notFound(String message) {
    return new CallerProblem(404, "model_not_found", message, Optional.of("model"));
  }

  /** 499: the client has disconnected. */
  public static CallerProblem disconnected() {
    return new CallerProblem(
        CLIENT_CLOSED_REQUEST,
        "request_cancelled",
        "The client has disconnected.",
        Optional.empty());
  }

  @Override
  public Optional<String> param() {
    return param;
  }
}
