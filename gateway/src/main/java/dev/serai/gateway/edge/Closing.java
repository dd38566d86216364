package dev.serai.gateway.edge;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.DuplexChannel;
import java.util.concurrent.TimeUnit;

/** Closes connections so that the client can still read what was written to it. Stateless. */
final class Closing {
  /** Time for a client that is still sending to read the refusal before the socket closes. */
  private static final long LINGER_MILLIS = 1000;

  private Closing() {}

  /** Closes once everything has been written. */
  static void afterWriting(Channel channel) {
    channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
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
