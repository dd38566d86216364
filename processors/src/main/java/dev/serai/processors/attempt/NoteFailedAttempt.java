package dev.serai.processors.attempt;

import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.problem.ProviderProblem.Fault;
import dev.serai.processors.support.Calls;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether a failed attempt is followed by another. The next candidate is asked whenever the
 * fault is one that another may not share; before that the same with another of its keys, if it was
 * the key's fault; the same candidate again only within the retry budget, at most {@code
 * maxAttempts} in all, and only if the wait still fits the caller's deadline. Otherwise the failure
 * is the answer. Thread-safe.
 */
public final class NoteFailedAttempt implements Processor {
  private static final Logger LOG = LoggerFactory.getLogger(NoteFailedAttempt.class);

  private final int maxAttempts;
  private final Duration deadline;
  private final RetryBudget budget;
  private final RetryWaits waits;
  private final KeyVerdicts keys;

  /**
   * @param rules how often and how long to try
   * @param keys is told of what a provider said of a key
   */
  public NoteFailedAttempt(RetryRules rules, RetryBudget budget, KeyVerdicts keys) {
    this.waits = rules.waits();
    this.maxAttempts = rules.maxAttempts();
    this.deadline = rules.deadline();
    this.budget = budget;
    this.keys = keys;
  }

  @Override
  public void process(Exchange exchange) {
    Call call = Calls.of(exchange);
    GatewayProblem problem = problemOf(exchange, call);
    call.failAttempt(problem);
    keys.failed(call.current());
    if (!(problem instanceof ProviderProblem failed) || !mayTryAgain(call, failed)) {
      throw problem;
    }
    exchange.setProperty(ExchangeProperties.UNANSWERED, Boolean.TRUE);
  }

  private boolean mayTryAgain(Call call, ProviderProblem problem) {
    if (!problem.fault().retryable()
        || sent(call) >= maxAttempts
        || !(call.request().repeatable() || problem.fault().unprocessed())) {
      return false;
    }
    boolean unasked = call.candidatesTried() < call.plan().candidates().size();
    // The last attempt is the next candidate's, if there is one.
    boolean mayRotate = !unasked || sent(call) + 1 < maxAttempts;
    if (mayRotate && keys.mayRotate(call.current())) {
      call.current().markRotated();
      return true;
    }
    if (unasked) {
      return true;
    }
    boolean sameMayHelp = problem.fault() != Fault.CREDENTIALS && !problem.fault().nothingSent();
    long waited = call.elapsedNanos() + waits.before(call).toNanos();
    return sameMayHelp && waited <= deadline.toNanos() && budget.spend();
  }

  /** Attempts that reached a provider: an open breaker, say, sent nothing. */
  private static int sent(Call call) {
    int sent = 0;
    for (Attempt attempt : call.attempts()) {
      boolean held =
          attempt.problem().orElse(null) instanceof ProviderProblem p && p.fault().nothingSent();
      sent += held ? 0 : 1;
    }
    return sent;
  }

  private static GatewayProblem problemOf(Exchange exchange, Call call) {
    Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    if (cause instanceof GatewayProblem known) {
      return known;
    }
    String provider = call.current().candidate().provider();
    LOG.warn("request {}: the route of provider {} failed", call.requestId(), provider, cause);
    return ProviderProblem.of(provider, Fault.UNREACHABLE, 502).build();
  }
}
