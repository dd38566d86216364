package dev.serai.processors.guard;

import dev.serai.core.call.Call;
import dev.serai.core.guard.Guard;
import dev.serai.core.guard.GuardDirection;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.GatewayProblem;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts and logs what guards find, never the text, and says what follows from it. Thread-safe. */
final class GuardFindings {
  private static final Logger LOG = LoggerFactory.getLogger(GuardFindings.class);

  private final GuardCounter counter;

  GuardFindings(GuardCounter counter) {
    this.counter = counter;
  }

  /** A guard objects to a text; returns the problem if it blocks. */
  Optional<GatewayProblem> objects(Call call, Guard guard, GuardDirection direction) {
    note(call, guard, direction, guard.blocks() ? "blocked" : "reported");
    return guard.blocks() ? refused(call, direction, blocked(guard, direction)) : Optional.empty();
  }

  /** A guard cannot check a text; returns the problem if it fails closed. */
  Optional<GatewayProblem> cannotCheck(
      Call call, Guard guard, GuardDirection direction, String reason) {
    boolean refuses = guard.blocks() && guard.failsClosed();
    note(call, guard, direction, refuses ? "failed_closed" : "failed_open");
    return refuses
        ? refused(call, direction, notCheckable(guard, direction, reason))
        : Optional.empty();
  }

  private static Optional<GatewayProblem> refused(
      Call call, GuardDirection direction, CallerProblem problem) {
    if (direction == GuardDirection.OUTPUT) {
      call.markWithheld();
    }
    return Optional.of(problem);
  }

  private void note(Call call, Guard guard, GuardDirection direction, String outcome) {
    counter.add(guard, direction, outcome);
    LOG.info(
        "request {} of tenant {}: guard {}, {}: {}",
        call.requestId(),
        call.caller().tenant(),
        guard.name(),
        direction.label(),
        outcome);
  }

  static CallerProblem blocked(Guard guard, GuardDirection direction) {
    return direction == GuardDirection.INPUT ? requestBlocked(guard) : responseBlocked(guard);
  }

  private static CallerProblem requestBlocked(Guard guard) {
    return new CallerProblem(
        400,
        "content_blocked",
        "The guard '"
            + guard.name()
            + "' blocks this request because of its content. Change the content and send it again.",
        Optional.empty());
  }

  private static CallerProblem responseBlocked(Guard guard) {
    return new CallerProblem(
        400,
        "response_blocked",
        "The guard '"
            + guard.name()
            + "' blocks the response because of its content. The tokens of the response are"
            + " charged; another request may lead to another response.",
        Optional.empty());
  }

  private static CallerProblem notCheckable(Guard guard, GuardDirection direction, String reason) {
    String what = direction == GuardDirection.INPUT ? "this request" : "the response";
    return new CallerProblem(
        400,
        "content_not_checkable",
        "The guard '" + guard.name() + "' cannot check " + what + ": " + reason,
        Optional.empty());
  }
}
