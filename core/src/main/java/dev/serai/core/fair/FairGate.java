package dev.serai.core.fair;

import dev.serai.core.fair.GrantListener.Refusal;
import dev.serai.core.fair.Ticket.State;
import dev.serai.core.fair.rules.FairRules;
import dev.serai.core.fair.rules.WindowRules;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The window and the queue of one provider's model. While no attempt waits and there is room, a
 * grant is one compare-and-set. Everything else runs as tasks, one at a time. Thread-safe.
 */
final class FairGate {
  private static final double SMOOTHING = 1.0 / 32;
  private static final double MAX_HELD = 16;
  private static final Duration MIN_WAIT = Duration.ofSeconds(1);
  private static final Duration MAX_WAIT = Duration.ofMinutes(1);

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

  double jainsIndex() {
    return jainsIndex;
  }

  Ticket acquire(FairDemand demand, GrantListener listener) {
    long now = scheduler.ticker().nanos();
    Ticket ticket = new Ticket(this, demand, listener, now);
    if (waiting.get() == 0 && tryEnter()) {
      counts.granted.increment();
      ticket.grantAtOnce(inFlight.get() >= limit);
    } else {
      waiting.incrementAndGet();
      tasks.run(() -> enqueue(ticket, now));
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

  private void enqueue(Ticket ticket, long now) {
    if (ticket.hasEnded()) {
      waiting.decrementAndGet();
      return;
    }
    FairRules rules = scheduler.rules();
    Optional<Refusal> refusal = scheduler.refusal(ticket.demand()).or(() -> add(ticket, rules));
    if (refusal.isPresent()) {
      waiting.decrementAndGet();
      refuse(ticket, refusal.get());
    } else {
      counts.enqueued.increment();
      counts.waiting.incrementAndGet();
      grantWhileRoom(now);
    }
  }

  /** Adds an attempt to the queue; the reason if its tenant may not add more. */
  private Optional<Refusal> add(Ticket ticket, FairRules rules) {
    TenantFlow tenant = queue.of(ticket.demand().tenant());
    if (tenant.waiting() >= rules.queue().maxWaitingPerTenant()) {
      return Optional.of(Refusal.TENANT_FULL);
    }
    queue.add(tenant, ticket, rules);
    return Optional.empty();
  }

  private void refuse(Ticket ticket, Refusal why) {
    GrantListener listener = ticket.takeListener();
    ticket.end();
    counts.dropped.increment();
    listener.refused(why, retryAfter());
  }

  /** When those that wait now will have been served, as far as is known. */
  private Duration retryAfter() {
    Duration estimate = Duration.ofNanos((long) (grantInterval * queue.waiting()));
    if (estimate.compareTo(MIN_WAIT) < 0) {
      return MIN_WAIT;
    }
    return estimate.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : estimate;
  }

  private void grantWhileRoom(long now) {
    while (queue.waiting() > 0 && !scheduler.hasEnded() && tryEnter()) {
      Ticket ticket = queue.take(scheduler.rules(), now);
      boolean congested = scheduler.isCongested();
      waiting.decrementAndGet();
      counts.waiting.decrementAndGet();
      grant(ticket, now);
      ticket.takeListener().granted(congested);
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
    if (jainsIndex != queue.jainsIndex()) {
      jainsIndex = queue.jainsIndex();
    }
    scheduler.waited(Math.max(0, ticket.waitedNanos()));
  }

  void expire(Ticket ticket) {
    tasks.run(
        () -> {
          if (ticket.state() == State.WAITING) {
            GrantListener listener = ticket.takeListener();
            dequeue(ticket);
            listener.refused(Refusal.EXPIRED, retryAfter());
          }
        });
  }

  private void dequeue(Ticket ticket) {
    queue.remove(ticket);
    waiting.decrementAndGet();
    counts.waiting.decrementAndGet();
    counts.dropped.increment();
  }

  void served(Ticket ticket, long firstTokenNanos) {
    tasks.run(
        () -> {
          if (ticket.state() == State.GRANTED) {
            learn(ticket, Math.max(1, firstTokenNanos - ticket.grantedNanos()));
          }
          end(ticket);
        });
  }

  private void learn(Ticket ticket, long latencyNanos) {
    WindowRules rules = scheduler.rules().window();
    long now = scheduler.ticker().nanos();
    window.measured(rules, latencyNanos);
    window.succeeded(rules, ticket.wasFull(), now);
    charge(ticket, now - ticket.grantedNanos());
  }

  void overloaded(Ticket ticket) {
    tasks.run(
        () -> {
          if (ticket.state() == State.GRANTED) {
            long now = scheduler.ticker().nanos();
            window.overloaded(scheduler.rules().window(), ticket.grantedNanos(), now);
          }
          end(ticket);
        });
  }

  void left(Ticket ticket) {
    tasks.run(() -> end(ticket));
  }

  private void end(Ticket ticket) {
    switch (ticket.state()) {
      case NEW -> ticket.end();
      case WAITING -> dequeue(ticket);
      case GRANTED -> {
        ticket.end();
        leaveWindow();
      }
      case ENDED -> {}
    }
  }

  private void leaveWindow() {
    inFlight.decrementAndGet();
    resize();
  }

  /** The rules have changed. */
  void applyRules() {
    tasks.run(this::resize);
  }

  private void resize() {
    int fresh = window.limit(scheduler.rules().window());
    if (limit != fresh) {
      limit = fresh;
    }
    if (queue.waiting() > 0) {
      grantWhileRoom(scheduler.ticker().nanos());
    }
  }

  /** Tenants share the time in the window, not the number of attempts. */
  private void charge(Ticket ticket, long nanos) {
    held = held == 0 ? nanos : held + SMOOTHING * (nanos - held);
    if (ticket.wasQueued() && held > 0) {
      double extra = Math.min(nanos / held, MAX_HELD) - 1;
      ticket.tenant().charge(extra);
      ticket.session().charge(extra);
    }
  }
}
