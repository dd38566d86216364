package dev.serai.gateway.edge;

import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.component.netty.http.NettyHttpConsumer;
import org.apache.camel.component.netty.http.NettyHttpEndpoint;
import org.apache.camel.support.DefaultEndpoint;

/** A path of WebSocket connections as a Camel endpoint. Creating one has no effect. */
final class WebSocketEndpoint extends DefaultEndpoint {
  private final WebSocketComponent component;
  private final String address;
  private final Options options;

  /**
   * How routes use the endpoint.
   *
   * @param messages whether the route runs for each message, not for each connection
   * @param sendToAll whether a producer sends to all connections
   * @param access what follows in the query of the HTTP endpoint: who may connect
   */
  record Options(boolean messages, boolean sendToAll, String access) {}

  /**
   * @param address host, port and path
   */
  WebSocketEndpoint(String uri, WebSocketComponent component, String address, Options options) {
    super(uri, component);
    this.component = component;
    this.address = address;
    this.options = options;
  }

  /** The path: the connections of one path are known under it. */
  String path() {
    return address.substring(address.indexOf('/'));
  }

  @Override
  public Producer createProducer() {
    return new WebSocketProducer(this, component.connections(), options.sendToAll());
  }

  @Override
  public Consumer createConsumer(Processor processor) {
    NettyHttpEndpoint http =
        getCamelContext()
            .getEndpoint(
                "netty-http:http://" + address + "?httpMethodRestrict=GET" + options.access(),
                NettyHttpEndpoint.class);
    if (!options.messages()) {
      return listening(new WebSocketConsumer(http, processor));
    }
    MessageRoute route = new MessageRoute(component, path());
    WebSocketConsumer consumer = new WebSocketConsumer(http, route);
    route.runs(consumer, processor);
    return listening(consumer);
  }

  private NettyHttpConsumer listening(WebSocketConsumer consumer) {
    consumer.setNettyServerBootstrapFactory(
        component.edge().getOrCreateHttpNettyServerBootstrapFactory(consumer));
    return consumer;
  }
}
