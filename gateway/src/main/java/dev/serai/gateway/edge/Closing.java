package dev.serai.gateway.edge;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import java.util.concurrent.TimeUnit;

/** Closes connections so that the client can still read what was written to it. Stateless. */
final class Closing {
  /** Time for a client that is still sending to read the refusal before the socket closes. */
  private static final long LINGER_MILLIS = 1000;

  private Closing() {}

  /** Closes once everything has been written. */
  private static void afterWriting(Channel channel) {
    channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  /**
   * Closes once everything has been written.
   *
   * @param sends whether the client may still be sending
   */
  static void after(Channel channel, boolean sends) {
    if (sends) {
      afterLingering(channel);
    } else {
      afterWriting(channel);
    }
  }

  /** HTTP/1.0 ends a body by closing: only a reset shows that it is incomplete. */
  static void showIncomplete(Channel channel, boolean http10) {
    if (http10) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
    }
  }

  /** The client has closed its side too: nothing more is to be read or written. */
  static void afterShutdown(Channel channel) {
    if (((DuplexChannel) channel).isOutputShutdown()) {
      channel.close();
    }
  }

  /** As {@link #afterWriting}, for a client that is still sending: it is given time to read. */
  static void afterLingering(Channel channel) {
    channel
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(
            written -> {
              ((DuplexChannel) channel).shutdownOutput();
              channel
                  .eventLoop()
                  .schedule(() -> channel.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
            });
  }
}
