package dev.serai.gateway.edge;

import dev.serai.core.caller.Credential;
import dev.serai.core.http.Reply;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.gateway.edge.body.RequestBody;
import dev.serai.gateway.edge.http2.ChosenProtocol;
import dev.serai.gateway.edge.reply.OngoingReply;
import dev.serai.gateway.edge.request.ClientConnection;
import dev.serai.gateway.edge.tls.TlsPort;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves one client connection: requests and replies, one after the other. A stream of an HTTP/2
 * connection is one too, with one request; what differs is in its {@link Transport}.
 *
 * <p>Three parts share the work. The {@link ConnectionReader} reads a request from the socket and
 * knows in which phase the connection is. The {@link CurrentRequest} is what has been read, and
 * runs its route. The {@link CurrentReply} writes what the route leaves. This class receives the
 * events of the channel and decides what comes after each: the route, the reply, the next request
 * or the end of the connection.
 *
 * <p>Every request ends in {@link CurrentRequest#end}, which counts once. For clients that end
 * their side see {@link HalfClosedClient}. Used on the connection's event loop only.
 */
final class EdgeConnection extends ChannelInboundHandlerAdapter
    implements ClientConnection, OpenConnection {
  private static final Logger LOG = LoggerFactory.getLogger(EdgeConnection.class);

  /** Time for an idle connection to show that it has a request. */
  private static final long SETTLE_MILLIS = 100;

  private final EdgeServer server;
  private final Channel channel;
  private final Transport transport;
  private final ConnectionWatchdog watchdog;
  private final CurrentRequest request;
  private final CurrentReply reply;
  private final ConnectionReader reader;

  EdgeConnection(EdgeServer server, RouteTable routes, Channel channel, Transport transport) {
    this.server = server;
    this.channel = channel;
    this.transport = transport;
    this.watchdog = new ConnectionWatchdog(this, channel, server);
    this.request = new CurrentRequest(this, routes);
    this.reply = new CurrentReply(this, request);
    this.reader = new ConnectionReader(this, request, watchdog);
  }

  EdgeServer server() {
    return server;
  }

  Transport transport() {
    return transport;
  }

  @Override
  public Channel channel() {
    return channel;
  }

  /** The verified certificate of the client. */
  Optional<Credential> certificate() {
    return server.instruments().tls().flatMap(_ -> TlsPort.certificate(transport.socket()));
  }

  @Override
  public ByteLimit memory() {
    return server.memory();
  }

  // ---- events of the channel

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    watchdog.start();
    if (!transport.opened(this)) {
      request.unreadable();
      refuse(Refusals.tooManyConnections());
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    watchdog.stop();
    reader.release();
    if (reply.cancel()) {
      request.end();
    } else {
      request.disconnected();
    }
    transport.closed(this);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE) {
      switch (reader.phase()) {
        case HEAD -> closeWhenWritten();
        case BODY -> refuse(Refusals.incomplete());
        case UPLOAD -> transport.watchHalfClosed(this, Optional.ofNullable(request.body()));
        case BUSY -> transport.watchHalfClosed(this, Optional.empty());
        case CLOSING -> Closing.afterShutdown(channel);
      }
    } else if (event == ChosenProtocol.HTTP2 && reader.phase() == ConnectionReader.Phase.HEAD) {
      watchdog.stop();
      reader.release();
      Http2Connection.takeOver(this, request.routes());
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    reader.read(message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    reader.readComplete();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    reply.writabilityChanged();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof IOException)) {
      LOG.error(
          "request {}: the client's connection failed and is closed", request.head().id(), cause);
    }
    abort();
  }

  // ---- the request

  /** So much of the request has been read that its route can begin. */
  void run(RequestBody arrived) {
    watchdog.awaitReply();
    switch (request.destination()) {
      case Dispatch.Refused refused -> reply(refused.reply());
      case Dispatch.Admitted admitted -> request.run(admitted, arrived);
    }
  }

  @Override
  public void readBody(boolean on) {
    reader.readBody(on);
  }

  // ---- the reply

  /** Sends the reply to the current request; discards it if the client has disconnected. */
  void reply(Reply finished) {
    request.routeEnded();
    if (!reader.awaitsReply()) {
      OngoingReply.discard(finished);
      request.end();
      return;
    }
    switch (finished) {
      case Reply.Complete complete -> replyWhole(complete);
      case Reply.Streaming streaming -> replyStreaming(streaming);
      case Reply.Upgraded upgraded -> replyUpgraded(upgraded);
    }
  }

  private void replyWhole(Reply.Complete complete) {
    boolean close = closesAfterThis();
    reply.write(complete, close);
    replied(close);
  }

  private void replyStreaming(Reply.Streaming streaming) {
    boolean close = closesAfterThis() || request.head().http10();
    if (!reply.begin(streaming, close)) {
      replied(close);
    }
  }

  private void replyUpgraded(Reply.Upgraded upgraded) {
    if (reader.hasMore() || transport.isHalfClosed()) {
      OngoingReply.discard(upgraded);
      abort(); // frames before the reply to the handshake
      return;
    }
    reply.begin(upgraded);
  }

  @Override
  public void streamEnded(boolean well) {
    reply.ended();
    if (well) {
      replied(closesAfterThis() || request.head().http10());
      return;
    }
    closeWhenWritten(false);
  }

  /** The stream that the client is receiving; null without one. */
  @Nullable OngoingReply stream() {
    return reply.ongoing();
  }

  private boolean closesAfterThis() {
    return !request.head().keepAlive()
        || server.isDraining()
        || reader.phase() == ConnectionReader.Phase.UPLOAD
        || (transport.isHalfClosed() && !reader.hasMore());
  }

  private void replied(boolean close) {
    request.end();
    if (close) {
      closeWhenWritten();
      return;
    }
    reader.next();
    if (transport.isHalfClosed()
        && reader.phase() == ConnectionReader.Phase.HEAD
        && !reader.hasMore()) {
      closeWhenWritten();
    }
  }

  // ---- closing

  /** The client took too long to send a request. */
  void tooSlow() {
    if (reader.phase() != ConnectionReader.Phase.UPLOAD) {
      request.unreadable();
    }
    reader.fail(Refusals.tooSlow());
  }

  /**
   * The server drains: an idle connection closes soon, a busy one after its reply. A request that
   * has reached the kernel is read before that: closed with it unread, the connection is reset.
   */
  @Override
  public void drain() {
    channel.eventLoop().schedule(this::closeIfIdle, SETTLE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void closeIfIdle() {
    if (reader.phase() == ConnectionReader.Phase.HEAD && watchdog.isIdle()) {
      channel.close();
    }
  }

  /** The time to drain is over: tells the client so, and closes. */
  @Override
  public void cutOff() {
    GatewayProblem why = Refusals.stopping();
    if (reply.stop(why)) {
      return;
    }
    if (request.stop(why)) {
      refuse(why);
    } else if (reader.phase() != ConnectionReader.Phase.CLOSING) {
      abort();
    }
  }

  @Override
  public void abort() {
    transport.abort();
  }

  /** Refuses the request, of which more may still arrive. */
  void refuse(GatewayProblem problem) {
    refuse(Refusals.reply(server, request.head(), problem));
  }

  /** Sends a refusal and closes, although more of the request may still arrive. */
  void refuse(Reply.Complete refusal) {
    reply.write(refusal, true);
    reader.discard();
    watchdog.awaitReply();
    request.end();
    transport.endRefused();
  }

  private void closeWhenWritten() {
    closeWhenWritten(true);
  }

  private void closeWhenWritten(boolean complete) {
    boolean sends = reader.discard();
    request.end();
    transport.end(complete, sends);
  }
}
