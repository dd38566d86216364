package dev.serai.processors.feedback;

import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.caller.Caller;
import dev.serai.core.limit.ByteHold;
import dev.serai.core.model.Capability;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.routing.Decision;
import dev.serai.core.routing.Decision.Choice;
import dev.serai.core.routing.Strategy;
import java.time.InstantSource;
import java.util.Set;

/**
 * What is kept of a call until it has been observed.
 *
 * @param inSession whether the caller names a session
 * @param startMillis since 1970 (UTC)
 * @param endMillis since 1970 (UTC)
 * @param left whether the client has left a stream after its first token
 * @param bytes of the request, which count for the memory limit
 */
record EndedCall(
    String requestId,
    ChatRequest request,
    String owner,
    boolean inSession,
    long startMillis,
    long endMillis,
    boolean left,
    ByteHold bytes) {

  /** Whether a bandit has chosen its model. */
  static boolean isChosen(Call call) {
    return isPlanned(call) && !call.attempts().isEmpty();
  }

  /** Whether a bandit has chosen the model that it is to be sent to. */
  static boolean isPlanned(Call call) {
    return call.hasPlan()
        && call.plan().decision().filter(EndedCall::isOfBandit).isPresent()
        && call.asked() instanceof ChatRequest chat
        && !chat.isTokenCount();
  }

  /** Whether its response is to be JSON; false if the request can only be forwarded. */
  static boolean wantsJson(ChatRequest request) {
    try {
      Set<Capability> needs = request.outline().needs();
      return needs.contains(Capability.JSON_MODE) || needs.contains(Capability.STRUCTURED_OUTPUT);
    } catch (GatewayProblem malformed) {
      return false;
    }
  }

  private static boolean isOfBandit(Decision decision) {
    return decision.strategy().equals(Strategy.BANDIT.label())
        && decision.choice() != Choice.REPLACED
        && decision.assignment().isEmpty();
  }

  static EndedCall of(Call call, InstantSource clock, ByteHold bytes) {
    Caller caller = call.caller();
    boolean left =
        call.streaming()
            && call.outcome().filter(Outcome.CANCELLED::equals).isPresent()
            && call.current().firstTokenNanos() != 0;
    return new EndedCall(
        call.requestId(),
        call.askedChat(),
        caller.tenant() + '\n' + caller.key() + '\n' + caller.session(),
        !caller.session().isEmpty(),
        call.timeMillis(clock),
        clock.millis(),
        left,
        bytes);
  }
}
