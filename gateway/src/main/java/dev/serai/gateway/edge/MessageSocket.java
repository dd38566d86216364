package dev.serai.gateway.edge;

import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.http.Reply;
import dev.serai.core.limit.ByteHold;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.websocket.Close;
import dev.serai.core.websocket.Frame;
import dev.serai.core.websocket.Frame.Kind;
import dev.serai.core.websocket.WebSocket;
import io.netty.channel.ChannelHandlerContext;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.component.netty.NettyConstants;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The other end of a client's connection whose messages run through a route, one after the other.
 * While one runs, the client's socket is not read, so that at most the frames of one read are
 * queued. The budget counts the message that is being collected. Used on the connection's event
 * loop, but for {@link #push}.
 */
final class MessageSocket implements WebSocket {
  private static final Logger LOG = LoggerFactory.getLogger(MessageSocket.class);
  private static final int TRY_AGAIN_LATER = 1013;

  /** What every exchange of the connection has of that of the handshake. */
  private static final List<String> SHARED =
      List.of(ExchangeProperties.REQUEST_ID, ExchangeProperties.CALLER, ExchangeProperties.PATH);

  private final MessageRoute route;
  private final ChannelHandlerContext ctx;
  private final Exchange handshake;
  private final String key;
  private final ByteHold held;
  private final ByteArrayOutputStream message = new ByteArrayOutputStream();
  private final ArrayDeque<Frame> waiting = new ArrayDeque<>();
  private Kind kind = Kind.TEXT;
  private boolean running;
  private @Nullable Peer peer;

  private MessageSocket(MessageRoute route, ChannelHandlerContext ctx, Exchange handshake) {
    this.route = route;
    this.ctx = ctx;
    this.handshake = handshake;
    this.key = handshake.getProperty(ExchangeProperties.REQUEST_ID, "", String.class);
    this.held = route.hold();
  }

  /** The other end for the connection of a handshake. */
  static MessageSocket of(MessageRoute route, Exchange handshake) {
    ChannelHandlerContext ctx =
        handshake
            .getMessage()
            .getHeader(NettyConstants.NETTY_CHANNEL_HANDLER_CONTEXT, ChannelHandlerContext.class);
    Exchange kept = route.consumer().createExchange(false);
    SHARED.forEach(name -> kept.setProperty(name, handshake.getProperty(name)));
    return new MessageSocket(route, ctx, kept);
  }

  /** A body as a message: bytes are binary, everything else is text. */
  static Frame message(@Nullable Object body) {
    return body instanceof byte[] bytes
        ? new Frame(Kind.BINARY, true, bytes)
        : Frame.text(String.valueOf(body).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void open(Peer opened) {
    peer = opened;
    route.connections().add(route.path(), key, this);
  }

  /** Sends a message to the client. Safe to call on any thread. */
  void push(Frame frame) {
    // The writer of frames leaves the payload as it is, so that all connections may share it.
    ctx.channel().eventLoop().execute(() -> give(frame));
  }

  private void give(Frame frame) {
    if (peer != null) {
      peer.onFrame(frame);
      peer.onBatchEnd();
    }
  }

  @Override
  public void send(Frame frame) {
    if (frame.kind() == Kind.PING) {
      give(new Frame(Kind.PONG, true, frame.payload()));
    } else if (running) {
      waiting.add(frame);
    } else if (frame.kind() != Kind.PONG) {
      collect(frame);
    }
  }

  @Override
  public boolean isWritable() {
    return !running;
  }

  private void collect(Frame part) {
    kind = part.kind() == Kind.CONTINUATION ? kind : part.kind();
    if (!held.resize(message.size() + part.payload().length)) {
      end(new Close(TRY_AGAIN_LATER, "the gateway has no memory for this message"));
      return;
    }
    message.writeBytes(part.payload());
    if (part.last()) {
      byte[] whole = message.toByteArray();
      message.reset();
      run(kind == Kind.TEXT ? new String(whole, StandardCharsets.UTF_8) : whole);
    }
  }

  private void run(Object body) {
    running = true;
    Exchange exchange = route.consumer().createExchange(false);
    exchange.setPattern(ExchangePattern.InOut);
    SHARED.forEach(name -> exchange.setProperty(name, handshake.getProperty(name)));
    exchange.setProperty(ExchangeProperties.CONNECTION, key);
    exchange.getIn().setBody(body);
    exchange.getIn().setHeader(NettyConstants.NETTY_CHANNEL_HANDLER_CONTEXT, ctx);
    try {
      route.consumer().createUoW(exchange);
      route.steps().process(exchange, _ -> ctx.channel().eventLoop().execute(() -> ran(exchange)));
    } catch (Exception e) { // the boundary to Camel: whatever it throws ends this connection only
      exchange.setException(e);
      ran(exchange);
    }
  }

  private void ran(Exchange exchange) {
    running = false;
    held.set(0);
    if (exchange.getException() != null) {
      LOG.error("request {}: a message failed in its route", key, exchange.getException());
      end(new Close(Close.INTERNAL_ERROR, ""));
    } else {
      answer(exchange.getMessage().getBody());
    }
    route.consumer().doneUoW(exchange);
    route.consumer().releaseExchange(exchange, false);
    next();
  }

  /** A failure that the route handled is a reply, of which the body says what was wrong. */
  private void answer(@Nullable Object body) {
    if (body instanceof Reply.Complete failure) {
      give(Frame.text(failure.body()));
    } else if (body != null) {
      give(message(body));
    }
  }

  private void next() {
    while (!running && !waiting.isEmpty()) {
      send(waiting.poll());
    }
    if (!running && peer != null) {
      peer.onWritable();
    }
  }

  @Override
  public void pause() {
    // Messages are sent only as answers, of which there is one at a time, and by the operator.
  }

  @Override
  public void resume() {
    // As with pause.
  }

  private void end(Close why) {
    Peer open = peer;
    close(why);
    if (open != null) {
      open.onClose(why);
    }
  }

  @Override
  public void close(Close why) {
    peer = null;
    waiting.clear();
    held.release();
    route.connections().remove(route.path(), key);
  }

  @Override
  public void abort(GatewayProblem why) {
    end(new Close(why.status() == 503 ? Close.GOING_AWAY : Close.INTERNAL_ERROR, why.message()));
  }
}
