package dev.serai.gateway.edge.websocket;

import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.component.netty.http.NettyHttpEndpoint;
import org.apache.camel.support.DefaultEndpoint;

/** A path of WebSocket connections as a Camel endpoint. Creating one has no effect. */
final class WebSocketEndpoint extends DefaultEndpoint {
  private final WebSocketComponent component;
  private final String address;

  /**
   * @param address host, port and path, and the query of the HTTP endpoint
   */
  WebSocketEndpoint(String uri, WebSocketComponent component, String address) {
    super(uri, component);
    this.component = component;
    this.address = address;
  }

  @Override
  public Producer createProducer() {
    throw new UnsupportedOperationException("websocket-netty: only receives: use it in from");
  }

  @Override
  public Consumer createConsumer(Processor processor) {
    NettyHttpEndpoint http =
        getCamelContext().getEndpoint("netty-http:http://" + address, NettyHttpEndpoint.class);
    WebSocketConsumer consumer = new WebSocketConsumer(http, processor);
    consumer.setNettyServerBootstrapFactory(component.serverOf(consumer));
    return consumer;
  }
}
