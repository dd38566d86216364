package dev.serai.gateway.edge;

import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.websocket.Frame;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/** Sends messages to the connections of a path. Thread-safe. */
final class WebSocketProducer extends DefaultProducer {
  private final String path;
  private final SocketConnections connections;
  private final boolean toAll;

  WebSocketProducer(WebSocketEndpoint endpoint, SocketConnections connections, boolean toAll) {
    super(endpoint);
    this.path = endpoint.path();
    this.connections = connections;
    this.toAll = toAll;
  }

  /** A connection that has closed meanwhile gets nothing; that is no failure. */
  @Override
  public void process(Exchange exchange) {
    Frame message = MessageSocket.message(exchange.getMessage().getBody());
    if (toAll) {
      connections.sendToAll(path, message);
      return;
    }
    String key = exchange.getProperty(ExchangeProperties.CONNECTION, String.class);
    if (key == null) {
      throw new IllegalArgumentException(
          "the exchange belongs to no connection: set sendToAll=true to send to all of " + path);
    }
    connections.find(path, key).ifPresent(socket -> socket.push(message));
  }
}
