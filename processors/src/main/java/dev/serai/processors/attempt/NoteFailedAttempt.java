package dev.serai.processors.attempt;

import dev.serai.core.call.Call;
import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.processors.hedge.CallHedger;
import dev.serai.processors.hedge.CallHedger.After;
import dev.serai.processors.retry.EarlyProbe;
import dev.serai.processors.retry.RetryBudget;
import dev.serai.processors.retry.RetryRules;
import dev.serai.processors.retry.RetryWaits;
import dev.serai.processors.retry.RouteFailure;
import dev.serai.processors.support.AsyncStep;
import dev.serai.processors.support.Calls;
import java.time.Duration;
import java.util.Optional;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether another attempt follows a failed one.
 *
 * <p>If {@link NextCandidates} has a candidate for the kind of failure, it is tried; before that,
 * the same candidate at once, with another provider key if the key was at fault, with a new access
 * token if the provider rejected the first one, or over another connection if the first one broke.
 * The same candidate with the same key is tried again only within the retry budget, with at most
 * {@code maxAttempts} attempts per call, and only if the wait ends before the deadline. If the
 * circuit breakers of all candidates are open, one of them may be probed, as {@link EarlyProbe}
 * chooses. Otherwise the call fails. Each failure is logged.
 *
 * <p>While another attempt runs beside it, as a hedge, that one decides: its response is the
 * call's, and its failure is dealt with when both have failed. No attempt follows one of a fan-out.
 * Thread-safe.
 */
public final class NoteFailedAttempt extends AsyncStep {
  private static final Logger LOG = LoggerFactory.getLogger(NoteFailedAttempt.class);
  private static final int UNAUTHORIZED = 401;

  private final NextCandidates next;
  private final Duration deadline;
  private final RetryBudget budget;
  private final RetryWaits waits;
  private final KeyHealthListener keys;

  /**
   * @param rules how long to try
   * @param next which candidates may follow, and how often to try
   * @param keys updates the health of the provider key
   */
  public NoteFailedAttempt(
      RetryRules rules, RetryBudget budget, KeyHealthListener keys, NextCandidates next) {
    this.waits = rules.waits();
    this.next = next;
    this.deadline = rules.deadline();
    this.budget = budget;
    this.keys = keys;
  }

  @Override
  public boolean begin(Exchange exchange, AsyncCallback callback) {
    Call call = Calls.of(exchange);
    GatewayProblem problem = RejectedKey.named(problemOf(exchange), call.current());
    call.failAttempt(problem);
    keys.failed(call.current());
    if (call.current().runsBeside()) {
      log(call, problem, true);
      throw problem; // the attempts beside it go on, or have failed before
    }
    After after =
        CallHedger.failed(exchange, problem, failure -> decidedLater(exchange, callback, failure));
    if (after == After.DECIDED_LATER) {
      log(call, problem, true);
      return false;
    }
    boolean continues = mayContinue(call, problem);
    log(call, problem, continues);
    decide(exchange, problem, continues);
    return true;
  }

  /** The attempt beside it has ended. If both have failed, the last failure decides. */
  private void decidedLater(
      Exchange exchange, AsyncCallback callback, Optional<GatewayProblem> failure) {
    failure.ifPresent(
        problem -> decide(exchange, problem, mayContinue(Calls.of(exchange), problem)));
    callback.done(false);
  }

  private boolean mayContinue(Call call, GatewayProblem problem) {
    return problem instanceof ProviderProblem failed && mayTryAgain(call, failed);
  }

  private static void decide(Exchange exchange, GatewayProblem problem, boolean continues) {
    if (continues) {
      exchange.setProperty(ExchangeProperties.NEEDS_ATTEMPT, Boolean.TRUE);
    } else {
      exchange.setException(reported(Calls.of(exchange), problem));
    }
  }

  /**
   * The problem that the client sees: that of the last attempt, unless its provider has not
   * received the request and an earlier one may have processed it. The client must know before it
   * sends it again.
   */
  private static GatewayProblem reported(Call call, GatewayProblem last) {
    if (!(last instanceof ProviderProblem failed) || !failed.failureCause().neverReceived()) {
      return last;
    }
    return call.attempts().reversed().stream()
        .flatMap(attempt -> attempt.providerProblem().stream())
        .filter(problem -> mayBeProcessed(problem.failureCause()))
        .<GatewayProblem>map(problem -> problem)
        .findFirst()
        .orElse(last);
  }

  private static boolean mayBeProcessed(FailureCause cause) {
    return cause.lost() || cause == FailureCause.TIMEOUT;
  }

  /** An attempt that another one has overtaken has not failed. */
  private static void log(Call call, GatewayProblem problem, boolean continues) {
    if (problem instanceof ProviderProblem failed && failed.failureCause().isFailure()) {
      FailedAttemptLog.write(call, failed, continues);
    }
  }

  private boolean mayTryAgain(Call call, ProviderProblem problem) {
    if (!mayRepeat(call, problem)) {
      return false;
    }
    boolean untried = next.follow(call, problem);
    if (!untried && !problem.failureCause().retryable()) {
      return false;
    }
    // The last attempt is left to the next candidate, if there is one.
    boolean mayRepeat = !untried || NextCandidates.sent(call) + 1 < next.maxAttempts(call);
    if (mayRepeat
        && (keys.mayRotate(call.current())
            || mayRenewToken(call, problem)
            || mayReconnect(call, problem))) {
      call.current().markRepeated();
      return true;
    }
    return untried || EarlyProbe.of(call).isPresent() || mayTrySameAgain(call, problem);
  }

  /** The first access token of a call that is rejected is replaced at once: it may be revoked. */
  private static boolean mayRenewToken(Call call, ProviderProblem problem) {
    return problem.failureCause() == FailureCause.CREDENTIALS
        && call.current().providerStatus() == UNAUTHORIZED
        && call.attempts().stream().filter(a -> a.providerStatus() == UNAUTHORIZED).count() == 1
        && call.current().forgetCredentials();
  }

  /** The first connection of a call that breaks is replaced at once. */
  private boolean mayReconnect(Call call, ProviderProblem problem) {
    return problem.failureCause().ofConnection() && brokenConnections(call) == 1 && budget.spend();
  }

  private static long brokenConnections(Call call) {
    return call.attempts().stream()
        .flatMap(attempt -> attempt.providerProblem().stream())
        .filter(problem -> problem.failureCause().ofConnection())
        .count();
  }

  private boolean mayTrySameAgain(Call call, ProviderProblem problem) {
    long waited = call.elapsedNanos() + waits.next(call).delay().toNanos();
    Duration limit = call.current().deadlines().firstToken().orElse(deadline);
    return problem.failureCause().mayPass()
        && waited <= limit.toNanos()
        && !call.bounds().isOver(waited)
        && budget.spend();
  }

  private boolean mayRepeat(Call call, ProviderProblem problem) {
    return !call.request().isSpent()
        && NextCandidates.sent(call) < next.maxAttempts(call)
        && !call.bounds().isOver(call.elapsedNanos())
        && (call.request().repeatable() || problem.failureCause().unprocessed());
  }

  private static GatewayProblem problemOf(Exchange exchange) {
    Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    if (cause instanceof GatewayProblem known) {
      return Calls.problemOf(exchange, known);
    }
    Call call = Calls.of(exchange);
    LOG.debug("request {}: the adapter route failed", call.requestId(), cause);
    return RouteFailure.of(call.current().candidate().provider(), "the adapter route", cause);
  }
}
