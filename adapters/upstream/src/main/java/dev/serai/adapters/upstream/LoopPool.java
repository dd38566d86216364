package dev.serai.adapters.upstream;

import dev.serai.core.problem.GatewayProblem;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's way to one provider: its unused connections, newest first, and its calls.
 *
 * <p>A call takes an unused connection of its own loop, or a permit and a new connection, or waits
 * in the {@link ConnectionPermits}. A connection that becomes free goes to the call that has waited
 * longest; if that one lives on another loop, the connection is closed and its permit travels. A
 * sweep every tenth of a second, every second when nothing is on its way, watches deadlines and
 * idle connections. Confined to the event loop, but for the counters.
 */
final class LoopPool {
  private static final long SWEEP_MILLIS = 100;
  private static final long IDLE_SWEEP_MILLIS = 1000;

  private final Upstream upstream;
  private final EventLoop loop;
  private final ArrayDeque<Http1Connection> unused = new ArrayDeque<>();
  private final ArrayList<Http2Connection> shared = new ArrayList<>(1);
  private final ArrayList<UpstreamCall> calls = new ArrayList<>();
  private final ArrayDeque<UpstreamCall> followers = new ArrayDeque<>();
  private int connecting;
  private int sweepRound;
  private boolean sweeping;
  private boolean fastSweep;
  private volatile int unusedCount;
  private volatile int callCount;

  LoopPool(Upstream upstream, EventLoop loop) {
    this.upstream = upstream;
    this.loop = loop;
  }

  Upstream upstream() {
    return upstream;
  }

  EventLoop loop() {
    return loop;
  }

  long now() {
    return upstream.ticker().nanos();
  }

  /** Connections that stand unused; from any thread. */
  int unusedCount() {
    return unusedCount;
  }

  /** Calls on their way; from any thread. */
  int callCount() {
    return callCount;
  }

  /** Takes a new call. */
  void submit(UpstreamCall call) {
    call.slot(calls.size());
    calls.add(call);
    callCount = calls.size();
    sweepSoon(true);
    route(call);
  }

  /** A call has ended. */
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

  private void route(UpstreamCall call) {
    for (int i = 0; i < shared.size(); i++) {
      if (shared.get(i).hasRoom()) {
        shared.get(i).send(call);
        return;
      }
    }
    Http1Connection free = takeUnused();
    if (free != null) {
      free.send(call);
      return;
    }
    if (connecting > 0 && upstream.mayShare()) {
      follow(call);
      return;
    }
    if (upstream.permits().tryTake()) {
      connect(call);
    } else {
      queue(call);
    }
  }

  private void follow(UpstreamCall call) {
    if (followers.size() > upstream.settings().pool().maxWaiting()) {
      call.fail(UpstreamProblems.poolExhausted(upstream.name()));
    } else {
      call.follows();
      followers.add(call);
    }
  }

  private void queue(UpstreamCall call) {
    call.waits();
    if (!upstream.permits().queue(call)) {
      call.fail(UpstreamProblems.poolExhausted(upstream.name()));
      return;
    }
    upstream.permits().settle();
    upstream.reclaimUnused();
  }

  /** A permit has come for a call that waited. */
  void granted(UpstreamCall call) {
    if (call.ended()) {
      upstream.permits().release();
    } else {
      connect(call);
    }
  }

  private void connect(UpstreamCall call) {
    connecting++;
    Connector connector = new Connector(this, call);
    call.connectsBy(connector);
    connector.start();
  }

  /** A connection for one request at a time stands. */
  void connected(Http1Connection connection, UpstreamCall call) {
    connecting--;
    upstream.shares(false);
    if (call.ended()) {
      returned(connection);
    } else {
      connection.send(call);
    }
    routeFollowers();
  }

  /** A connection for many requests at a time stands. */
  void connected(Http2Connection connection, UpstreamCall call) {
    connecting--;
    upstream.shares(true);
    shared.add(connection);
    sweepSoon(false);
    if (!call.ended()) {
      connection.send(call);
    }
    routeFollowers();
    roomOn(connection);
    recount();
  }

  /** No connection came about. */
  void connectFailed(UpstreamCall call, GatewayProblem problem) {
    connecting--;
    upstream.permits().release();
    if (call.ended()) {
      routeFollowers();
      return;
    }
    call.fail(problem);
    List<UpstreamCall> failed = new ArrayList<>(followers);
    followers.clear();
    for (UpstreamCall follower : failed) {
      follower.fail(problem);
    }
  }

