package dev.serai.processors.attempt;

import dev.serai.core.call.Attempt;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;

/**
 * Names the variable or setting of a key that a provider has rejected, never the key, or says that
 * the provider has none. Pure.
 */
final class RejectedKey {
  private RejectedKey() {}

  /** The problem with the name of the attempt's key; unchanged if the key is not at fault. */
  static GatewayProblem named(GatewayProblem problem, Attempt attempt) {
    if (!(problem instanceof ProviderProblem failed)
        || failed.failureCause() != FailureCause.CREDENTIALS
        || attempt.isSigned()) {
      return problem;
    }
    String provider = "The provider '" + failed.provider() + "' ";
    String message =
        attempt
            .key()
            .map(key -> provider + "did not accept the gateway's key " + key.name() + ".")
            .orElse(provider + "refused the request: no key is set for it.");
    return ProviderProblem.of(failed.provider(), failed.failureCause(), failed.status())
        .type(failed.type())
        .code(failed.code())
        .message(message)
        .param(failed.param())
        .retryAfter(failed.retryAfter())
        .detail(failed.detail())
        .build();
  }
}
