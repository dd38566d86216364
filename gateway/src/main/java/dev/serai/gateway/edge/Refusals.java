package dev.serai.gateway.edge;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Reply;
import dev.serai.core.problem.AuthenticationProblem;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.time.WholeSeconds;
import dev.serai.gateway.edge.caller.Access;
import dev.serai.gateway.edge.request.RequestHead;
import dev.serai.gateway.edge.websocket.WebSockets;
import java.time.Duration;
import java.util.Optional;

/** Makes the problems and replies of requests that the edge itself refuses. Stateless. */
final class Refusals {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private Refusals() {}

  /** A problem as a reply, in the error format of the request's surface. */
  static Reply.Complete reply(EdgeServer server, RequestHead request, GatewayProblem problem) {
    return reply(server, request, problem, new HeaderFields());
  }

  /** 404, or 405 with Allow, or the reply to OPTIONS. */
  static Reply.Complete reply(EdgeServer server, RequestHead request, RouteMatch found) {
    if (found instanceof RouteMatch.MethodNotAllowed other) {
      HeaderFields allow = new HeaderFields().add("allow", other.allow());
      return "OPTIONS".equals(request.method())
          ? new Reply.Complete(204, allow, new byte[0])
          : reply(server, request, methodNotAllowed(other.allow()), allow);
    }
    if ("*".equals(request.path())) {
      return new Reply.Complete(204, new HeaderFields(), new byte[0]);
    }
    return reply(server, request, UnknownPath.problem(request.path(), request.headers()));
  }

  /** A request whose caller may not use the route. */
  static Reply.Complete reply(
      EdgeServer server, RequestHead request, Access access, GatewayProblem problem) {
    Optional<Reply.Complete> login = server.callers().login(request, access, problem);
    if (login.isPresent()) {
      return login.get();
    }
    HeaderFields fields = new HeaderFields();
    if (problem instanceof AuthenticationProblem) {
      fields.add("www-authenticate", access.challenge());
    }
    return reply(server, request, problem, fields);
  }

  /** A handshake of a WebSocket that is not accepted. */
  static Reply.Complete reply(EdgeServer server, RequestHead request, WebSockets.Refusal refusal) {
    return reply(server, request, refusal.problem(), refusal.fields());
  }

  private static Reply.Complete reply(
      EdgeServer server, RequestHead request, GatewayProblem problem, HeaderFields fields) {
    fields.add("content-type", "application/json");
    problem
        .retryAfter()
        .ifPresent(wait -> fields.add("retry-after", Long.toString(WholeSeconds.of(wait))));
    return new Reply.Complete(
        server.status(request, problem), fields, server.render(request, problem));
  }

  static GatewayProblem incomplete() {
    return refused(
        400, "incomplete_request", "The request's body ended before all of it had arrived.");
  }

  static GatewayProblem tooSlow() {
    return refused(408, "request_timeout", "The request arrived too slowly.");
  }

  static GatewayProblem stopping() {
    return new CapacityProblem("shutting_down", "The gateway is shutting down.", RETRY_AFTER);
  }

  static GatewayProblem starting() {
    return new CapacityProblem("starting", "The gateway is starting.", RETRY_AFTER);
  }

  static GatewayProblem tooManyConnections() {
    return new CapacityProblem(
        "too_many_connections", "Too many connections are open.", RETRY_AFTER);
  }

  private static GatewayProblem methodNotAllowed(String allowed) {
    return refused(
        405,
        "method_not_allowed",
        "This path does not support that method; it supports " + allowed + ".");
  }

  private static GatewayProblem refused(int status, String code, String message) {
    return new CallerProblem(status, code, message, Optional.empty());
  }
}
