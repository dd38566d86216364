package dev.serai.gateway.edge;

import dev.serai.gateway.edge.reply.OngoingReply;
import io.netty.channel.Channel;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Enforces the deadlines of one connection, and sends keep-alives on silent streams.
 *
 * <p>There is one timer for each connection and none for a request. Events of the connection only
 * record what is awaited and since when. The timer checks that record at least once in the shortest
 * of its deadlines. Used on the connection's event loop only.
 */
final class ConnectionWatchdog implements Runnable {
  private enum Awaited {
    REQUEST,
    HEAD,
    BODY,
    REPLY
  }

  private final EdgeConnection connection;
  private final Channel channel;
  private final EdgeServer server;
  private final long headerNanos;
  private final long idleNanos;
  private final long stallNanos;
  private final StallCheck stall;
  private final long silenceNanos;
  private Awaited awaited = Awaited.REQUEST;
  private long since;
  private long bodyBytes;
  private long silentSince;
  private @Nullable Future<?> timer;

  ConnectionWatchdog(EdgeConnection connection, Channel channel, EdgeServer server) {
    this.connection = connection;
    this.channel = channel;
    this.server = server;
    this.headerNanos = server.settings().headerDeadline().toNanos();
    this.idleNanos = server.settings().idleTime().toNanos();
    this.stallNanos = server.settings().stallTime().toNanos();
    this.stall = new StallCheck(stallNanos);
    long keepAlive = server.settings().keepAlive().toNanos();
    // Checked twice in that time, so that a stream is never silent for longer.
    this.silenceNanos = keepAlive == 0 ? Long.MAX_VALUE : Math.max(1, keepAlive / 2);
  }

  void start() {
    awaitRequest();
    schedule(period());
  }

  void stop() {
    if (timer != null) {
      timer.cancel(false);
    }
  }

  /** Waits for the first byte of the next request. */
  void awaitRequest() {
    awaited = Awaited.REQUEST;
    since = server.ticker().nanos();
  }

  /** A part of a head has arrived. */
  void awaitHead() {
    if (awaited == Awaited.REQUEST) {
      awaited = Awaited.HEAD;
      since = server.ticker().nanos();
    }
  }

  /** A part of the body has not arrived. */
  void awaitBody() {
    if (awaited != Awaited.BODY) {
      awaited = Awaited.BODY;
      since = server.ticker().nanos();
      bodyBytes = 0;
    }
  }

  /** The body is read, or it is not, so that it does not arrive. */
  void awaitBody(boolean read) {
    if (read) {
      awaitBody();
    } else {
      awaitReply();
    }
  }

  void bodyArrived(int bytes) {
    bodyBytes += bytes;
  }

  void awaitReply() {
    awaited = Awaited.REPLY;
  }

  boolean isIdle() {
    return awaited == Awaited.REQUEST;
  }

  @Override
  public void run() {
    if (!channel.isActive()) {
      return;
    }
    long now = server.ticker().nanos();
    if (connection.transport().isStalled(stall, now)) {
      connection.abort();
      return;
    }
    keepAlive(now);
    long left =
        switch (awaited) {
          case REQUEST -> since + idleNanos - now;
          case HEAD -> since + headerNanos - now;
          case BODY -> bodyWindowLeft(now);
          case REPLY -> period();
        };
    if (left > 0) {
      schedule(Math.min(left, period()));
    } else if (awaited == Awaited.REQUEST) {
      channel.close();
    } else {
      connection.tooSlow();
      schedule(period());
    }
  }

  /** Time left of this window; the next window if this one is over and its rate was met. */
  private long bodyWindowLeft(long now) {
    long elapsed = now - since;
    if (elapsed < headerNanos) {
      return headerNanos - elapsed;
    }
    long wanted = elapsed / 1_000_000 * server.settings().minBodyBytesPerSecond() / 1000;
    if (bodyBytes < wanted) {
      return 0;
    }
    since = now;
    bodyBytes = 0;
    return headerNanos;
  }

  /** Sends a keep-alive on a silent stream, unless bytes are still queued. */
  private void keepAlive(long now) {
    OngoingReply stream = connection.stream();
    if (stream == null || stream.flowed() || stall.isWaiting()) {
      silentSince = now;
    } else if (now - silentSince >= silenceNanos) {
      silentSince = now;
      stream.keepAlive();
    }
  }

  private long period() {
    return Math.min(
        Math.min(headerNanos, silenceNanos), Math.min(idleNanos, StallCheck.interval(stallNanos)));
  }

  private void schedule(long nanos) {
    timer = channel.eventLoop().schedule(this, nanos, TimeUnit.NANOSECONDS);
  }
}
