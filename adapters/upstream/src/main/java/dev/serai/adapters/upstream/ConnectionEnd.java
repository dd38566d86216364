package dev.serai.adapters.upstream;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollTcpInfo;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How a connection ended that had sent a request, as far as the operating system knows: whether the
 * provider closed it because it was idle, before the request arrived (RFC 9112, section 9.3.1).
 *
 * <p>Such an end is seen at the latest one way there and back after the request was sent. On Linux
 * the connection was also reset by the request, or the request was not acknowledged before the
 * connection ended (RFC 9293, sections 3.4 and 3.5.2). A provider that has read the request and
 * then closes, or whose process ends, leaves an acknowledged request and no reset.
 *
 * @param unreceived whether the request may not have arrived
 * @param roundTripNanos a way there and back, as measured; 0 if it is not known
 */
record ConnectionEnd(boolean unreceived, long roundTripNanos) {
  /** Of a connection that is not known to have ended. */
  static final ConnectionEnd NONE = new ConnectionEnd(false, 0);

  /** For the delays of both systems. */
  private static final long MIN = Duration.ofMillis(250).toNanos();

  private static final long MAX = Duration.ofSeconds(1).toNanos();

  /** The state of a connection that was reset: TCP_CLOSE of Linux' {@code tcp_states.h}. */
  private static final int RESET = 7;

  /** The end of a channel that is still open for the process. */
  static ConnectionEnd of(Channel channel) {
    if (!(channel instanceof EpollSocketChannel socket)) {
      return new ConnectionEnd(true, 0);
    }
    if (!socket.isOpen()) {
      return NONE;
    }
    EpollTcpInfo info = socket.tcpInfo();
    return new ConnectionEnd(
        info.state() == RESET || info.unacked() > 0, TimeUnit.MICROSECONDS.toNanos(info.rtt()));
  }

  /**
   * Whether the provider has most likely closed the connection before the request arrived.
   *
   * @param nanosSinceSent since the request was sent
   */
  boolean ofIdle(long nanosSinceSent) {
    return unreceived && nanosSinceSent <= Math.clamp(MIN + 2 * roundTripNanos, MIN, MAX);
  }
}
