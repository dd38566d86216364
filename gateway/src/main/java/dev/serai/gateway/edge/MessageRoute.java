package dev.serai.gateway.edge;

import dev.serai.core.http.Headers;
import dev.serai.core.http.Reply;
import dev.serai.core.limit.ByteHold;
import java.util.Objects;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.netty.http.NettyHttpConsumer;
import org.apache.camel.support.AsyncProcessorConverterHelper;
import org.jspecify.annotations.Nullable;

/**
 * Answers the handshakes of a route that runs for each message: the other end of each connection is
 * a {@link MessageSocket}. Thread-safe once the route is set.
 */
final class MessageRoute implements Processor {
  private final WebSocketComponent component;
  private final String path;
  private @Nullable NettyHttpConsumer consumer;
  private @Nullable AsyncProcessor steps;

  MessageRoute(WebSocketComponent component, String path) {
    this.component = component;
    this.path = path;
  }

  /** Sets the consumer that makes exchanges and the steps that they run through. */
  void runs(NettyHttpConsumer made, Processor processor) {
    consumer = made;
    steps = AsyncProcessorConverterHelper.convert(processor);
  }

  NettyHttpConsumer consumer() {
    return Objects.requireNonNull(consumer);
  }

  AsyncProcessor steps() {
    return Objects.requireNonNull(steps);
  }

  SocketConnections connections() {
    return component.connections();
  }

  ByteHold hold() {
    return component.memory().hold();
  }

  String path() {
    return path;
  }

  @Override
  public void process(Exchange handshake) {
    handshake
        .getMessage()
        .setBody(new Reply.Upgraded(Headers.NONE, MessageSocket.of(this, handshake)));
  }
}
