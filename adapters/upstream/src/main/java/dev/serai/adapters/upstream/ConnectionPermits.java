package dev.serai.adapters.upstream;

import dev.serai.core.limit.Hold;
import dev.serai.core.problem.GatewayProblem;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The permits to have a connection to one provider, shared by all event loops, and the queue of
 * calls that wait for one: first come, first served.
 *
 * <p>A permit is a {@link Hold} that belongs to a connection, not to a call: a connection that is
 * reused keeps its permit, and releases it when it closes. So a call that finds a connection takes
 * no permit.
 *
 * <p>Lock-free. A releaser gives the permit back first and looks at the queue second; a waiter
 * enters the queue first and looks for free permits second ({@link #grantFree}). So at least one of
 * the two sees the other, and no waiter is forgotten.
 */
final class ConnectionPermits {
  private final int permits;
  private final int maxWaiting;
  private final AtomicInteger free;
  private final AtomicInteger waiting = new AtomicInteger();
  private final ConcurrentLinkedDeque<UpstreamCall> queue = new ConcurrentLinkedDeque<>();

  ConnectionPermits(int permits, int maxWaiting) {
    this.permits = permits;
    this.maxWaiting = maxWaiting;
    this.free = new AtomicInteger(permits);
  }

  /** Takes a permit if one is free and no call waits for it. */
  Optional<Hold> tryTake() {
    return waiting.get() == 0 && take() ? Optional.of(new Permit()) : Optional.empty();
  }

  /** Queues a call; false if the queue is full. The caller must call {@link #grantFree} next. */
  boolean queue(UpstreamCall call) {
    if (waiting.incrementAndGet() > maxWaiting) {
      waiting.decrementAndGet();
      return false;
    }
    queue.add(call);
    return true;
  }

  /** Removes the call that has waited longest from the queue and returns it. */
  Optional<UpstreamCall> next() {
    if (waiting.get() == 0) {
      return Optional.empty();
    }
    Optional<UpstreamCall> call = Optional.ofNullable(queue.poll());
    if (call.isPresent()) {
      waiting.decrementAndGet();
    }
    return call;
  }

  /** Puts a call that {@link #next} returned back at the head of the queue. */
  void putBack(UpstreamCall call) {
    waiting.incrementAndGet();
    queue.addFirst(call);
    grantFree();
  }

  /** Removes a call from the queue; false if it has received a permit meanwhile. */
  boolean leave(UpstreamCall call) {
    boolean left = queue.remove(call);
    if (left) {
      waiting.decrementAndGet();
    }
    return left;
  }

  /** Grants free permits to waiting calls. */
  void grantFree() {
    while (!queue.isEmpty() && take()) {
      next().ifPresentOrElse(call -> call.onPermit(new Permit()), free::incrementAndGet);
    }
  }

  boolean hasWaiting() {
    return waiting.get() > 0;
  }

  int waiting() {
    return waiting.get();
  }

  int taken() {
    return permits - free.get();
  }

  private boolean take() {
    for (int now = free.get(); now > 0; now = free.get()) {
      if (free.compareAndSet(now, now - 1)) {
        return true;
      }
    }
    return false;
  }

  /** The right to one connection. */
  private final class Permit extends Hold {
    @Override
    protected void onSettle(Optional<GatewayProblem> problem) {
      onRelease();
    }

    @Override
    protected void onRelease() {
      free.incrementAndGet();
      grantFree();
    }
  }
}
