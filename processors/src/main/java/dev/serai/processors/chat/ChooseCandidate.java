package dev.serai.processors.chat;

import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.call.Candidate;
import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;

/**
 * Begins the next attempt: the candidates in the plan's order, and from the first again when all
 * have been asked. A second try at the same candidate waits, without a thread, as long as the
 * provider asked for or a little longer each time. Thread-safe.
 */
public final class ChooseCandidate extends AsyncProcessorSupport {
  private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);

  private final EventLoops loops;
  private final RetryBudget budget;

  public ChooseCandidate(EventLoops loops, RetryBudget budget) {
    this.loops = loops;
    this.budget = budget;
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    Call call = Calls.of(exchange);
    int made = call.attempts().size();
    if (made == 0) {
      budget.earn();
    }
    List<Candidate> candidates = call.plan().candidates();
    if (made < candidates.size()) {
      begin(exchange, call, candidates.get(made));
      callback.done(true);
      return true;
    }
    Candidate again = candidates.get(made % candidates.size());
    loops
        .of(exchange)
        .schedule(
            () -> {
              begin(exchange, call, again);
              callback.done(false);
            },
            waitBefore(call).toMillis(),
            TimeUnit.MILLISECONDS);
    return false;
  }

  private static void begin(Exchange exchange, Call call, Candidate candidate) {
    call.attempt(candidate);
    exchange.setProperty(ExchangeProperties.ADAPTER, candidate.provider());
    exchange.setProperty(ExchangeProperties.UNANSWERED, Boolean.FALSE);
  }

  /** How long the provider wants to be left alone, else 100 ms, 200 ms, ... */
  static Duration waitBefore(Call call) {
    Attempt last = call.current();
    int retries = call.attempts().size() - call.plan().candidates().size();
    return last.problem()
        .flatMap(GatewayProblem::retryAfter)
        .orElse(FIRST_BACKOFF.multipliedBy(1L << Math.min(retries, 5)));
  }
}
