package dev.serai.processors.hedge;

import dev.serai.core.call.Call;
import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.routing.AttemptRules.HedgeRules;
import dev.serai.core.time.Ticker;
import dev.serai.processors.retry.RetryBudget;
import dev.serai.processors.routing.strategy.CandidateStats;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.apache.camel.Exchange;

/**
 * Hedges calls as their plans say: only the first attempt of a chat call, with the next candidate
 * of its plan, if the attempts of the call and the hedging budget allow it. A call without hedging
 * costs one comparison. Thread-safe, without locks.
 */
public final class CallHedger {
  private final EventLoops loops;
  private final CandidateStats stats;
  private final Ticker ticker;
  private final RetryBudget budget;
  private final ToIntFunction<Call> maxAttempts;

  /** What follows the failure of an attempt. */
  public enum After {
    /** No other attempt runs: the failure is to be dealt with. */
    ALONE,
    /** The other attempt decides, later. */
    DECIDED_LATER
  }

  /**
   * @param stats measures the attempts, and knows how late an attempt usually is
   * @param budget earns with every call that may be hedged
   * @param maxAttempts how many attempts of a call may reach a provider
   */
  public CallHedger(
      EventLoops loops,
      CandidateStats stats,
      Ticker ticker,
      RetryBudget budget,
      ToIntFunction<Call> maxAttempts) {
    this.loops = loops;
    this.stats = stats;
    this.ticker = ticker;
    this.maxAttempts = maxAttempts;
    this.budget = budget;
  }

  /** Hedges the current attempt if it is late, and if the call may be hedged. */
  public void watch(Exchange exchange, Call call) {
    HedgeRules rules = call.plan().rules().hedging();
    if (rules == HedgeRules.OFF || !mayBeHedged(call)) {
      return;
    }
    long after = afterNanos(rules, call);
    if (after > 0) {
      budget.earn();
      HedgeRace race = new HedgeRace(this, exchange, call, after);
      exchange.setProperty(ExchangeProperties.HEDGE_RACE, race);
      race.watch();
    }
  }

  /** Failover would send the same requests to the next candidate, and no others. */
  private boolean mayBeHedged(Call call) {
    return call.request() instanceof ChatRequest chat
        && !chat.isTokenCount()
        && chat.repeatable()
        && call.attempts().size() == 1
        && call.plan().candidates().size() > 1
        && maxAttempts.applyAsInt(call) > 1;
  }

  private long afterNanos(HedgeRules rules, Call call) {
    if (!call.request().streaming()) {
      return rules.afterWhole().toNanos();
    }
    Duration after = rules.after();
    if (!rules.learned() || after.isZero()) {
      return after.toNanos();
    }
    return stats.lateMillis(call.current().candidate()).stream()
        .mapToLong(millis -> (long) (millis * TimeUnit.MILLISECONDS.toNanos(1)))
        .findFirst()
        .orElse(after.toNanos());
  }

  /** The hedge of a call, which may not have begun; empty without one. */
  static Optional<HedgeRace> race(Exchange exchange) {
    Call call = Calls.of(exchange);
    return !call.hasPlan() || call.plan().rules().hedging() == HedgeRules.OFF
        ? Optional.empty()
        : Optional.ofNullable(exchange.getProperty(ExchangeProperties.HEDGE_RACE, HedgeRace.class));
  }

  /**
   * The first attempt of a call has failed, as it has recorded.
   *
   * @param then receives the outcome if it is decided later, on the event loop: nothing if the
   *     exchange has a response, else the problem of the attempt that is the current one now
   */
  public static After failed(
      Exchange exchange, GatewayProblem why, Consumer<Optional<GatewayProblem>> then) {
    return race(exchange).map(race -> race.firstFailed(why, then)).orElse(After.ALONE);
  }

  /** The event loop of an exchange. */
  ScheduledExecutorService loop(Exchange exchange) {
    return loops.of(exchange);
  }

  CandidateStats stats() {
    return stats;
  }

  Ticker ticker() {
    return ticker;
  }

  /** Takes a hedge from the budget, if it has one. */
  boolean spend() {
    return budget.spend();
  }
}
