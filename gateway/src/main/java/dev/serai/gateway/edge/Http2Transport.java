package dev.serai.gateway.edge;

import dev.serai.adapters.netty.DeferredFlush;
import dev.serai.core.http.Reply;
import dev.serai.gateway.edge.body.RequestBody;
import dev.serai.gateway.edge.http2.StreamCodec;
import dev.serai.gateway.edge.reply.ReplyHeaders;
import dev.serai.gateway.edge.request.RequestHead;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http2.Http2Error;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One stream of an HTTP/2 connection, which carries one request and its reply. A stream whose reply
 * is complete before the client has sent the whole request ends with RST_STREAM and NO_ERROR (RFC
 * 9113, section 8.1), one whose reply is not complete with INTERNAL_ERROR.
 */
final class Http2Transport implements Transport {
  private final Http2Connection connection;
  private final Channel channel;
  private final StreamCodec codec;
  private @Nullable ChannelFuture last;

  Http2Transport(Http2Connection connection, Channel channel, StreamCodec codec) {
    this.connection = connection;
    this.channel = channel;
    this.codec = codec;
  }

  @Override
  public Channel socket() {
    return connection.channel();
  }

  @Override
  public boolean opened(EdgeConnection stream) {
    connection.opened(stream);
    return true;
  }

  @Override
  public void closed(EdgeConnection stream) {
    connection.closed(stream);
  }

  @Override
  public void askForBody() {
    codec.head(ReplyHeaders.continueReading(), false);
    channel.flush();
  }

  @Override
  public void write(RequestHead request, Reply.Complete reply, boolean close) {
    byte[] body = reply.body();
    boolean silent = body.length == 0 || ReplyHeaders.isBodiless(reply) || request.isHead();
    ChannelFuture written =
        codec.head(connection.server().replyHeaders().complete(request, reply), silent);
    if (!silent) {
      written = codec.data(Unpooled.wrappedBuffer(body), true);
      connection.server().count(body.length, written);
    }
    last = written;
  }

  @Override
  public void begin(RequestHead request, Reply.Streaming reply, boolean close) {
    boolean silent = request.isHead();
    ChannelFuture head =
        codec.head(connection.server().replyHeaders().stream(request, reply), silent);
    last = silent ? head : null;
  }

  @Override
  public boolean sendsChunks(RequestHead request) {
    return false;
  }

  @Override
  public void end(boolean complete, boolean sends) {
    ChannelFuture end = last == null ? codec.end(complete) : last;
    if (!complete) {
      end.addListener(_ -> codec.reset(Http2Error.INTERNAL_ERROR));
    } else if (!codec.requestEnded()) {
      end.addListener(_ -> codec.reset(Http2Error.NO_ERROR));
    }
    DeferredFlush.of(channel);
  }

  @Override
  public void endRefused() {
    end(true, true);
  }

  /** Netty resets no stream whose end it has been given, although that may not have been sent. */
  @Override
  public void abort() {
    codec.reset(Http2Error.CANCEL);
    channel.close();
  }

  @Override
  public void watchHalfClosed(EdgeConnection stream, Optional<RequestBody> cutShort) {
    throw new IllegalStateException("the end of a request is that of its body");
  }

  @Override
  public boolean isHalfClosed() {
    return false;
  }

  /** The queue gets shorter with every frame that is sent. */
  @Override
  public boolean isStalled(StallCheck check, long now) {
    long waiting =
        channel.isWritable()
            ? Http2Connection.HIGH + 1 - channel.bytesBeforeUnwritable()
            : Http2Connection.LOW - 1 + channel.bytesBeforeWritable();
    return check.isStalled(now, waiting, 0);
  }
}
