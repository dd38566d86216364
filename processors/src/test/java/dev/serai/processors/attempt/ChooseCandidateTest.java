package dev.serai.processors.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.call.Call;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.problem.ProviderProblem.Fault;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.Plan;
import dev.serai.processors.retry.RetryBudget;
import dev.serai.processors.retry.RetryWaits;
import dev.serai.processors.support.CallFixtures;
import dev.serai.processors.support.Calls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ChooseCandidateTest {
  private static final ScheduledExecutorService LOOP = Executors.newSingleThreadScheduledExecutor();

  private final ChooseCandidate choose =
      new ChooseCandidate(_ -> LOOP, new RetryBudget(100), new RetryWaits(Duration.ofMillis(1)));

  @AfterAll
  static void stop() {
    LOOP.close();
  }

  /** The providers that are tried when the attempts fail with these faults. */
  private List<String> tried(int candidates, Fault... faults) {
    Exchange exchange = new CallFixtures().exchangeFor("m");
    Call call = Calls.of(exchange);
    List<Candidate> all = new ArrayList<>();
    for (int i = 0; i < candidates; i++) {
      all.add(new Candidate("p" + i, "m"));
    }
    call.setPlan(new Plan(all, "test"));
    List<String> tried = new ArrayList<>();
    for (Fault fault : faults) {
      CompletableFuture<Boolean> chosen = new CompletableFuture<>();
      choose.process(exchange, chosen::complete);
      chosen.orTimeout(30, TimeUnit.SECONDS).join();
      tried.add(call.current().candidate().provider());
      call.failAttempt(ProviderProblem.of("x", fault, 502).build());
    }
    return tried;
  }

  @Test
  void candidatesAreTriedInOrderAndAgainFromTheFirst() {
    Fault down = Fault.OVERLOADED;
    assertThat(tried(3, down, down, down, down, down))
        .containsExactly("p0", "p1", "p2", "p0", "p1");
  }

  @Test
  void aCandidateWhoseReplyWasMalformedIsNotAskedAgain() {
    assertThat(tried(2, Fault.MALFORMED, Fault.OVERLOADED, Fault.OVERLOADED))
        .containsExactly("p0", "p1", "p1");
    assertThat(tried(3, Fault.OVERLOADED, Fault.MALFORMED, Fault.OVERLOADED, Fault.OVERLOADED))
        .containsExactly("p0", "p1", "p2", "p0");
  }

  @Test
  void neitherIsOneWithoutAccessOrWithAnOpenBreaker() {
    assertThat(tried(3, Fault.CREDENTIALS, Fault.BREAKER_OPEN, Fault.TIMEOUT, Fault.TIMEOUT))
        .containsExactly("p0", "p1", "p2", "p2");
  }
}
