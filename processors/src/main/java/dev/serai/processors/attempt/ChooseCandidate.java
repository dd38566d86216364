package dev.serai.processors.attempt;

import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.routing.Candidate;
import dev.serai.processors.retry.RetryBudget;
import dev.serai.processors.retry.RetryWaits;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;

/**
 * Begins the next attempt. Candidates are tried in the order of the plan. When all have been tried,
 * those are tried again whose last failure may have passed, from the first. A candidate with
 * another provider key or access token to try, or whose connection broke, is tried again at once;
 * any other second try waits for as long as the provider asked, or for a growing delay, without
 * holding a thread. Thread-safe.
 */
public final class ChooseCandidate extends AsyncProcessorSupport {
  private final EventLoops loops;
  private final RetryBudget budget;
  private final RetryWaits waits;

  public ChooseCandidate(EventLoops loops, RetryBudget budget, RetryWaits waits) {
    this.loops = loops;
    this.budget = budget;
    this.waits = waits;
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    Call call = Calls.of(exchange);
    int made = call.candidatesTried();
    if (call.attempts().isEmpty()) {
      budget.earn();
    } else if (call.current().repeated()) {
      begin(exchange, call, call.current().candidate());
      callback.done(true);
      return true;
    }
    List<Candidate> candidates = call.plan().candidates();
    if (made < candidates.size()) {
      begin(exchange, call, candidates.get(made));
      callback.done(true);
      return true;
    }
    Candidate again = again(call, made);
    loops
        .of(exchange)
        .schedule(
            () -> {
              begin(exchange, call, again);
              callback.done(false);
            },
            waits.before(call).toMillis(),
            TimeUnit.MILLISECONDS);
    return false;
  }

  /** The next candidate whose failure may have passed; a malformed reply would come again. */
  private static Candidate again(Call call, int made) {
    List<Candidate> candidates = call.plan().candidates();
    for (int i = 0; i < candidates.size(); i++) {
      Candidate next = candidates.get((made + i) % candidates.size());
      if (mayHavePassed(call, next)) {
        return next;
      }
    }
    return call.current().candidate();
  }

  private static boolean mayHavePassed(Call call, Candidate candidate) {
    for (Attempt attempt : call.attempts().reversed()) {
      if (attempt.candidate().equals(candidate)) {
        return attempt.problem().orElse(null) instanceof ProviderProblem problem
            && problem.fault().mayPass();
      }
    }
    return true;
  }

  private static void begin(Exchange exchange, Call call, Candidate candidate) {
    call.beginAttempt(candidate);
    exchange.setProperty(ExchangeProperties.ADAPTER, candidate.provider());
    exchange.setProperty(ExchangeProperties.UNANSWERED, Boolean.FALSE);
  }
}
