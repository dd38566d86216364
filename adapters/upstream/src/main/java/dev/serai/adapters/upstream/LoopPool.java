package dev.serai.adapters.upstream;

import dev.serai.core.limit.Hold;
import dev.serai.core.problem.GatewayProblem;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The part of a provider's connection pool that belongs to one event loop: it brings calls and
 * connections together. The connections that it may choose from are its {@link OpenConnections}.
 *
 * <p>A call and its connection always live on the same event loop, that of the client's connection,
 * so bytes pass from the provider to the client without a change of thread and without locks. What
 * the loops of a provider share is only the number of connections: {@link ConnectionPermits}.
 *
 * <p>A new call takes the first of these that there is: room on an HTTP/2 connection, an unused
 * HTTP/1.1 connection (the newest first, so that the others become idle and close), a connection
 * that is just being opened if it may turn out to be HTTP/2, a permit and a new connection, a place
 * in the queue for permits.
 *
 * <p>A connection that becomes free serves the call that has waited longest. If that call lives on
 * another loop, this loop closes the connection and the permit moves to the other loop.
 *
 * <p>A {@link PoolSweep} ends calls whose deadline has passed and closes idle connections.
 *
 * <p>Confined to the event loop, except for the counters.
 */
final class LoopPool {
  private static final long REST_MILLIS = 1;

  private final Upstream upstream;
  private final EventLoop loop;
  private final OpenConnections connections = new OpenConnections();
  private final PoolSweep sweep = new PoolSweep(this, connections);
  private final ArrayDeque<UpstreamCall> sharers = new ArrayDeque<>();
  private int connecting;

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

  /** The number of unused connections. Safe to call on any thread. */
  int unusedCount() {
    return connections.unusedCount();
  }

  /** The number of calls that have not ended. Safe to call on any thread. */
  int callCount() {
    return sweep.callCount();
  }

  /** Starts a call. */
  void submit(UpstreamCall call) {
    sweep.add(call);
    route(call);
  }

  /** Removes a call that has ended. */
  void remove(UpstreamCall call) {
    sweep.remove(call);
  }

  private void route(UpstreamCall call) {
    boolean mayShare = !call.request().webSocket();
    Optional<Http2Connection> roomy = mayShare ? connections.withRoom() : Optional.empty();
    if (roomy.isPresent()) {
      roomy.get().send(call);
      return;
    }
    // An upload cannot be sent again if a connection that was unused turns out to be closed.
    Optional<Http1Connection> free =
        upstream.opensFor(call.request()) ? Optional.empty() : takeUnused();
    if (free.isPresent()) {
      free.get().send(call);
      return;
    }
    if (mayShare && connecting > 0 && upstream.mayShare()) {
      awaitShared(call);
      return;
    }
    connectOrQueue(call);
  }

  private void connectOrQueue(UpstreamCall call) {
    Optional<Hold> permit = upstream.permits().tryTake();
    if (permit.isPresent()) {
      connect(call, permit.get());
    } else {
      queue(call);
    }
  }

  private void awaitShared(UpstreamCall call) {
    if (sharers.size() >= upstream.settings().pool().maxWaiting()) {
      call.fail(UpstreamProblems.poolExhausted(upstream.name()));
    } else {
      call.awaitSharedConnection();
      sharers.add(call);
    }
  }

  private void queue(UpstreamCall call) {
    call.startWaiting();
    if (!upstream.permits().queue(call)) {
      call.fail(UpstreamProblems.poolExhausted(upstream.name()));
      return;
    }
    upstream.permits().grantFree();
    upstream.reclaimUnused();
  }

  /** Opens a connection for a call that waited for a permit and now has one. */
  void onPermit(UpstreamCall call, Hold permit) {
    if (call.ended()) {
      permit.release();
    } else {
      connect(call, permit);
    }
  }

  private void connect(UpstreamCall call, Hold permit) {
    connecting++;
    Connector connector = new Connector(this, call, permit);
    call.startConnecting(connector);
    connector.start();
  }

  /** Takes an HTTP/1.1 connection that was opened for a call. */
  void connected(Http1Connection connection, UpstreamCall call) {
    connecting--;
    if (!call.request().webSocket()) {
      upstream.shares(false);
    }
    if (call.ended()) {
      returned(connection);
    } else {
      connection.send(call);
    }
    routeSharers();
  }

