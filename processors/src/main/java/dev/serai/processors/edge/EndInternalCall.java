package dev.serai.processors.edge;

import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.chat.ChatReply;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.processors.support.Calls;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Ends a call that the gateway makes itself, whose response no client gets. Thread-safe. */
public final class EndInternalCall implements Processor {
  @Override
  public void process(Exchange exchange) {
    Calls.find(exchange).ifPresent(call -> end(call, exchange.getMessage().getBody()));
  }

  private static void end(Call call, Object body) {
    if (body instanceof ChatReply) {
      call.end(Outcome.ANSWERED, Optional.empty());
    } else {
      Optional<GatewayProblem> why =
          call.attempts().isEmpty() ? Optional.empty() : call.current().problem();
      call.end(Outcome.FAILED, why);
    }
  }
}
