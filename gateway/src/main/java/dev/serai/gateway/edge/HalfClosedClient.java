package dev.serai.gateway.edge;

import dev.serai.gateway.edge.body.RequestBody;
import dev.serai.gateway.edge.reply.OngoingReply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Finds out whether a client that has ended its side of the connection still reads.
 *
 * <p>A client that has shut down its output only, as {@code nc -N} does, and one that has closed
 * the connection look the same until bytes are sent to them: the latter's kernel answers with a
 * reset (RFC 9293, section 3.10.7.4). Therefore the beginning of the status line, which every reply
 * has, is sent byte by byte, and the reply is written without it. Once a stream has begun, its
 * keep-alives are sent instead, if its format has any. A few are enough: after the reset the next
 * one fails, which closes the connection.
 *
 * <p>An upload that such a client has not sent to its end fails with 400 once it is likely that the
 * client still reads. Used on the connection's event loop only.
 */
final class HalfClosedClient implements Runnable {
  private static final byte[] BEGINNING = "HTTP/1.1 ".getBytes(StandardCharsets.US_ASCII);
  private static final long PERIOD_MILLIS = 200;

  /** Rounds after which a reset would have arrived from anywhere: two periods. */
  private static final int STILL_THERE = 3;

  private final EdgeConnection connection;
  private final Optional<RequestBody> cutShort;
  private int rounds;
  private int sent;
  private boolean replied;

  private HalfClosedClient(EdgeConnection connection, Optional<RequestBody> cutShort) {
    this.connection = connection;
    this.cutShort = cutShort;
    this.replied = connection.stream() != null;
  }

  /**
   * Starts to watch a client whose request runs, or whose reply is being written.
   *
   * @param cutShort the body of the request, if it has not arrived as a whole
   */
  static HalfClosedClient watch(EdgeConnection connection, Optional<RequestBody> cutShort) {
    HalfClosedClient client = new HalfClosedClient(connection, cutShort);
    client.run();
    return client;
  }

  @Override
  public void run() {
    Channel channel = connection.channel();
    if (!channel.isActive() || rounds == BEGINNING.length) {
      return;
    }
    rounds++;
    if (rounds == STILL_THERE && !replied) {
      cutShort.ifPresent(body -> body.fail(Refusals.incomplete()));
    }
    OngoingReply stream = connection.stream();
    if (stream != null && channel.isWritable()) {
      stream.keepAlive();
    } else if (!replied) {
      ByteBuf one = Unpooled.wrappedBuffer(BEGINNING, sent, 1);
      sent++;
      channel.writeAndFlush(one, channel.voidPromise());
    }
    channel.eventLoop().schedule(this, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** The part of a reply that has not been sent yet. */
  ByteBuf rest(ByteBuf reply) {
    int begun = replied ? 0 : sent;
    replied = true;
    return reply.skipBytes(begun);
  }
}
