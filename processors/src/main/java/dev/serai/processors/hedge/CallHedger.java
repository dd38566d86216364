package dev.serai.processors.hedge;

import dev.serai.core.call.Call;
import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.routing.AttemptRules.Hedging;
import dev.serai.core.time.Ticker;
import dev.serai.processors.retry.RetryBudget;
import dev.serai.processors.routing.strategy.CandidateStats;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.apache.camel.Exchange;

/**
 * Hedges calls as their plans say: only the first attempt of a chat call, with the next candidate
 * of its plan, if the attempts of the call and the budget of all hedges allow it. A call without
 * hedging costs one comparison. Thread-safe, without locks.
 */
public final class Hedges {
  private final Parts parts;
  private final RetryBudget budget;
  private final ToIntFunction<Call> maxAttempts;

  /**
   * What hedges work with.
   *
   * @param stats measures the attempts, and knows how late an attempt usually is
   */
  public record Parts(EventLoops loops, CandidateStats stats, Ticker ticker) {}

  /** What follows the failure of an attempt. */
  public enum After {
    /** No other attempt runs: the failure is to be dealt with. */
    ALONE,
    /** The other attempt decides, later. */
    DECIDED_LATER
  }

  /**
   * @param budget earns with every call that may be hedged
   * @param maxAttempts how many attempts of a call may reach a provider
   */
  public Hedges(Parts parts, RetryBudget budget, ToIntFunction<Call> maxAttempts) {
    this.parts = parts;
    this.maxAttempts = maxAttempts;
    this.budget = budget;
  }

  /** Hedges the current attempt if it is late, and if the call may be hedged. */
  public void watch(Exchange exchange, Call call) {
    Hedging rules = call.plan().rules().hedging();
    if (rules == Hedging.OFF || !mayBeHedged(call)) {
      return;
    }
    long after = afterNanos(rules, call);
    if (after > 0) {
      budget.earn();
      HedgeRace race = new HedgeRace(this, exchange, call, after);
      exchange.setProperty(ExchangeProperties.HEDGE, race);
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

  private long afterNanos(Hedging rules, Call call) {
    if (!call.request().streaming()) {
      return rules.afterWhole().toNanos();
    }
    Duration after = rules.after();
    if (!rules.learned() || after.isZero()) {
      return after.toNanos();
    }
    return parts.stats().lateMillis(call.current().candidate()).stream()
        .mapToLong(millis -> (long) (millis * TimeUnit.MILLISECONDS.toNanos(1)))
        .findFirst()
        .orElse(after.toNanos());
  }

  /** The hedge of a call, which may not have begun; empty without one. */
  static Optional<HedgeRace> race(Exchange exchange) {
    Call call = Calls.of(exchange);
    return !call.hasPlan() || call.plan().rules().hedging() == Hedging.OFF
        ? Optional.empty()
        : Optional.ofNullable(exchange.getProperty(ExchangeProperties.HEDGE, HedgeRace.class));
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

  Parts parts() {
    return parts;
  }

  /** Takes a hedge from the budget, if it has one. */
  boolean spend() {
    return budget.spend();
  }
}
