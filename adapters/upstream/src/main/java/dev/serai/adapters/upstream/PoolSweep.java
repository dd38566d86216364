package dev.serai.adapters.upstream;

import java.util.ArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Ends the calls of a {@link LoopPool} whose deadline has passed, and closes its idle connections.
 *
 * <p>There is one timer for the whole pool and none for a call: it runs every tenth of a second
 * while there are calls, every second while there are only connections, and not otherwise. For that
 * it holds the calls that have not ended. Each knows its index in the list, so that it is removed
 * without a search.
 *
 * <p>Confined to the event loop, except for {@link #callCount}.
 */
final class PoolSweep {
  private static final long SWEEP_MILLIS = 100;
  private static final long IDLE_SWEEP_MILLIS = 1000;

  private final LoopPool pool;
  private final OpenConnections connections;
  private final ArrayList<UpstreamCall> calls = new ArrayList<>();
  private int round;
  private boolean scheduled;
  private boolean fast;
  private volatile int callCount;

  PoolSweep(LoopPool pool, OpenConnections connections) {
    this.pool = pool;
    this.connections = connections;
  }

  /** The number of calls that have not ended. Safe to call on any thread. */
  int callCount() {
    return callCount;
  }

  void add(UpstreamCall call) {
    call.slot(calls.size());
    calls.add(call);
    callCount = calls.size();
    schedule(true);
  }

  /** Removes a call that has ended. Does nothing the second time. */
  void remove(UpstreamCall call) {
    int slot = call.slot();
    if (slot < 0) {
      return;
    }
    call.slot(-1);
    UpstreamCall last = calls.removeLast();
    if (last != call) {
      calls.set(slot, last);
      last.slot(slot);
    }
    callCount = calls.size();
  }

  /** There is a connection that may become idle. */
  void watchConnections() {
    schedule(false);
  }

  private void schedule(boolean forCalls) {
    if (scheduled && (fast || !forCalls)) {
      return;
    }
    scheduled = true;
    fast = forCalls;
    int next = ++round;
    pool.loop()
        .schedule(
            () -> run(next), forCalls ? SWEEP_MILLIS : IDLE_SWEEP_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void run(int due) {
    if (due != round) {
      return; // an earlier sweep was scheduled meanwhile
    }
    long now = pool.now();
    for (int i = calls.size() - 1; i >= 0; i--) {
      if (i < calls.size()) {
        calls.get(i).check(now);
      }
    }
    connections.closeIdle(now, pool.upstream().settings().pool().idleTime().toNanos());
    scheduled = false;
    if (!calls.isEmpty()) {
      schedule(true);
    } else if (!connections.isEmpty()) {
      schedule(false);
    }
  }
}
