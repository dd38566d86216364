package dev.serai.gateway.edge;

import dev.serai.core.http.Reply;
import dev.serai.gateway.edge.body.RequestBody;
import dev.serai.gateway.edge.reply.ReplyWriter;
import dev.serai.gateway.edge.request.RequestHead;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A connection of HTTP/1.1. */
final class Http1Transport implements Transport {
  private final EdgeServer server;
  private final Channel channel;
  private boolean endsWithSocket;
  private @Nullable HalfClosedClient halfClosed;

  Http1Transport(EdgeServer server, Channel channel) {
    this.server = server;
    this.channel = channel;
  }

  @Override
  public Channel socket() {
    return channel;
  }

  @Override
  public boolean opened(EdgeConnection connection) {
    return server.opened(connection);
  }

  @Override
  public void closed(EdgeConnection connection) {
    server.closed(connection);
  }

  @Override
  public void askForBody() {
    channel.writeAndFlush(ReplyWriter.continueReading(channel.alloc()), channel.voidPromise());
  }

  @Override
  public void write(RequestHead request, Reply.Complete reply, boolean close) {
    write(server.replies().complete(channel.alloc(), request, reply, close));
  }

  @Override
  public void begin(RequestHead request, Reply.Streaming reply, boolean close) {
    endsWithSocket = request.http10();
    write(server.replies().streamHead(channel.alloc(), request, reply, close));
  }

  private void write(ByteBuf bytes) {
    server.write(channel, halfClosed == null ? bytes : halfClosed.rest(bytes));
  }

  @Override
  public boolean sendsChunks(RequestHead request) {
    return !request.http10();
  }

  @Override
  public void end(boolean complete, boolean sends) {
    if (!complete) {
      Closing.showIncomplete(channel, endsWithSocket);
    }
    Closing.after(channel, sends);
  }

  @Override
  public void endRefused() {
    Closing.afterLingering(channel);
  }

  @Override
  public void abort() {
    channel.close();
  }

  @Override
  public void watchHalfClosed(EdgeConnection connection, Optional<RequestBody> cutShort) {
    halfClosed = HalfClosedClient.watch(connection, cutShort);
  }

  @Override
  public boolean isHalfClosed() {
    return halfClosed != null;
  }

  @Override
  public boolean isStalled(StallCheck check, long now) {
    return check.isStalled(now, channel);
  }
}