  private void routeFollowers() {
    List<UpstreamCall> waited = new ArrayList<>(followers);
    followers.clear();
    for (UpstreamCall follower : waited) {
      if (!follower.ended()) {
        route(follower);
      }
    }
  }

  /** Sends a call again, on a new connection, whose connection was dead before it was used. */
  void again(UpstreamCall call) {
    if (upstream.permits().tryTake()) {
      connect(call);
    } else {
      queue(call);
    }
  }

  /** A connection has done its work and can be used again. */
  void returned(Http1Connection connection) {
    UpstreamCall waiting = nextWaiting();
    if (waiting == null) {
      connection.unusedSince(now());
      unused.addFirst(connection);
      recount();
      sweepSoon(false);
      if (upstream.permits().hasWaiting()) {
        upstream.reclaimUnused();
      }
    } else if (waiting.pool() == this) {
      connection.send(waiting);
    } else {
      connection.closeWithoutPermit();
      waiting.granted();
    }
  }

  /** A connection is closed. */
  void closed(Http1Connection connection, boolean hasPermit) {
    if (unused.remove(connection)) {
      recount();
    }
    if (hasPermit) {
      upstream.permits().release();
    }
  }

  /** A connection takes no more requests. */
  void retired(Http2Connection connection) {
    shared.remove(connection);
    recount();
  }

  /**
   * A connection for many requests has room. If the call that has waited longest lives on another
   * loop, the connection is retired, so that its permit gets there.
   */
  void roomOn(Http2Connection connection) {
    while (connection.hasRoom()) {
      UpstreamCall waiting = nextWaiting();
      if (waiting == null) {
        return;
      }
      if (waiting.pool() != this) {
        connection.retire();
        upstream.permits().putBack(waiting);
        return;
      }
      connection.send(waiting);
    }
  }

  private @Nullable UpstreamCall nextWaiting() {
    UpstreamCall waiting = upstream.permits().next();
    while (waiting != null && waiting.pool() == this && waiting.ended()) {
      waiting = upstream.permits().next();
    }
    return waiting;
  }

  /** Counts unused connections anew. */
  void recount() {
    int count = unused.size();
    for (int i = 0; i < shared.size(); i++) {
      count += shared.get(i).inUse() ? 0 : 1;
    }
    unusedCount = count;
  }

  /** Gives up one unused connection for a call that waits on another loop. */
  void reclaimOne() {
    Http1Connection oldest = unused.peekLast();
    if (oldest != null && upstream.permits().hasWaiting()) {
      oldest.close();
    } else if (upstream.permits().hasWaiting()) {
      List.copyOf(shared).stream()
          .filter(c -> !c.inUse())
          .findFirst()
          .ifPresent(Http2Connection::retire);
    }
    if (upstream.permits().hasWaiting()) {
      upstream.reclaimUnused();
    }
  }

  /** Closes whatever is not in use. */
  void closeUnused() {
    List.copyOf(unused).forEach(Http1Connection::close);
    List.copyOf(shared).forEach(Http2Connection::retire);
  }

  private @Nullable Http1Connection takeUnused() {
    Http1Connection newest = upstream.permits().hasWaiting() ? null : unused.pollFirst();
    while (newest != null && !newest.usable()) {
      newest.close();
      newest = unused.pollFirst();
    }
    recount();
    return newest;
  }

  private void sweepSoon(boolean fast) {
    if (sweeping && (fastSweep || !fast)) {
      return;
    }
    sweeping = true;
    fastSweep = fast;
    int round = ++sweepRound;
    loop.schedule(
        () -> sweep(round), fast ? SWEEP_MILLIS : IDLE_SWEEP_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void sweep(int round) {
    if (round != sweepRound) {
      return;
    }
    long now = now();
    for (int i = calls.size() - 1; i >= 0; i--) {
      if (i < calls.size()) {
        calls.get(i).check(now);
      }
    }
    long idle = upstream.settings().pool().idleTime().toNanos();
    for (Http1Connection c = unused.peekLast();
        c != null && c.idleFor(now) > idle;
        c = unused.peekLast()) {
      c.close();
      unused.remove(c);
    }
    recount();
    for (int i = shared.size() - 1; i >= 0; i--) {
      if (shared.get(i).idleFor(now) > idle) {
        shared.get(i).retire();
      }
    }
    sweeping = false;
    if (!calls.isEmpty()) {
      sweepSoon(true);
    } else if (!unused.isEmpty() || !shared.isEmpty()) {
      sweepSoon(false);
    }
  }
}
