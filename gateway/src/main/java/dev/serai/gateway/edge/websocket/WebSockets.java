package dev.serai.gateway.edge.websocket;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.time.Ticker;
import dev.serai.core.websocket.WebSocket;
import dev.serai.gateway.edge.reply.OngoingReply;
import dev.serai.gateway.edge.request.ClientConnection;
import dev.serai.gateway.edge.request.RequestHead;
import java.util.Optional;
import org.apache.camel.component.netty.http.NettyHttpConsumer;

/**
 * Opens the WebSocket connections of a server: checks their handshakes, and then relays their
 * frames. Thread-safe.
 */
public final class WebSockets {
  private final SocketLimits limits;
  private final Ticker ticker;

  /** Why a handshake is refused, and header fields for the reply. */
  public record Refusal(GatewayProblem problem, HeaderFields fields) {}

  public WebSockets(SocketLimits limits, Ticker ticker) {
    this.limits = limits;
    this.ticker = ticker;
  }

  /** Whether the requests of a route are handshakes. */
  public static boolean serves(NettyHttpConsumer consumer) {
    return consumer instanceof WebSocketConsumer;
  }

  /** Why a request is not an acceptable handshake; empty if it is one. */
  public Optional<Refusal> refusal(RequestHead request) {
    return SocketHandshake.refusal(request, limits.origins());
  }

  /** The relay between the client of that request and another WebSocket. */
  public OngoingReply relay(ClientConnection client, RequestHead request, WebSocket other) {
    return new SocketReply(this, client, request, other);
  }

  SocketLimits limits() {
    return limits;
  }

  Ticker ticker() {
    return ticker;
  }
}
