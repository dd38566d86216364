package dev.serai.gateway.edge.websocket;

import org.apache.camel.Processor;
import org.apache.camel.component.netty.http.NettyHttpConsumer;
import org.apache.camel.component.netty.http.NettyHttpEndpoint;

/** Marks a route whose requests are handshakes of WebSocket connections. */
final class WebSocketConsumer extends NettyHttpConsumer {
  WebSocketConsumer(NettyHttpEndpoint endpoint, Processor processor) {
    super(endpoint, processor, endpoint.getConfiguration());
  }
}
