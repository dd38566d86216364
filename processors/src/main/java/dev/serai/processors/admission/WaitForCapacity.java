package dev.serai.processors.admission;

import dev.serai.config.limit.FairnessSettings;
import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.caller.Caller;
import dev.serai.core.fair.FairDemand;
import dev.serai.core.fair.FairScheduler;
import dev.serai.core.fair.GrantListener;
import dev.serai.core.fair.GrantListener.Refusal;
import dev.serai.core.fair.Ticket;
import dev.serai.core.fair.rules.Qos;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.time.Ticker;
import dev.serai.processors.support.AsyncStep;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/**
 * Lets an attempt go on when its provider has capacity for it. Otherwise the exchange waits in a
 * fair queue, without a thread. It leaves the queue at once when its client disconnects, and fails
 * when it has waited as long as it may. Does nothing unless fairness is enabled. Thread-safe.
 */
public final class WaitForCapacity extends AsyncStep {
  private static final String QOS = "x-serai-qos";

  /** The turn of an attempt that does not wait. */
  private static final GrantListener IGNORED =
      new GrantListener() {
        @Override
        public void granted(boolean congested) {}

        @Override
        public void refused(Refusal why, Duration retryAfter) {}
      };

  private final FairScheduler scheduler;
  private final EventLoops loops;
  private final Ticker ticker;
  private volatile FairnessSettings settings;

  public WaitForCapacity(
      FairnessSettings settings, FairScheduler scheduler, EventLoops loops, Ticker ticker) {
    this.settings = settings;
    this.scheduler = scheduler;
    this.loops = loops;
    this.ticker = ticker;
  }

  /** Replaces the settings, also for those that wait. */
  public void replace(FairnessSettings fresh) {
    scheduler.replace(fresh.rules());
    settings = fresh;
  }

  /** Whether attempts wait for capacity. */
  public boolean isEnabled() {
    return settings.enabled();
  }

  @Override
  public boolean begin(Exchange exchange, AsyncCallback callback) {
    FairnessSettings now = settings;
    return !now.enabled() || acquire(exchange, callback, now);
  }

  private boolean acquire(Exchange exchange, AsyncCallback callback, FairnessSettings now) {
    Call call = Calls.of(exchange);
    Attempt attempt = call.current();
    long wait = wait(call, now);
    FairDemand demand = demand(call, now, ticker.nanos() + wait);
    if (attempt.runsBeside()) {
      return acquireNow(call, demand);
    }
    WaitingAttempt turn = new WaitingAttempt(exchange, callback, loops, ticker);
    Ticket ticket = scheduler.acquire(attempt.candidate(), demand, turn);
    attempt.hold(new CapacityHold(ticket, attempt));
    call.trace().askedForCapacity(call, demand.qos(), ticket.isGrantedAtOnce());
    if (ticket.isGrantedAtOnce()) {
      return true;
    }
    turn.begin(ticket, wait);
    return false;
  }

  /** It takes no place from those who wait, and does not wait: another attempt runs. */
  private boolean acquireNow(Call call, FairDemand demand) {
    Attempt attempt = call.current();
    Ticket ticket = scheduler.acquire(attempt.candidate(), demand, IGNORED);
    attempt.hold(new CapacityHold(ticket, attempt));
    call.trace().askedForCapacity(call, demand.qos(), ticket.isGrantedAtOnce());
    if (!ticket.isGrantedAtOnce()) {
      throw CapacityRefusal.of(attempt.candidate().provider(), Refusal.EXPIRED, Duration.ZERO);
    }
    return true;
  }

  /** How long the call may wait: what the settings allow, and what the client grants. */
  private static long wait(Call call, FairnessSettings now) {
    long most = now.maxWait().toNanos();
    return call.bounds()
        .left(call.elapsedNanos())
        .map(left -> Math.min(most, left.toNanos()))
        .orElse(most);
  }

  private static FairDemand demand(Call call, FairnessSettings now, long deadline) {
    Caller caller = call.caller();
    Qos most = now.highest(caller.tenant(), caller.key());
    Qos qos = call.clientHeaders().first(QOS).map(WaitForCapacity::qos).orElse(most);
    return new FairDemand(caller.tenant(), session(caller), qos.atMost(most), deadline);
  }

  /** Calls without a session share that of their user or key. */
  private static String session(Caller caller) {
    if (!caller.session().isEmpty()) {
      return caller.session();
    }
    return caller.user().isEmpty() ? caller.key() : caller.user();
  }

  private static Qos qos(String text) {
    Optional<Qos> known = Qos.of(text.strip().toLowerCase(Locale.ROOT));
    return known.orElseThrow(
        () -> CallerProblem.invalid(QOS, "'" + QOS + "' must be gold, silver or bronze."));
  }
}
