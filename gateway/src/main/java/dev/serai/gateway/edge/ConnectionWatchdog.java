package dev.serai.gateway.edge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Watches one connection's deadlines. One timer a connection, never one a request: what happens
 * only notes what is waited for and since when; the timer looks at that note at least once in the
 * shortest of the times it guards, and so is never late. Lives on the connection's event loop.
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
  private final long silenceNanos;
  private Awaited awaited = Awaited.REQUEST;
  private long since;
  private long bodyBytes;
  private long sent;
  private long unsent;
  private long stalledSince;
  private long silentSince;
  private @Nullable Future<?> timer;

  ConnectionWatchdog(EdgeConnection connection, Channel channel, EdgeServer server) {
    this.connection = connection;
    this.channel = channel;
    this.server = server;
    this.headerNanos = server.settings().headerDeadline().toNanos();
    this.idleNanos = server.settings().idleTime().toNanos();
    this.stallNanos = server.settings().stallTime().toNanos();
    long keepAlive = server.settings().keepAlive().toNanos();
    // Looked at twice in that time, a stream is never silent for longer.
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

  /** Nothing of a next request has been seen. */
  void awaitRequest() {
    awaited = Awaited.REQUEST;
    since = server.ticker().nanos();
  }

  /** Some bytes of a head have been seen, not all. */
  void awaitHead() {
    if (awaited == Awaited.REQUEST) {
      awaited = Awaited.HEAD;
      since = server.ticker().nanos();
    }
  }

  /** Some of the body is missing. */
  void awaitBody() {
    if (awaited != Awaited.BODY) {
      awaited = Awaited.BODY;
      since = server.ticker().nanos();
      bodyBytes = 0;
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
    if (stalled(now)) {
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
    }
  }

  /** What is left of this window; if it is over and was filled, the next one. */
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

  /** Whether the client has taken nothing of what waits for it for the stall time. */
  private boolean stalled(long now) {
    ChannelOutboundBuffer queue = channel.unsafe().outboundBuffer();
    long waiting = queue == null ? 0 : queue.totalPendingWriteBytes();
    long progress = waiting == 0 || queue == null ? 0 : queue.currentProgress();
    if (waiting == 0 || waiting != unsent || progress != sent) {
      unsent = waiting;
      sent = progress;
      stalledSince = now;
      return false;
    }
    return now - stalledSince >= stallNanos;
  }

  /** Has a stream that was silent say that it lives; not while anything waits to be sent. */
  private void keepAlive(long now) {
    StreamReply stream = connection.stream();
    if (stream == null || stream.flowed() || unsent > 0) {
      silentSince = now;
    } else if (now - silentSince >= silenceNanos) {
      silentSince = now;
      stream.keepAlive();
    }
  }

  private long period() {
    return Math.min(Math.min(headerNanos, silenceNanos), Math.min(idleNanos, stallNanos));
  }

  private void schedule(long nanos) {
    timer = channel.eventLoop().schedule(this, nanos, TimeUnit.NANOSECONDS);
  }
}
