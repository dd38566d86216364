package dev.serai.memory.budgets;

import dev.serai.core.budget.BudgetDecision;
import dev.serai.core.budget.BudgetDemand;
import dev.serai.core.time.Ticker;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Calls that wait for a lease, in their order: bounded in number, and each for a second at most.
 * Thread-safe.
 */
final class WaitingCalls {
  private static final int MAX_WAITING = 10_000;
  private static final long PATIENCE_MILLIS = 1_000;

  private final BudgetLeases leases;
  private final Ticker ticker;
  private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();

  private record Waiting(
      String requestId, List<BudgetDemand> demands, CompletableFuture<BudgetDecision> decision) {}

  WaitingCalls(BudgetLeases leases, Ticker ticker) {
    this.leases = leases;
    this.ticker = ticker;
  }

  CompletableFuture<BudgetDecision> add(String requestId, List<BudgetDemand> demands) {
    CompletableFuture<BudgetDecision> decision = new CompletableFuture<>();
    if (size.incrementAndGet() > MAX_WAITING) {
      size.decrementAndGet();
      decision.complete(BudgetLeases.unavailable(demands.getFirst()));
      return decision;
    }
    long since = ticker.nanos();
    queue.add(new Waiting(requestId, demands, decision));
    return decision
        .orTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS) // a decision cancels its task
        .exceptionally(_ -> leases.last(demands, since));
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  /** What the calls need, in sum, from each lease. */
  Map<LocalLease, Long> needs() {
    Map<LocalLease, Long> needs = new HashMap<>();
    for (Waiting call : queue) {
      if (!call.decision.isDone()) {
        for (BudgetDemand demand : call.demands) {
          LocalLease lease = leases.lease(demand);
          if (lease != null) {
            needs.merge(lease, demand.nanoUsd(), WaitingCalls::sum);
          }
        }
      }
    }
    return needs;
  }

  private static long sum(long one, long other) {
    long sum = one + other;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  /** Decides about every call about which a decision is possible now. */
  void serve() {
    for (Waiting call : queue) {
      BudgetDecision now =
          call.decision.isDone()
              ? new BudgetDecision.Unknown()
              : leases.hold(call.requestId, call.demands);
      boolean decided = !(now instanceof BudgetDecision.Unknown);
      if (decided && !call.decision.complete(now)) {
        leases.release(call.requestId); // it has waited too long and was refused meanwhile
      }
      if (call.decision.isDone() && queue.remove(call)) {
        size.decrementAndGet();
      }
    }
  }
}
