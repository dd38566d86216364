package dev.serai.adapters.dialects.translation;

import dev.serai.core.dialect.Destination;
import dev.serai.core.http.Headers;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.problem.ProviderProblem.Fault;

/**
 * What a provider's status means for the gateway, and what of its words a caller may see: cut, and
 * without hosts, paths and keys. What it says of the gateway's own key is shown to nobody.
 */
public final class ProviderProblems {
  private ProviderProblems() {}

  /**
   * A failure told by a status (RFC 9110, section 15), 529 included, which is Anthropic's word for
   * overloaded and no rate limit: here that is 503.
   *
   * @param said the provider's own message, empty if there is none
   */
  public static ProviderProblem.Builder byStatus(Destination destination, int status, String said) {
    String name = destination.provider().name();
    Fault fault = fault(status);
    ProviderProblem.Builder problem = ProviderProblem.of(name, fault, shown(status, fault));
    if (fault == Fault.CREDENTIALS) {
      return problem.message("The provider '" + name + "' did not accept the gateway's key.");
    }
    if (fault == Fault.REFUSED) {
      problem.type("invalid_request_error");
      problem.code(status == 404 ? "model_not_found" : "invalid_request");
    }
    if (status == 503 || status == 529) {
      problem.type("overloaded_error");
    }
    String message = Redaction.of(said, destination);
    return message.isEmpty() ? problem : problem.message(message);
  }

  /** The same, with what the headers of the answer say of another try. */
  public static ProviderProblem.Builder byStatus(
      Destination destination, int status, Headers headers, String said) {
    return byStatus(destination, status, said).retryAfter(RetryAfter.read(headers));
  }

  /**
   * What went wrong. Some say 499 of a call that they gave up themselves; nobody here has left it.
   */
  public static Fault fault(int status) {
    return switch (status) {
      case 401, 402, 403 -> Fault.CREDENTIALS;
      case 408, 499 -> Fault.OVERLOADED;
      case 429 -> Fault.RATE_LIMITED;
      default -> status >= 500 ? Fault.OVERLOADED : status >= 400 ? Fault.REFUSED : Fault.MALFORMED;
    };
  }

  /**
   * What the caller sees of a status: his own credentials are not at fault, he has not left, and a
   * redirect is no answer. 529 is known to Anthropic's clients alone.
   */
  public static int shown(int status, Fault fault) {
    if (fault == Fault.CREDENTIALS || status < 400 || status > 599) {
      return 502;
    }
    return switch (status) {
      case 408 -> 504;
      case 499 -> 502;
      case 529 -> 503;
      default -> status;
    };
  }

  /** An answer that is not in the provider's grammar, or ends in the middle. */
  public static ProviderProblem garbled(Destination destination, String what) {
    String name = destination.provider().name();
    return ProviderProblem.of(name, Fault.MALFORMED, 502)
        .message("The provider '" + name + "' sent " + what + ".")
        .build();
  }
}
