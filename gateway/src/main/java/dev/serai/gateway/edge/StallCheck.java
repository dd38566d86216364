package dev.serai.gateway.edge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;

/** Notices that a client reads none of the bytes that are queued for it. Not thread-safe. */
final class StallCheck {
  private final long most;
  private long unsent;
  private long sent;
  private long since;

  /**
   * @param most nanoseconds for which a client may read nothing
   */
  StallCheck(long most) {
    this.most = most;
  }

  /**
   * The nanoseconds from one question to the next. A stall begins up to so much before the first
   * question that sees it, and is over the limit up to so much before the last one: a connection is
   * closed at most a quarter of the limit late.
   *
   * @param most nanoseconds for which a client may read nothing
   */
  static long interval(long most) {
    return Math.max(1, most / 8);
  }

  /**
   * Whether the client has read nothing for too long. Call it at {@link #interval}s.
   *
   * @param waiting bytes that are queued
   * @param progress any number that changes while they are sent
   */
  boolean isStalled(long now, long waiting, long progress) {
    if (waiting == 0 || waiting != unsent || progress != sent) {
      unsent = waiting;
      sent = progress;
      since = now;
      return false;
    }
    return now - since >= most;
  }

  /** The same for the queue of a socket. */
  boolean isStalled(long now, Channel socket) {
    ChannelOutboundBuffer queue = socket.unsafe().outboundBuffer();
    long waiting = queue == null ? 0 : queue.totalPendingWriteBytes();
    return isStalled(now, waiting, waiting == 0 || queue == null ? 0 : queue.currentProgress());
  }

  /** Whether bytes were queued when it was asked last. */
  boolean isWaiting() {
    return unsent > 0;
  }
}
