package dev.serai.gateway.edge;

import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.websocket.Close;
import dev.serai.core.websocket.Frame;
import dev.serai.core.websocket.WebSocket;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.apache.camel.component.netty.NettyConstants;
import org.jspecify.annotations.Nullable;

/** The other end of a WebSocket, which records what it gets and does as its test says. */
final class ScriptedSocket implements WebSocket {
  final List<Frame> received = new CopyOnWriteArrayList<>();
  final List<String> events = new CopyOnWriteArrayList<>();
  final AtomicLong bytes = new AtomicLong();
  volatile boolean writable = true;
  volatile @Nullable EventLoop loop;
  private volatile @Nullable Peer peer;

  Peer peer() {
    return Objects.requireNonNull(peer);
  }

  boolean isOpen() {
    return peer != null;
  }

  /** Runs an action on the connection's event loop. */
  void onLoop(Runnable action) throws Exception {
    Objects.requireNonNull(loop).submit(action).get(30, TimeUnit.SECONDS);
  }

  /** The other end of the connection whose handshake this is. */
  ScriptedSocket of(Exchange handshake) {
    loop =
        handshake
            .getMessage()
            .getHeader(NettyConstants.NETTY_CHANNEL_HANDLER_CONTEXT, ChannelHandlerContext.class)
            .channel()
            .eventLoop();
    return this;
  }

  @Override
  public void open(Peer opened) {
    peer = opened;
  }

  @Override
  public void send(Frame frame) {
    bytes.addAndGet(frame.payload().length);
    received.add(frame);
  }

  @Override
  public boolean isWritable() {
    return writable;
  }

  @Override
  public void pause() {
    events.add("paused");
  }

  @Override
  public void resume() {
    events.add("resumed");
  }

  @Override
  public void close(Close why) {
    events.add("closed " + why.code());
  }

  @Override
  public void abort(GatewayProblem why) {
    events.add("aborted " + why.code());
    peer().onFrame(Frame.text(("error " + why.code()).getBytes(StandardCharsets.UTF_8)));
    peer().onClose(new Close(Close.GOING_AWAY, ""));
  }
}
