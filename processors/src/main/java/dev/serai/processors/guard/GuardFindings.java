package dev.serai.processors.guard;

import dev.serai.core.call.Call;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.guard.Guard;
import dev.serai.core.guard.GuardCheck.Outcome;
import dev.serai.core.guard.GuardCheck.Subject;
import dev.serai.core.guard.GuardDirection;
import dev.serai.core.guard.GuardedText;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.GatewayProblem;
import java.util.List;
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

  /**
   * Checks the texts of a request or a response with a guard. It may take time if the guard has a
   * check of its own.
   *
   * @param response empty if the texts are those of the request
   * @return the problem if the guard refuses them
   */
  Optional<GatewayProblem> check(
      Call call, Guard guard, List<GuardedText> texts, Optional<ChatResponse> response) {
    GuardDirection direction = response.isEmpty() ? GuardDirection.INPUT : GuardDirection.OUTPUT;
    if (guard.check().isEmpty()) {
      return texts.stream().anyMatch(guard.patterns()::isIn)
          ? objects(call, guard, direction)
          : Optional.empty();
    }
    Subject subject =
        new Subject(call.requestId(), call.caller(), call.request().model(), texts, response);
    return switch (guard.check().get().check(subject)) {
      case Outcome.Passed _ -> Optional.empty();
      case Outcome.Objected(String reason) -> objects(call, guard, direction, reason);
      case Outcome.NotChecked(String reason) -> cannotCheck(call, guard, direction, reason);
    };
  }

  /** Whether one of the guards may take time to check. */
  static boolean takeTime(List<Guard> guards) {
    return guards.stream().anyMatch(guard -> guard.check().isPresent());
  }

  /** A guard objects to a text; returns the problem if it blocks. */
  Optional<GatewayProblem> objects(Call call, Guard guard, GuardDirection direction) {
    return objects(call, guard, direction, "");
  }

  private Optional<GatewayProblem> objects(
      Call call, Guard guard, GuardDirection direction, String reason) {
    note(call, guard, direction, guard.blocks() ? "blocked" : "reported");
    return guard.blocks()
        ? refused(call, direction, blocked(guard, direction, reason))
        : Optional.empty();
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
    return blocked(guard, direction, "");
  }

  private static CallerProblem blocked(Guard guard, GuardDirection direction, String reason) {
    String why = reason.isEmpty() ? "its content." : "its content: " + reason;
    return direction == GuardDirection.INPUT
        ? requestBlocked(guard, why)
        : responseBlocked(guard, why);
  }

  private static CallerProblem requestBlocked(Guard guard, String why) {
    return new CallerProblem(
        400,
        "content_blocked",
        "The guard '"
            + guard.name()
            + "' blocks this request because of "
            + why
            + " Change the content and send it again.",
        Optional.empty());
  }

  private static CallerProblem responseBlocked(Guard guard, String why) {
    return new CallerProblem(
        400,
        "response_blocked",
        "The guard '"
            + guard.name()
            + "' blocks the response because of "
            + why
            + " The tokens of the response are charged; another request may lead to another"
            + " response.",
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
