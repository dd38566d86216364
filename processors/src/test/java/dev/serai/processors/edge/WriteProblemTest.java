package dev.serai.processors.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.http.Reply;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.surface.Surfaces;
import dev.serai.processors.support.CallFixtures;
import dev.serai.processors.support.Calls;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

final class WriteProblemTest {
  private final List<GatewayProblem> shown = new ArrayList<>();
  private final Exchange exchange = new CallFixtures().exchangeFor("m");
  private final Call call = Calls.of(exchange);

  @Test
  void aProblemIsShownAndEndsTheCall() {
    CallerProblem problem = new CallerProblem(404, "not_found", "No.", Optional.empty());
    write(problem);
    assertThat(shown).containsExactly(problem);
    assertThat(call.outcome()).contains(Outcome.FAILED);
    assertThat(exchange.getMessage().getBody(Reply.class).status()).isEqualTo(404);
  }

  @Test
  void aDisconnectedClientHasCancelledTheCallAndIsSentNothing() {
    write(new CallerProblem(499, "request_cancelled", "Gone.", Optional.empty()));
    assertThat(shown).isEmpty();
    assertThat(call.outcome()).contains(Outcome.CANCELLED);
  }

  private void write(CallerProblem problem) {
    exchange.setProperty(Exchange.EXCEPTION_CAUGHT, problem);
    new WriteProblem(new Surfaces(call.surface(), List.of()), shown::add).process(exchange);
  }
}
