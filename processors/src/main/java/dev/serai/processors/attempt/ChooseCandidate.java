package dev.serai.processors.attempt;

import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.routing.Candidate;
import dev.serai.processors.hedge.CallHedger;
import dev.serai.processors.retry.EarlyProbe;
import dev.serai.processors.retry.RetryBudget;
import dev.serai.processors.retry.RetryWaits;
import dev.serai.processors.routing.strategy.CandidateStats;
import dev.serai.processors.support.AsyncStep;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import java.util.List;
import java.util.Optional;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/**
 * Begins the next attempt. Candidates are tried in the order of the plan. When all have been tried,
 * one is tried again whose last failure may have passed, as {@link RetryWaits} chooses. A candidate
 * with another provider key or access token to try, or whose connection broke, is tried again at
 * once. If the circuit breakers of all candidates are open, one of them may be probed at once, as
 * {@link EarlyProbe} chooses. Any other second try waits without holding a thread, and ends if the
 * client disconnects. With hedging the next candidate is asked too if this one is late, as {@link
 * CallHedger} decides. Thread-safe.
 */
public final class ChooseCandidate extends AsyncStep {
  private final EventLoops loops;
  private final RetryBudget budget;
  private final RetryWaits waits;
  private final CandidateStats stats;
  private final CallHedger hedger;

  /**
   * @param stats measures the attempts
   * @param hedger asks another candidate beside one that is late
   */
  public ChooseCandidate(
      EventLoops loops,
      CandidateStats stats,
      CallHedger hedger,
      RetryBudget budget,
      RetryWaits waits) {
    this.stats = stats;
    this.loops = loops;
    this.hedger = hedger;
    this.budget = budget;
    this.waits = waits;
  }

  @Override
  public boolean begin(Exchange exchange, AsyncCallback callback) {
    Call call = Calls.of(exchange);
    int made = call.candidatesTried();
    if (call.attempts().isEmpty()) {
      budget.earn();
    } else if (call.current().repeated()) {
      begin(exchange, call, call.current().candidate());
      return true;
    }
    List<Candidate> candidates = call.plan().candidates();
    if (made < candidates.size()) {
      begin(exchange, call, candidates.get(made));
      return true;
    }
    Optional<Candidate> probe = EarlyProbe.of(call);
    if (probe.isPresent()) {
      begin(exchange, call, probe.get());
      call.current().markProbe();
      return true;
    }
    RetryWaits.Retry retry = waits.next(call);
    new WaitingRetry(exchange, callback, () -> begin(exchange, call, retry.candidate()))
        .begin(loops, retry.delay());
    return false;
  }

  private void begin(Exchange exchange, Call call, Candidate candidate) {
    Attempt attempt = call.beginAttempt(candidate);
    if (!call.request().isTokenCount()) { // no model is asked, so its speed is not measured
      stats.begin(attempt);
    }
    exchange.setProperty(ExchangeProperties.ADAPTER, candidate.provider());
    exchange.setProperty(ExchangeProperties.NEEDS_ATTEMPT, Boolean.FALSE);
    hedger.watch(exchange, call);
  }
}
