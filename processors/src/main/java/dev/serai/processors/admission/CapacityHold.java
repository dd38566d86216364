package dev.serai.processors.admission;

import dev.serai.core.call.Attempt;
import dev.serai.core.fair.Ticket;
import dev.serai.core.limit.Hold;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import java.util.Optional;

/**
 * The place of an attempt in the queue or in the window of its provider's model. When the attempt
 * ends, the window learns how it ended.
 */
final class CapacityHold extends Hold {
  private static final int INTERNAL_ERROR = 500;
  private static final int BAD_GATEWAY = 502;

  private final Ticket ticket;
  private final Attempt attempt;

  CapacityHold(Ticket ticket, Attempt attempt) {
    this.ticket = ticket;
    this.attempt = attempt;
  }

  @Override
  protected void onSettle(Optional<GatewayProblem> problem) {
    if (problem.isPresent()) {
      failed(problem.get());
    } else if (attempt.firstTokenNanos() != 0) {
      ticket.succeeded(attempt.firstTokenNanos());
    } else {
      ticket.leave(); // the client disconnected before the reply
    }
  }

  private void failed(GatewayProblem problem) {
    if (problem instanceof ProviderProblem failed && saysNoCapacity(failed)) {
      ticket.overloaded();
    } else {
      ticket.leave();
    }
  }

  /** A limit of the provider, an overload or a timeout; not an error inside the provider. */
  private boolean saysNoCapacity(ProviderProblem problem) {
    int status = attempt.providerStatus();
    return switch (problem.failureCause()) {
      case RATE_LIMITED, TIMEOUT -> true;
      case OVERLOADED -> status < INTERNAL_ERROR || status > BAD_GATEWAY;
      default -> false;
    };
  }

  @Override
  protected void onRelease() {
    ticket.leave();
  }
}
