package dev.serai.gateway.edge.websocket;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.camel.Endpoint;
import org.apache.camel.component.netty.http.HttpServerBootstrapFactory;
import org.apache.camel.component.netty.http.NettyHttpConsumer;
import org.apache.camel.support.DefaultComponent;

/**
 * The Camel component {@code websocket-netty:}, which serves WebSocket connections on the port of
 * the HTTP edge: {@code websocket-netty:ws://HOST:PORT/PATH}.
 *
 * <p>A request for the path passes the same checks as any other, and those of the opening
 * handshake. {@code permission} and {@code credentials} say who may connect, as for {@code
 * netty-http:}. The route runs once for each connection, with the handshake as an {@link
 * dev.serai.core.http.InboundRequest}, and leaves a {@link dev.serai.core.http.Reply.Upgraded} with
 * the other end of the connection, or a reply that refuses it. Thread-safe.
 */
public final class WebSocketComponent extends DefaultComponent {
  private static final String SCHEME = "ws://";

  private final Function<NettyHttpConsumer, HttpServerBootstrapFactory> edge;

  /**
   * @param edge the server that receives the handshakes of a route
   */
  public WebSocketComponent(Function<NettyHttpConsumer, HttpServerBootstrapFactory> edge) {
    this.edge = edge;
  }

  HttpServerBootstrapFactory serverOf(NettyHttpConsumer consumer) {
    return edge.apply(consumer);
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    if (!remaining.startsWith(SCHEME) || remaining.indexOf('/', SCHEME.length()) < 0) {
      throw new IllegalArgumentException(
          "websocket-netty: needs an address like ws://HOST:PORT/PATH, not " + remaining);
    }
    StringBuilder access = new StringBuilder();
    for (String name : List.of("permission", "credentials")) {
      String value = getAndRemoveParameter(parameters, name, String.class);
      access.append(value == null ? "" : "&" + name + "=" + value);
    }
    return new WebSocketEndpoint(
        uri, this, remaining.substring(SCHEME.length()) + "?httpMethodRestrict=GET" + access);
  }
}
