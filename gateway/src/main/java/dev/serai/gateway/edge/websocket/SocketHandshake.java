package dev.serai.gateway.edge.websocket;

import dev.serai.adapters.netty.websocket.Handshake;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Headers;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.gateway.edge.request.BrowserRules;
import dev.serai.gateway.edge.request.RequestHead;
import java.util.List;
import java.util.Optional;

/**
 * Checks the opening handshake of WebSocket connections (RFC 6455, section 4.2.1). A page of
 * another site may not connect: browsers ask for no permission before a handshake, so only its
 * Origin tells. Stateless.
 */
final class SocketHandshake {
  private static final String UPGRADE = "websocket";

  private SocketHandshake() {}

  /** Why a request for a WebSocket is refused; empty if it is not. */
  static Optional<WebSockets.Refusal> refusal(RequestHead request, List<String> origins) {
    Headers fields = request.headers();
    if (!isUpgrade(request)) {
      String message = "Connect to this path with a WebSocket client.";
      return refused(new CallerProblem(426, "upgrade_required", message, Optional.empty()));
    }
    if (!fields.first("sec-websocket-version").equals(Optional.of(Handshake.VERSION))) {
      String message = "Use version 13 of WebSocket.";
      CallerProblem version =
          new CallerProblem(426, "websocket_version_not_supported", message, Optional.empty());
      HeaderFields supported = new HeaderFields().add("sec-websocket-version", Handshake.VERSION);
      return Optional.of(new WebSockets.Refusal(version, supported));
    }
    if (!fields.first("sec-websocket-key").filter(Handshake::isKey).isPresent()) {
      return refused(
          CallerProblem.invalid("The Sec-WebSocket-Key header is missing or malformed."));
    }
    if (hasBody(request)) {
      return refused(CallerProblem.invalid("The handshake of a WebSocket has no body."));
    }
    return checkOrigin(fields, origins).flatMap(SocketHandshake::refused);
  }

  private static Optional<WebSockets.Refusal> refused(GatewayProblem problem) {
    return Optional.of(new WebSockets.Refusal(problem, new HeaderFields()));
  }

  private static boolean isUpgrade(RequestHead request) {
    return !request.http10()
        && request.method().equals("GET")
        && names(request.headers().list("upgrade"), UPGRADE)
        && names(request.headers().list("connection"), "upgrade");
  }

  /** Whether a list of tokens has one of that name. */
  private static boolean names(List<String> list, String token) {
    return list.stream().anyMatch(token::equalsIgnoreCase);
  }

  private static boolean hasBody(RequestHead request) {
    return request.contentLength() > 0 || request.headers().first("transfer-encoding").isPresent();
  }

  private static Optional<GatewayProblem> checkOrigin(Headers fields, List<String> allowed) {
    Optional<String> origin = fields.first("origin");
    return origin.isEmpty() || allowed.contains("*") || allowed.contains(origin.get())
        ? Optional.empty()
        : BrowserRules.checkSocketOrigin(origin.get(), fields.first("host").orElse(""));
  }
}
