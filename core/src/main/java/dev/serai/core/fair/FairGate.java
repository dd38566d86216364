package dev.serai.core.fair;

import dev.serai.core.fair.Ticket.State;
import dev.serai.core.fair.Turn.Refusal;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The window and the queue of one provider's model. While no attempt waits and there is room, a
 * grant is one compare-and-set. Everything else runs as tasks, one at a time. Thread-safe.
 */
final class FairGate {
  private static final double SMOOTHING = 1.0 / 32;
  private static final double MOST_HELD = 16;
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final FairScheduler scheduler;
  private final FairCounts counts;
  private final Serial tasks = new Serial();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile int limit;
  private volatile double jainsIndex = 1;

  /** The rest is used by tasks only. */
  private final FairQueue queue = new FairQueue();

  private final AimdWindow window;
  private long sequence;
  private long lastGrant;
  private double grantInterval;
  private double held;

  FairGate(FairScheduler scheduler) {
    this.scheduler = scheduler;
    this.counts = scheduler.counts();
    this.window = new AimdWindow(scheduler.rules().window());
    this.limit = window.limit(scheduler.rules().window());
  }

  /** Whether nothing runs or waits. */
  boolean isIdle() {
    return inFlight.get() == 0 && waiting.get() == 0;
  }

  int limit() {
    return limit;
  }

  int inFlight() {
    return inFlight.get();
  }

  int waiting() {
    return waiting.get();
  }

  double jainsIndex() {
    return jainsIndex;
  }

  Ticket acquire(FairDemand demand, Turn turn) {
    long now = scheduler.ticker().nanos();
    Ticket ticket = new Ticket(this, demand, turn, now);
    if (waiting.get() == 0 && tryEnter()) {
      counts.granted.increment();
      ticket.grantAtOnce(now, inFlight.get() >= limit);
    } else {
      waiting.incrementAndGet();
      tasks.run(() -> enqueue(ticket));
    }
    return ticket;
  }

  private boolean tryEnter() {
    int now = inFlight.get();
    while (now < limit) {
      if (inFlight.compareAndSet(now, now + 1)) {
        return true;
      }
      now = inFlight.get();
    }
    return false;
  }

  private void enqueue(Ticket ticket) {
    if (ticket.state() == State.ENDED) {
      waiting.decrementAndGet();
      return;
    }
    FairRules rules = scheduler.rules();
    Refusal refusal = scheduler.refusal(ticket.demand());
    if (refusal == null) {
      enqueue(ticket, rules);
    } else {
      waiting.decrementAndGet();
      refuse(ticket, refusal);
    }
  }

  private void enqueue(Ticket ticket, FairRules rules) {
    TenantFlow tenant = queue.of(ticket.demand().tenant());
    if (tenant.waiting() >= rules.queue().maxWaitingPerTenant()) {
      waiting.decrementAndGet();
      refuse(ticket, Refusal.TENANT_FULL);
      return;
    }
    ticket.tie = sequence++;
    queue.add(tenant, ticket, rules);
    counts.enqueued.increment();
    counts.waiting.incrementAndGet();
    grantWhileRoom();
  }

  private void refuse(Ticket ticket, Refusal why) {
    ticket.end();
    counts.dropped.increment();
    ticket.turn().refused(why, retryAfter());
  }

  /** When those that wait now will have been served, as far as is known. */
  private Duration retryAfter() {
    Duration estimate = Duration.ofNanos((long) (grantInterval * queue.waiting()));
    if (estimate.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return estimate.compareTo(LONGEST) > 0 ? LONGEST : estimate;
  }

  private void grantWhileRoom() {
    while (queue.waiting() > 0 && tryEnter()) {
      long now = scheduler.ticker().nanos();
      Ticket ticket = queue.take(scheduler.rules(), now);
      boolean congested = scheduler.isCongested();
      waiting.decrementAndGet();
      counts.waiting.decrementAndGet();
      grant(ticket, now);
      ticket.turn().granted(congested);
    }
  }

  private void grant(Ticket ticket, long now) {
    ticket.grant(now, true);
    counts.granted.increment();
    if (ticket.isBoosted()) {
      counts.boosted.increment();
    }
    if (lastGrant != 0) {
      grantInterval += SMOOTHING * (now - lastGrant - grantInterval);
    }
    lastGrant = now;
    jainsIndex = queue.jainsIndex();
    scheduler.waited(ticket.waitedNanos());
  }

  void expire(Ticket ticket) {
    tasks.run(
        () -> {
          if (ticket.state() == State.WAITING) {
            dequeue(ticket);
            refuse(ticket, Refusal.EXPIRED);
          }
        });
  }

  private void dequeue(Ticket ticket) {
    queue.remove(ticket);
    waiting.decrementAndGet();
    counts.waiting.decrementAndGet();
  }

  /** The attempt has ended; says what the provider did. */
  void end(Ticket ticket, long latencyNanos, boolean overloaded) {
    tasks.run(() -> ended(ticket, latencyNanos, overloaded));
  }

  private void ended(Ticket ticket, long latencyNanos, boolean overloaded) {
    switch (ticket.state()) {
      case NEW -> ticket.end();
      case WAITING -> {
        dequeue(ticket);
        ticket.end();
        counts.dropped.increment();
      }
      case GRANTED -> {
        ticket.end();
        learn(ticket, latencyNanos, overloaded);
        inFlight.decrementAndGet();
        grantWhileRoom();
      }
      case ENDED -> {}
    }
  }

  private void learn(Ticket ticket, long latencyNanos, boolean overloaded) {
    WindowRules rules = scheduler.rules().window();
    long now = scheduler.ticker().nanos();
    if (overloaded) {
      window.overloaded(rules, ticket.grantedNanos(), now);
    } else if (latencyNanos > 0) {
      window.measured(rules, latencyNanos);
      window.succeeded(rules, ticket.wasFull(), now);
      charge(ticket, now - ticket.grantedNanos());
    }
    limit = window.limit(rules);
  }

  /** Tenants share the time in the window, not the number of attempts. */
  private void charge(Ticket ticket, long nanos) {
    held = held == 0 ? nanos : held + SMOOTHING * (nanos - held);
    if (ticket.wasQueued() && held > 0) {
      double extra = Math.min(nanos / held, MOST_HELD) - 1;
      ticket.tenant().charge(extra);
      ticket.session().charge(extra);
    }
  }
}
