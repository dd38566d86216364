package dev.serai.gateway.edge;

import io.netty.channel.Channel;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Queues what a client sends before it has the reply to its last request (HTTP pipelining). The
 * socket is not read while something is queued. Used on the connection's event loop only.
 */
final class SentAhead {
  private final ArrayDeque<Object> messages = new ArrayDeque<>(0);
  private final Channel channel;
  private boolean pumping;
  private boolean paused;

  SentAhead(Channel channel) {
    this.channel = channel;
  }

  /** Whether queued messages are being accepted, so that a new one has to wait its turn. */
  boolean isPumping() {
    return pumping;
  }

  boolean isEmpty() {
    return messages.isEmpty();
  }

  void add(Object message) {
    messages.add(message);
    paused = true;
    channel.config().setAutoRead(false);
  }

  /** Gives the queued messages to {@code accept} until the connection is busy again. */
  void pump(BooleanSupplier busy, Consumer<Object> accept) {
    if (pumping || !paused) {
      return;
    }
    pumping = true;
    while (!busy.getAsBoolean() && !messages.isEmpty()) {
      accept.accept(messages.poll());
    }
    pumping = false;
    if (messages.isEmpty() && !busy.getAsBoolean()) {
      paused = false;
      channel.config().setAutoRead(true);
    }
  }

  void release() {
    messages.forEach(ReferenceCountUtil::release);
    messages.clear();
  }
}
