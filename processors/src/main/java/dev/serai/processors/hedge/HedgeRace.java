package dev.serai.processors.hedge;

import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.call.HedgedAttempts;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.routing.Candidate;
import dev.serai.processors.hedge.CallHedger.After;
import dev.serai.processors.support.EventLoops;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two attempts of a call that may run side by side.
 *
 * <p>The first attempt runs on the exchange of the call, the second one on a copy, with a view of
 * the call whose current attempt it is ({@link HedgedAttempts#begin}). The race is <em>watched</em>
 * until the first attempt is late, <em>running</em> while there are two, and won by the
 * <em>first</em> or the <em>second</em>, or it is <em>over</em> and one attempt is left. What takes
 * it out of the state running decides it, once; the loser is recorded as overtaken, its upstream
 * call aborted, and what it still brings is dropped. If the second attempt wins, the exchange of
 * the call comes back from its aborted upstream call as from a failure, and takes the response.
 *
 * <p>The state may change on any thread. Everything else happens on the event loop. A step that
 * works on another thread uses the view of its own attempt, and of what both share only what is
 * safe for several threads, such as the holds of the call.
 */
final class HedgeRace {
  private static final Logger LOG = LoggerFactory.getLogger(HedgeRace.class);

  private static final String ROUTE = "hedge";

  private enum State {
    WATCHED,
    RUNNING,
    FIRST,
    SECOND,
    OVER
  }

  private final CallHedger hedger;
  private final Exchange exchange;
  private final Call call;
  private final Attempt first;
  private final long afterNanos;
  private final AtomicReference<State> state = new AtomicReference<>(State.WATCHED);
  private volatile @Nullable Future<?> timer;
  private volatile @Nullable AttemptCopy second;
  private @Nullable Consumer<Optional<GatewayProblem>> waiting;

  /**
   * @param afterNanos after this time from when it could be sent, the first attempt is late
   */
  HedgeRace(CallHedger hedger, Exchange exchange, Call call, long afterNanos) {
    this.hedger = hedger;
    this.exchange = exchange;
    this.call = call;
    this.first = call.current();
    this.afterNanos = afterNanos;
  }

  void watch() {
    schedule(afterNanos);
  }

  private void schedule(long nanos) {
    try {
      timer = hedger.loop(exchange).schedule(this::due, nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      LOG.debug("the event loop of a call is closed; it is not hedged", closed);
    }
  }

  /** An attempt that waits for capacity or for a token is not late: its provider is not asked. */
  private void due() {
    if (state.get() != State.WATCHED || first.endNanos() != 0 || hasResponded()) {
      return;
    }
    long waited = hedger.ticker().nanos() - first.readyNanos();
    if (first.carrier().isEmpty() || waited < afterNanos) {
      schedule(waited < afterNanos ? afterNanos - waited : afterNanos);
    } else if (state.compareAndSet(State.WATCHED, State.RUNNING)) {
      hedge();
    }
  }

  /** Takes a hedge from the budget only now: the first attempt was late, and had not ended. */
  private void hedge() {
    if (!hedger.spend()) {
      state.compareAndSet(State.RUNNING, State.OVER);
      return;
    }
    try {
      begin();
    } catch (RuntimeException e) { // the first attempt goes on
      LOG.error("request {}: it could not be hedged", call.requestId(), e);
      state.set(State.OVER);
    }
  }

  /** Whether a response is there, also if the route of an operator lacks settle-hedge. */
  private boolean hasResponded() {
    return call.streaming() || call.outcome().isPresent();
  }

  private void begin() {
    Candidate next = call.plan().candidates().get(call.candidatesTried());
    Call beside = HedgedAttempts.begin(call, next);
    hedger.stats().begin(beside.current());
    AttemptCopy begun = new AttemptCopy(exchange, beside, ROUTE);
    second = begun;
    begun.send(() -> onLoop(() -> ended(begun)));
  }

  private void onLoop(Runnable action) {
    EventLoops.run(hedger.loop(exchange), action);
  }

  /** The first attempt has a response. */
  void firstResponded() {
    if (state.compareAndSet(State.WATCHED, State.OVER)) {
      cancelTimer();
    } else if (state.compareAndSet(State.RUNNING, State.FIRST)) {
      endSecond(AttemptCopy::overtake); // now: the call may end before the next task of the loop
    } else if (state.compareAndSet(State.SECOND, State.OVER)) {
      AttemptCopy.discard(exchange);
      call.failAttempt(HedgedAttempts.overtaken(first));
      adopt();
    }
  }

  /** The first attempt has failed; see {@link CallHedger#failed}. */
  After firstFailed(GatewayProblem why, Consumer<Optional<GatewayProblem>> then) {
    if (state.compareAndSet(State.WATCHED, State.OVER)) {
      cancelTimer();
    }
    if (state.get() == State.OVER) {
      return After.ALONE;
    }
    onLoop(() -> awaitSecond(why, then));
    return After.DECIDED_LATER;
  }

  private void awaitSecond(GatewayProblem why, Consumer<Optional<GatewayProblem>> then) {
    if (state.compareAndSet(State.SECOND, State.OVER)) {
      adopt();
      then.accept(Optional.empty());
    } else if (state.get() == State.RUNNING && why instanceof ProviderProblem) {
      waiting = then;
    } else {
      if (state.compareAndSet(State.RUNNING, State.FIRST)) {
        endSecond(
            running -> { // the call cannot go on: the client has gone, for example
              running.abandon(why);
              HedgedAttempts.follow(call, running.call()); // in the order in which they were asked
            });
      }
      then.accept(Optional.of(why));
    }
  }

  private void cancelTimer() {
    Future<?> running = timer;
    if (running != null) {
      running.cancel(false);
    }
  }

  private void endSecond(Consumer<AttemptCopy> how) {
    AttemptCopy running = second;
    if (running != null) {
      how.accept(running);
    }
  }

  /** The exchange of the second attempt has come back. */
  private void ended(AttemptCopy begun) {
    Optional<GatewayProblem> failure = begun.failure();
    if (failure.isPresent()) {
      begun.finish();
      if (state.compareAndSet(State.RUNNING, State.OVER)) {
        resume(
            then -> {
              HedgedAttempts.follow(call, begun.call());
              then.accept(failure);
            });
      }
    } else if (hasResponded() || !state.compareAndSet(State.RUNNING, State.SECOND)) {
      state.compareAndSet(State.RUNNING, State.FIRST);
      begun.overtake();
      begun.drop();
    } else if (waiting == null) {
      first.carrier().ifPresent(carrier -> carrier.abort(HedgedAttempts.overtaken(first)));
    } else {
      state.set(State.OVER);
      adopt();
      resume(then -> then.accept(Optional.empty()));
    }
  }

  private void resume(Consumer<Consumer<Optional<GatewayProblem>>> how) {
    Consumer<Optional<GatewayProblem>> then = waiting;
    if (then != null) {
      waiting = null;
      how.accept(then);
    }
  }

  /** The exchange of the call takes the response of the second attempt. */
  private void adopt() {
    endSecond(
        won -> {
          HedgedAttempts.follow(call, won.call());
          won.giveTo(exchange);
        });
  }
}