  /** Takes an HTTP/2 connection that was opened for a call. */
  void connected(Http2Connection connection, UpstreamCall call) {
    connecting--;
    upstream.shares(true);
    connections.add(connection);
    sweep.watchConnections();
    if (!call.ended()) {
      connection.send(call);
    }
    routeSharers();
    roomOn(connection);
    recount();
  }

  /** Fails a call, and those that wait for the same connection, because it could not be opened. */
  void connectFailed(UpstreamCall call, GatewayProblem problem) {
    connecting--;
    if (call.ended()) {
      routeSharers();
      return;
    }
    call.fail(problem);
    List<UpstreamCall> failed = new ArrayList<>(sharers);
    sharers.clear();
    for (UpstreamCall sharer : failed) {
      sharer.fail(problem);
    }
  }

  private void routeSharers() {
    List<UpstreamCall> waited = new ArrayList<>(sharers);
    sharers.clear();
    for (UpstreamCall sharer : waited) {
      if (!sharer.ended()) {
        route(sharer);
      }
    }
  }

  /** Opens a connection for a call of whose request not a byte was sent on its first one. */
  void sendElsewhere(UpstreamCall call) {
    if (call.mayMove()) {
      connectOrQueue(call);
    } else {
      call.fail(UpstreamProblems.notReceived(upstream.name(), "two connections were unusable"));
    }
  }

  /**
   * Takes back a connection whose reply is complete. If a call waits, the connection rests first:
   * its next request would be sent in the same turn of the event loop, and a second reply that the
   * provider sent behind the first would be taken for the reply to it. The rest is a time and not a
   * state because HTTP/1.1 has no state that tells the two replies apart. A millisecond is enough
   * for bytes that the provider sent together with the first reply, and short beside a call.
   */
  void returned(Http1Connection connection) {
    if (upstream.permits().hasWaiting()) {
      loop.schedule(() -> rested(connection), REST_MILLIS, TimeUnit.MILLISECONDS);
    } else {
      rested(connection);
    }
  }

  private void rested(Http1Connection connection) {
    if (!connection.usable()) {
      return; // it closed while it rested, and the call receives its permit
    }
    Optional<UpstreamCall> waiting = nextWaiting();
    if (waiting.isEmpty()) {
      connection.unusedSince(now());
      connections.addUnused(connection);
      sweep.watchConnections();
      if (upstream.permits().hasWaiting()) {
        upstream.reclaimUnused();
      }
    } else if (waiting.get().pool() == this) {
      connection.send(waiting.get());
    } else {
      waiting.get().onPermit(connection.closeForPermit());
    }
  }

  /** Forgets a connection that has closed. */
  void closed(Http1Connection connection) {
    connections.remove(connection);
  }

  /** Forgets an HTTP/2 connection that takes no more requests. */
  void retired(Http2Connection connection) {
    connections.remove(connection);
  }

  /**
   * Sends waiting calls on an HTTP/2 connection that has room. If the call that has waited longest
   * lives on another loop, or wants a WebSocket, the connection is retired, so that its permit
   * serves that call.
   */
  void roomOn(Http2Connection connection) {
    while (connection.hasRoom()) {
      Optional<UpstreamCall> next = nextWaiting();
      if (next.isEmpty()) {
        return;
      }
      UpstreamCall waiting = next.get();
      if (waiting.pool() != this || waiting.request().webSocket()) {
        connection.retire();
        upstream.permits().putBack(waiting);
        return;
      }
      connection.send(waiting);
    }
  }

  private Optional<UpstreamCall> nextWaiting() {
    Optional<UpstreamCall> waiting = upstream.permits().next();
    while (waiting.isPresent() && waiting.get().pool() == this && waiting.get().ended()) {
      waiting = upstream.permits().next();
    }
    return waiting;
  }

  /** Updates the number of unused connections. */
  void recount() {
    connections.recount();
  }

  /** Closes one unused connection, so that its permit goes to a call on another loop. */
  void reclaimOne() {
    if (upstream.permits().hasWaiting()) {
      connections.closeOldest();
    }
    if (upstream.permits().hasWaiting()) {
      upstream.reclaimUnused();
    }
  }

  /** Closes every connection that is not in use. */
  void closeUnused() {
    connections.closeUnused();
  }

  private Optional<Http1Connection> takeUnused() {
    // Calls that wait for a permit come first.
    return upstream.permits().hasWaiting() ? Optional.empty() : connections.takeUnused();
  }
}
