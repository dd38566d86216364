package dev.serai.adapters.upstream;

import dev.serai.core.problem.GatewayProblem;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's way to one provider: its unused connections, newest first, and its hops.
 *
 * <p>A hop takes an unused connection of its own loop, or a permit and a new connection, or waits
 * in the {@link ConnectionPermits}. A connection that becomes free goes to the hop that has waited
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
  private final ArrayList<UpstreamCall> hops = new ArrayList<>();
  private final ArrayDeque<UpstreamCall> followers = new ArrayDeque<>();
  private int dialing;
  private int sweepRound;
  private boolean sweeping;
  private boolean fastSweep;
  private volatile int unusedCount;
  private volatile int hopCount;

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

  /** Hops on their way; from any thread. */
  int hopCount() {
    return hopCount;
  }

  /** Takes a new hop. */
  void submit(UpstreamCall hop) {
    hop.slot(hops.size());
    hops.add(hop);
    hopCount = hops.size();
    sweepSoon(true);
    route(hop);
  }

  /** A hop has ended. */
  void remove(UpstreamCall hop) {
    int slot = hop.slot();
    if (slot < 0) {
      return;
    }
    hop.slot(-1);
    UpstreamCall last = hops.removeLast();
    if (last != hop) {
      hops.set(slot, last);
      last.slot(slot);
    }
    hopCount = hops.size();
  }

  private void route(UpstreamCall hop) {
    for (int i = 0; i < shared.size(); i++) {
      if (shared.get(i).hasRoom()) {
        shared.get(i).send(hop);
        return;
      }
    }
    Http1Connection free = takeUnused();
    if (free != null) {
      free.send(hop);
      return;
    }
    if (dialing > 0 && upstream.mayShare()) {
      follow(hop);
      return;
    }
    if (upstream.gate().tryTake()) {
      dial(hop);
    } else {
      queue(hop);
    }
  }

  private void follow(UpstreamCall hop) {
    if (followers.size() > upstream.settings().pool().maxWaiting()) {
      hop.fail(UpstreamProblems.poolExhausted(upstream.name()));
    } else {
      hop.follows();
      followers.add(hop);
    }
  }

  private void queue(UpstreamCall hop) {
    hop.waits();
    if (!upstream.gate().queue(hop)) {
      hop.fail(UpstreamProblems.poolExhausted(upstream.name()));
      return;
    }
    upstream.gate().settle();
    upstream.reclaimUnused();
  }

  /** A permit has come for a hop that waited. */
  void granted(UpstreamCall hop) {
    if (hop.ended()) {
      upstream.gate().release();
    } else {
      dial(hop);
    }
  }

  private void dial(UpstreamCall hop) {
    dialing++;
    Connector dial = new Connector(this, hop);
    hop.connectsBy(dial);
    dial.start();
  }

  /** A connection for one request at a time stands. */
  void connected(Http1Connection connection, UpstreamCall hop) {
    dialing--;
    upstream.shares(false);
    if (hop.ended()) {
      returned(connection);
    } else {
      connection.send(hop);
    }
    routeFollowers();
  }

  /** A connection for many requests at a time stands. */
  void connected(Http2Connection connection, UpstreamCall hop) {
    dialing--;
    upstream.shares(true);
    shared.add(connection);
    sweepSoon(false);
    if (!hop.ended()) {
      connection.send(hop);
    }
    routeFollowers();
    roomOn(connection);
    recount();
  }

  /** No connection came about. */
  void dialFailed(UpstreamCall hop, GatewayProblem problem) {
    dialing--;
    upstream.gate().release();
    if (hop.ended()) {
      routeFollowers();
      return;
    }
    hop.fail(problem);
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

  /** Sends a hop again, on a new connection, whose connection was dead before it was used. */
  void again(UpstreamCall hop) {
    if (upstream.gate().tryTake()) {
      dial(hop);
    } else {
      queue(hop);
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
      if (upstream.gate().hasWaiting()) {
        upstream.reclaimUnused();
      }
    } else if (waiting.lane() == this) {
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
      upstream.gate().release();
    }
  }

  /** A connection takes no more requests. */
  void retired(Http2Connection connection) {
    shared.remove(connection);
    recount();
  }

  /**
   * A connection for many requests has room. If the hop that has waited longest lives on another
   * loop, the connection is retired, so that its permit gets there.
   */
  void roomOn(Http2Connection connection) {
    while (connection.hasRoom()) {
      UpstreamCall waiting = nextWaiting();
      if (waiting == null) {
        return;
      }
      if (waiting.lane() != this) {
        connection.retire();
        upstream.gate().putBack(waiting);
        return;
      }
      connection.send(waiting);
    }
  }

  private @Nullable UpstreamCall nextWaiting() {
    UpstreamCall waiting = upstream.gate().next();
    while (waiting != null && waiting.lane() == this && waiting.ended()) {
      waiting = upstream.gate().next();
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

  /** Gives up one unused connection for a hop that waits on another loop. */
  void reclaimOne() {
    Http1Connection oldest = unused.peekLast();
    if (oldest != null && upstream.gate().hasWaiting()) {
      oldest.close();
    } else if (upstream.gate().hasWaiting()) {
      List.copyOf(shared).stream()
          .filter(c -> !c.inUse())
          .findFirst()
          .ifPresent(Http2Connection::retire);
    }
    if (upstream.gate().hasWaiting()) {
      upstream.reclaimUnused();
    }
  }

  /** Closes whatever is not in use. */
  void closeUnused() {
    List.copyOf(unused).forEach(Http1Connection::close);
    List.copyOf(shared).forEach(Http2Connection::retire);
  }

  private @Nullable Http1Connection takeUnused() {
    Http1Connection newest = upstream.gate().hasWaiting() ? null : unused.pollFirst();
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
    for (int i = hops.size() - 1; i >= 0; i--) {
      if (i < hops.size()) {
        hops.get(i).check(now);
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
    if (!hops.isEmpty()) {
      sweepSoon(true);
    } else if (!unused.isEmpty() || !shared.isEmpty()) {
      sweepSoon(false);
    }
  }
}
