package dev.serai.processors.admission;

import dev.serai.core.fair.GrantListener.Refusal;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import java.time.Duration;
import java.util.Optional;

/** Words why an attempt may not wait for its provider. Another candidate may be tried. */
final class CapacityRefusal {
  private static final int UNAVAILABLE = 503;

  private CapacityRefusal() {}

  static ProviderProblem of(String provider, Refusal why, Duration retryAfter) {
    ProviderProblem.Builder refusal =
        ProviderProblem.of(provider, FailureCause.LIMITED, UNAVAILABLE);
    return (why == Refusal.EXPIRED ? refusal.code("queue_timeout") : refusal.code("busy"))
        .type("server_error")
        .message("The provider '" + provider + "' is busy: " + reason(why) + " Retry later.")
        .retryAfter(Optional.of(retryAfter))
        .build();
  }

  private static String reason(Refusal why) {
    return switch (why) {
      case FULL -> "as many calls wait as may wait.";
      case TENANT_FULL -> "as many calls of this tenant wait as may wait.";
      case CONGESTED -> "so many calls wait that those of the class bronze are refused.";
      case EXPIRED -> "the call has waited as long as it may.";
    };
  }
}
