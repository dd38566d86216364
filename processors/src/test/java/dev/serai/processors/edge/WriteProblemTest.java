package dev.serai.processors.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.http.Reply;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.routing.Candidate;
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

  @Test
  void aProblemOfAProviderNamesTheLastAttempt() {
    call.beginAttempt(new Candidate("first", "m1"));
    call.beginAttempt(new Candidate("second", "m2"));
    write(ProviderProblem.of("second", FailureCause.OVERLOADED, 500).build());
    assertThat(sent("x-serai-provider")).contains("second");
    assertThat(sent("x-serai-model")).contains("m2");
    assertThat(sent("x-serai-attempts")).contains("2");
  }

  @Test
  void anyOtherProblemAfterAnAttemptOnlyCountsThem() {
    call.beginAttempt(new Candidate("first", "m1"));
    write(new CallerProblem(400, "response_blocked", "No.", Optional.empty()));
    assertThat(sent("x-serai-provider")).isEmpty();
    assertThat(sent("x-serai-attempts")).contains("1");
  }

  @Test
  void beforeAnAttemptThereIsNothingToCount() {
    write(new CallerProblem(404, "not_found", "No.", Optional.empty()));
    assertThat(sent("x-serai-attempts")).isEmpty();
  }

  private Optional<String> sent(String name) {
    return exchange.getMessage().getBody(Reply.class).headers().first(name);
  }

  private void write(GatewayProblem problem) {
    exchange.setProperty(Exchange.EXCEPTION_CAUGHT, problem);
    new WriteProblem(new Surfaces(call.surface(), List.of()), shown::add).process(exchange);
  }
}
