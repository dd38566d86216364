package dev.serai.adapters.dialects.problem;

import dev.serai.core.dialect.Destination;
import dev.serai.core.http.Headers;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import java.util.Optional;

/**
 * Maps failures of a provider to problems, and decides which part of its message a caller sees:
 * truncated, and without hosts, paths and keys. A message about the gateway's own key is never
 * shown. Stateless.
 */
public final class ProviderProblems {
  private ProviderProblems() {}

  /**
   * The problem for a status (RFC 9110, section 15). 529 is Anthropic's status for overloaded, not
   * a rate limit: it becomes 503.
   *
   * @param message of the provider, empty if there is none
   */
  public static ProviderProblem.Builder byStatus(
      Destination destination, int status, String message) {
    return byStatus(destination, status, "", message);
  }

  /**
   * The problem for a status and a code, type or reason of the provider.
   *
   * @param code empty if there is none
   */
  public static ProviderProblem.Builder byStatus(
      Destination destination, int status, String code, String message) {
    String name = destination.provider().name();
    if (AccountFault.is(status, code, message)) {
      return accountFault(destination, message);
    }
    if (AccessDenial.concernsRegion(status, message)
        || status == 403 && AccessDenial.concernsRequest(destination.model(), message, "")) {
      return forbidden(destination, message);
    }
    FailureCause cause = cause(status, message);
    ProviderProblem.Builder problem = ProviderProblem.of(name, cause, shown(status, cause));
    if (cause == FailureCause.CREDENTIALS) {
      return problem.message("The provider '" + name + "' did not accept the gateway's key.");
    }
    if (cause == FailureCause.REFUSED) {
      problem.type("invalid_request_error");
      problem.code(status == 404 ? "model_not_found" : "invalid_request");
    } else if (cause.rejectsRequest()) {
      RejectedContent.describe(cause, problem);
    }
    if (cause == FailureCause.OVERLOADED && (status == 503 || status == 529)) {
      problem.type("overloaded_error");
    }
    String shown = MessageRedaction.of(message, destination);
    return shown.isEmpty() ? problem : problem.message(shown);
  }

  private static FailureCause cause(int status, String message) {
    return Throttling.is(status, "", message)
        ? FailureCause.RATE_LIMITED
        : RejectedContent.of(cause(status), status, "", message);
  }

  /**
   * The problem of an account of the gateway that has no credit or is blocked. The provider's
   * message is for the operator's log only.
   */
  public static ProviderProblem.Builder accountFault(Destination destination, String message) {
    String name = destination.provider().name();
    return ProviderProblem.of(name, FailureCause.CREDENTIALS, 502)
        .message("The provider '" + name + "' did not accept the gateway's key.")
        .detail(Optional.of(MessageRedaction.of(message, destination)).filter(t -> !t.isEmpty()));
  }

  /** The problem of a 403 that is about the model or the region. */
  public static ProviderProblem.Builder forbidden(Destination destination, String message) {
    String name = destination.provider().name();
    String shown = MessageRedaction.of(message, destination);
    return ProviderProblem.of(name, FailureCause.FORBIDDEN, 403)
        .type("permission_error")
        .code("model_access_denied")
        .message(
            shown.isEmpty() ? "The provider '" + name + "' does not allow this model." : shown);
  }

  /** The problem for a status, with the retry delay of the headers. */
  public static ProviderProblem.Builder byStatus(
      Destination destination, int status, Headers headers, String message) {
    return byStatus(destination, status, message).retryAfter(RetryAfter.read(headers));
  }

  /**
   * The kind of failure. Some providers report 499 for a call that they cancelled themselves; what
   * a server does not implement (501), and a loop of gateways (508), stay when they are tried
   * again.
   */
  public static FailureCause cause(int status) {
    return switch (status) {
      case 401, 402, 403 -> FailureCause.CREDENTIALS;
      case 408, 499 -> FailureCause.OVERLOADED;
      case 429 -> FailureCause.RATE_LIMITED;
      case 501, 508 -> FailureCause.REFUSED;
      default ->
          status >= 500
              ? FailureCause.OVERLOADED
              : status >= 400 ? FailureCause.REFUSED : FailureCause.MALFORMED;
    };
  }

  /**
   * The status for the caller: its own credentials are not at fault, it has not disconnected, and a
   * redirect is not a reply. A rate limit is 429, whatever the provider replies. What a provider
   * rejects for its length or its content is an error of the request, also with a status of 5xx.
   * Only Anthropic's clients know 529.
   */
  public static int shown(int status, FailureCause cause) {
    if (cause == FailureCause.CREDENTIALS || status < 400 || status > 599) {
      return 502;
    }
    if (cause == FailureCause.RATE_LIMITED) {
      return 429;
    }
    if (cause == FailureCause.CONTEXT_WINDOW || cause == FailureCause.CONTENT_FILTER) {
      return status < 500 ? status : 400;
    }
    return switch (status) {
      case 408 -> 504;
      case 499 -> 502;
      case 529 -> 503;
      default -> status;
    };
  }

  /** The problem of a reply that is malformed or incomplete. */
  public static ProviderProblem malformed(Destination destination, String what) {
    String name = destination.provider().name();
    return ProviderProblem.of(name, FailureCause.MALFORMED, 502)
        .message("The provider '" + name + "' sent " + what + ".")
        .build();
  }
}
