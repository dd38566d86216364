package dev.serai.gateway.edge;

import dev.serai.adapters.netty.DeferredFlush;
import dev.serai.core.http.Reply;
import dev.serai.core.problem.GatewayProblem;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves one client connection: reads requests and writes replies, one after the other.
 *
 * <p>A connection is always in one of five phases:
 *
 * <pre>
 *   HEAD     waits for the head of a request
 *   BODY     collects the body               -> BUSY when it is complete
 *                                            -> UPLOAD when the route of a large form can begin
 *   UPLOAD   the route runs and takes the rest of the body
 *                                            -> BUSY when it is complete
 *                                            -> CLOSING when its reply comes before that
 *   BUSY     the route runs, or its reply is being written
 *                                            -> HEAD when the reply is written (keep-alive)
 *   CLOSING  discards what still arrives     from any phase: refused, failed, or the last reply
 * </pre>
 *
 * <p>A request sent ahead in BUSY (HTTP pipelining) is queued, and the socket is not read. Every
 * path out of a phase goes through {@link CurrentRequest#end}, which counts once. For clients that
 * end their side see {@link HalfClosedClient}. Used on the connection's event loop only.
 */
final class EdgeConnection extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(EdgeConnection.class);

  private enum Phase {
    HEAD,
    BODY,
    UPLOAD,
    BUSY,
    CLOSING
  }

  private final EdgeServer server;
  private final Channel channel;
  private final ConnectionWatchdog guard;
  private final CurrentRequest request;
  private final SentAhead sentAhead;
  private Phase phase = Phase.HEAD;
  private @Nullable RunningExchange running;
  private @Nullable OngoingReply stream;
  private @Nullable HalfClosedClient halfClosed;
  private boolean decoded;

  EdgeConnection(EdgeServer server, RouteTable routes, Channel channel) {
    this.server = server;
    this.channel = channel;
    this.sentAhead = new SentAhead(channel);
    this.request = new CurrentRequest(this, routes);
    this.guard = new ConnectionWatchdog(this, channel, server);
  }

  EdgeServer server() {
    return server;
  }

  Channel channel() {
    return channel;
  }

  // ---- events of the channel

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    guard.start();
    if (!server.opened(this)) {
      request.unreadable();
      refuse(Refusals.tooManyConnections());
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    guard.stop();
    phase = Phase.CLOSING;
    sentAhead.release();
    cancelStream();
    if (running == null) {
      request.end();
    } else {
      request.releaseBody();
    }
    server.closed(this);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE) {
      switch (phase) {
        case HEAD -> closeWhenWritten();
        case BODY -> refuse(Refusals.incomplete());
        case UPLOAD -> halfClosed = HalfClosedClient.watch(this, request.body());
        case BUSY -> halfClosed = HalfClosedClient.watch(this, null);
        case CLOSING -> Closing.afterShutdown(channel);
      }
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    decoded = true;
    if (phase == Phase.BUSY || sentAhead.isPumping()) {
      sentAhead.add(message);
    } else {
      accept(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (phase == Phase.HEAD && !decoded) {
      guard.awaitHead();
    } else if (phase == Phase.BODY) {
      guard.awaitBody();
    }
    decoded = false;
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (stream != null) {
      stream.writabilityChanged();
    }
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

  private void accept(Object message) {
    try {
      if (phase != Phase.CLOSING && message instanceof HttpRequest head) {
        begin(head);
      }
      if ((phase == Phase.BODY || phase == Phase.UPLOAD) && message instanceof HttpContent piece) {
        collect(piece);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void begin(HttpRequest message) {
    Optional<Reply.Complete> refusal = request.begin(message);
    if (refusal.isPresent()) {
      refuse(refusal.get());
      return;
    }
    if (request.head().expectsContinue()) {
      channel.writeAndFlush(ReplyWriter.continueReading(channel.alloc()), channel.voidPromise());
    }
    request.count();
    phase = Phase.BODY;
  }

  private void collect(HttpContent piece) {
    guard.bodyArrived(piece.content().readableBytes());
    RequestBody arriving = request.body();
    boolean last = piece instanceof LastHttpContent;
    Optional<GatewayProblem> fault =
        piece.decoderResult().isFailure()
            ? Optional.of(Refusals.malformed())
            : arriving.add(piece.content());
    if (fault.isPresent()) {
      refuseBody(fault.get());
    } else if (last) {
      bodyEnded(arriving);
    } else if (phase == Phase.BODY && arriving.mayStart()) {
      phase = Phase.UPLOAD;
      run(arriving);
    }
  }

  private void bodyEnded(RequestBody arrived) {
    boolean running = phase == Phase.UPLOAD;
    readBody(true);
    phase = Phase.BUSY;
    arrived.end();
    if (running) {
      guard.awaitReply();
    } else {
      run(arrived);
    }
  }

  /** The body cannot go on. If its route runs, the route fails, and writes the reply. */
  private void refuseBody(GatewayProblem problem) {
    if (phase == Phase.UPLOAD) {
      readBody(false);
      request.body().fail(problem);
    } else {
      refuse(problem);
    }
  }

  /** Reads the rest of the body from the socket, or leaves it there. */
  void readBody(boolean on) {
    if (phase == Phase.UPLOAD) {
      channel.config().setAutoRead(on);
      guard.awaitBody(on);
    }
  }

  private void run(RequestBody arrived) {
    guard.awaitReply();
    switch (request.destination()) {
      case Dispatch.Refused refused -> reply(refused.reply());
      case Dispatch.Admitted admitted -> {
        ChannelHandlerContext ctx = channel.pipeline().lastContext();
        running = new RunningExchange(this, ctx, admitted, request.head());
        running.start(arrived);
      }
    }
  }

  // ---- the reply

  /** Sends the reply to the current request; discards it if the client has disconnected. */
  void reply(Reply reply) {
    running = null;
    if (phase != Phase.BUSY && phase != Phase.UPLOAD) {
      OngoingReply.discard(reply);
      request.end();
      return;
    }
    switch (reply) {
      case Reply.Complete complete -> replyWhole(complete);
      case Reply.Streaming streaming -> replyStreaming(streaming);
      case Reply.Upgraded upgraded -> replyUpgraded(upgraded);
    }
  }

  private void replyWhole(Reply.Complete reply) {
    boolean close = closesAfterThis();
    request.replied(reply.status());
    write(server.replies().complete(channel.alloc(), request.head(), reply, close));
    replied(close);
  }

  private void replyStreaming(Reply.Streaming reply) {
    boolean close = closesAfterThis() || request.head().http10();
    request.replied(reply.status());
    write(server.replies().streamHead(channel.alloc(), request.head(), reply, close));
    if (request.head().isHead()) {
      reply.stream().cancel();
      replied(close);
      return;
    }
    server.load().streamBegun();
    stream = new StreamReply(this, channel, reply.stream(), !request.head().http10());
    stream.start();
  }

  private void replyUpgraded(Reply.Upgraded reply) {
    if (!sentAhead.isEmpty() || halfClosed != null) {
      OngoingReply.discard(reply);
      abort(); // frames before the answer to the handshake
      return;
    }
    request.replied(reply.status());
    write(server.replies().upgraded(channel.alloc(), request.head(), reply));
    server.load().streamBegun();
    stream = new SocketReply(this, request.head(), reply.socket());
    stream.start();
  }

  /** The stream has ended and all of its bytes have been written. */
  void streamEnded(boolean well) {
    stream = null;
    server.load().streamEnded();
    if (well) {
      replied(closesAfterThis() || request.head().http10());
      return;
    }
    Closing.showIncomplete(channel, request.head().http10());
    closeWhenWritten();
  }

  @Nullable OngoingReply stream() {
    return stream;
  }

  private boolean closesAfterThis() {
    return !request.head().keepAlive()
        || server.isDraining()
        || phase == Phase.UPLOAD
        || (halfClosed != null && sentAhead.isEmpty());
  }

  private void replied(boolean close) {
    request.end();
    if (close) {
      closeWhenWritten();
      return;
    }
    phase = Phase.HEAD;
    guard.awaitRequest();
    DeferredFlush.of(channel);
    sentAhead.pump(() -> phase == Phase.BUSY, this::accept);
    if (halfClosed != null && phase == Phase.HEAD && sentAhead.isEmpty()) {
      closeWhenWritten();
    }
  }

  // ---- closing

  /** The client took too long to send a request. */
  void tooSlow() {
    if (phase != Phase.UPLOAD) {
      request.unreadable();
    }
    refuseBody(Refusals.tooSlow());
  }

  /** The server drains: an idle connection closes now, a busy one after its reply. */
  void drain() {
    if (phase == Phase.HEAD && guard.isIdle()) {
      channel.close();
    }
  }

  /** The time to drain is over: tells the client so, and closes. */
  void cutOff() {
    if (stream != null) {
      stream.stop(Refusals.stopping());
    } else if (running != null) {
      running.stop(Refusals.stopping());
      refuse(Refusals.stopping());
    } else if (phase != Phase.CLOSING) {
      channel.close();
    }
  }

  /** Closes at once, also in the middle of a request. */
  void abort() {
    channel.close();
  }

  private void refuse(GatewayProblem problem) {
    refuse(Refusals.reply(server, request.head().path(), problem));
  }

  /** Sends a refusal and closes, although more of the request may still arrive. */
  private void refuse(Reply.Complete reply) {
    request.replied(reply.status());
    write(server.replies().complete(channel.alloc(), request.head(), reply, true));
    phase = Phase.CLOSING;
    guard.awaitReply();
    request.end();
    Closing.afterLingering(channel);
  }

  private void closeWhenWritten() {
    boolean sends = phase == Phase.UPLOAD;
    readBody(true);
    phase = Phase.CLOSING;
    request.end();
    Closing.after(channel, sends);
  }

  private void write(ByteBuf bytes) {
    server.write(channel, halfClosed == null ? bytes : halfClosed.rest(bytes));
  }

  private void cancelStream() {
    OngoingReply open = stream;
    if (open != null) {
      stream = null;
      server.load().streamEnded();
      request.end();
      open.cancel();
    }
  }
}
