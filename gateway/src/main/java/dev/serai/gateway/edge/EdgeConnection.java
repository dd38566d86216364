package dev.serai.gateway.edge;

import dev.serai.adapters.netty.DeferredFlush;
import dev.serai.core.http.Reply;
import dev.serai.core.limit.ByteBudget;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.websocket.Close;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves one client connection: reads requests and writes replies, one after the other.
 *
 * <p>A connection is always in one of four phases:
 *
 * <pre>
 *   HEAD     waits for the head of a request
 *   BODY     collects the body               -> BUSY when it is complete
 *   BUSY     the route runs, or its reply is being written
 *                                            -> HEAD when the reply is written (keep-alive)
 *   CLOSING  discards what still arrives     from any phase: refused, failed, or the last reply
 * </pre>
 *
 * <p>In BUSY a client may already send its next request (HTTP pipelining). These messages are
 * queued, and the socket is not read any further until the reply is written, so that at most one
 * read of the socket is queued. A request that has been dispatched to a route counts as in flight
 * until its reply is written or the connection is lost; every path out of a phase goes through
 * {@link #uncount}, which counts once. Used on the connection's event loop only.
 */
final class EdgeConnection extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(EdgeConnection.class);

  private enum Phase {
    HEAD,
    BODY,
    BUSY,
    CLOSING
  }

  private final EdgeServer server;
  private final RouteTable routes;
  private final Channel channel;
  private final ConnectionWatchdog guard;
  private final RequestTimer timer;
  private final SentAhead sentAhead;
  private Phase phase = Phase.HEAD;
  private RequestHead request = RequestHead.unreadable("");
  private @Nullable RequestBody body;
  private @Nullable Dispatch admission;
  private @Nullable RunningExchange running;
  private @Nullable OngoingReply stream;
  private boolean counted;
  private boolean decoded;

  EdgeConnection(EdgeServer server, RouteTable routes, Channel channel) {
    this.server = server;
    this.routes = routes;
    this.channel = channel;
    this.sentAhead = new SentAhead(channel);
    this.timer = server.timer();
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
      request = RequestHead.unreadable(server.ids().next());
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
      uncount();
    }
    server.closed(this);
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
      LOG.error("request {}: the client's connection failed and is closed", request.id(), cause);
    }
    abort();
  }

  // ---- the request

  private void accept(Object message) {
    try {
      if (phase != Phase.CLOSING && message instanceof HttpRequest head) {
        begin(head);
      }
      if (phase == Phase.BODY && message instanceof HttpContent piece) {
        collect(piece);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void begin(HttpRequest head) {
    String id = server.ids().next();
    timer.begins();
    try {
      request = RequestHead.of(id, head, server.settings().browsers());
    } catch (GatewayProblem problem) {
      request = RequestHead.unreadable(id);
      refuse(problem);
      return;
    }
    direct();
  }

  /**
   * Decides where the request goes. The connection of a refused request is reused if its body is
   * short; otherwise the refusal is sent at once, and the connection is closed.
   */
  private void direct() {
    Dispatch decided = Dispatch.of(request, routes, server);
    timer.goesTo(request.method(), decided);
    admission = decided;
    body = RequestBody.of(request, decided, server);
    if (decided instanceof Dispatch.Refused refused && !request.isShort()) {
      refuse(refused.reply());
      return;
    }
    if (!fits(body, body.reserve())) {
      return;
    }
    if (request.expectsContinue()) {
      channel.writeAndFlush(ReplyWriter.continueReading(channel.alloc()), channel.voidPromise());
    }
    if (decided instanceof Dispatch.Admitted) {
      counted = true;
      server.load().requestBegun();
    }
    phase = Phase.BODY;
  }

  /** Whether a body may go on; refuses the request if not. */
  private boolean fits(RequestBody collected, RequestBody.Added added) {
    if (added != RequestBody.Added.YES) {
      boolean tooLarge = added == RequestBody.Added.TOO_LARGE;
      refuse(tooLarge ? Refusals.bodyTooLarge(collected.limit()) : ByteBudget.exhausted());
    }
    return added == RequestBody.Added.YES;
  }

  private void collect(HttpContent piece) {
    guard.bodyArrived(piece.content().readableBytes());
    RequestBody collected = Objects.requireNonNull(body);
    if (piece.decoderResult().isFailure()) {
      refuse(Refusals.malformed());
    } else if (fits(collected, collected.add(piece.content()))
        && piece instanceof LastHttpContent) {
      run(collected.toArray());
    }
  }

  private void run(byte[] bytes) {
    phase = Phase.BUSY;
    guard.awaitReply();
    switch (Objects.requireNonNull(admission)) {
      case Dispatch.Refused refused -> answer(refused.reply());
      case Dispatch.Admitted admitted -> {
        ChannelHandlerContext ctx = channel.pipeline().lastContext();
        running = new RunningExchange(this, ctx, admitted, request);
        running.start(bytes);
      }
    }
  }

  // ---- the reply

  /** Sends the reply to the current request; discards it if the client has disconnected. */
  void answer(Reply reply) {
    running = null;
    if (phase != Phase.BUSY) {
      discard(reply);
      uncount();
      return;
    }
    switch (reply) {
      case Reply.Complete complete -> answerWhole(complete);
      case Reply.Streaming streaming -> answerStreaming(streaming);
      case Reply.Upgraded upgraded -> answerUpgraded(upgraded);
    }
  }

  private static void discard(Reply reply) {
    switch (reply) {
      case Reply.Complete _ -> {}
      case Reply.Streaming streaming -> streaming.stream().cancel();
      case Reply.Upgraded upgraded -> upgraded.socket().close(Close.LOST);
    }
  }

  private void answerWhole(Reply.Complete reply) {
    boolean close = closesAfterThis();
    timer.replied(reply.status());
    write(server.replies().complete(channel.alloc(), request, reply, close));
    answered(close);
  }

  private void answerStreaming(Reply.Streaming reply) {
    boolean close = closesAfterThis() || request.http10();
    timer.replied(reply.status());
    write(server.replies().streamHead(channel.alloc(), request, reply, close));
    if (request.isHead()) {
      reply.stream().cancel();
      answered(close);
      return;
    }
    server.load().streamBegun();
    stream = new StreamReply(this, channel, reply.stream(), !request.http10());
    stream.start();
  }

  private void answerUpgraded(Reply.Upgraded reply) {
    if (!sentAhead.isEmpty()) {
      discard(reply);
      abort(); // frames before the answer to the handshake
      return;
    }
    timer.replied(reply.status());
    write(server.replies().upgraded(channel.alloc(), request, reply));
    server.load().streamBegun();
    stream = new SocketReply(this, request, reply.socket());
    stream.start();
  }

  /** The stream has ended and all of its bytes have been written. */
  void streamEnded(boolean well) {
    stream = null;
    server.load().streamEnded();
    if (well) {
      answered(closesAfterThis() || request.http10());
      return;
    }
    if (request.http10()) {
      // HTTP/1.0 ends a body by closing the connection: only a reset shows that it is incomplete.
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
    }
    closeWhenWritten();
  }

  @Nullable OngoingReply stream() {
    return stream;
  }

  private boolean closesAfterThis() {
    return !request.keepAlive() || server.isDraining();
  }

  private void answered(boolean close) {
    uncount();
    if (close) {
      closeWhenWritten();
      return;
    }
    phase = Phase.HEAD;
    guard.awaitRequest();
    DeferredFlush.of(channel);
    sentAhead.pump(() -> phase == Phase.BUSY, this::accept);
  }

  // ---- closing

  /** The client took too long to send a request. */
  void tooSlow() {
    request = RequestHead.unreadable(server.ids().next());
    refuse(Refusals.tooSlow());
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
    refuse(Refusals.reply(server, request.path(), problem));
  }

  /** Sends a refusal and closes, although more of the request may still arrive. */
  private void refuse(Reply.Complete reply) {
    timer.replied(reply.status());
    write(server.replies().complete(channel.alloc(), request, reply, true));
    phase = Phase.CLOSING;
    guard.awaitReply();
    uncount();
    Closing.afterLingering(channel);
  }

  private void closeWhenWritten() {
    phase = Phase.CLOSING;
    uncount();
    Closing.afterWriting(channel);
  }

  private void write(ByteBuf bytes) {
    server.write(channel, bytes);
  }

  private void cancelStream() {
    OngoingReply open = stream;
    if (open != null) {
      stream = null;
      server.load().streamEnded();
      uncount();
      open.cancel();
    }
  }

  private void uncount() {
    timer.ends();
    if (body != null) {
      body.release();
      body = null;
    }
    if (counted) {
      counted = false;
      server.requestEnded();
    }
  }
}
