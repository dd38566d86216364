package dev.serai.gateway.edge;

import dev.serai.core.caller.Caller;
import dev.serai.core.http.Reply;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.gateway.edge.caller.Access;
import dev.serai.gateway.edge.caller.CallerCheck;
import dev.serai.gateway.edge.caller.PrivilegedRequests;
import dev.serai.gateway.edge.request.RequestHead;
import dev.serai.gateway.edge.websocket.WebSockets;
import java.util.Optional;
import java.util.Set;

/** Where a request goes: to a route, or straight back as a refusal. */
sealed interface Dispatch {
  /** The paths of the gateway's own health. */
  Set<String> HEALTH_PATHS = Set.of("/health/live", "/health/ready", "/healthz");

  /** A route serves the request of that caller. */
  record Admitted(EdgeRoute route, Caller caller) implements Dispatch {}

  /** The reply to a request that no route serves, or to a preflight request. */
  record Refused(Reply.Complete reply) implements Dispatch {}

  /** Decides where a request goes; only its head has been read. */
  static Dispatch of(RequestHead head, RouteTable routes, EdgeConnection connection) {
    EdgeServer server = connection.server();
    EdgeServer.Phase phase = server.phase();
    if (phase == EdgeServer.Phase.DRAINING && !isHealthPath(head.path())) {
      return refused(server, head, Refusals.stopping());
    }
    GatewayProblem problem = head.refusal();
    if (problem != null) {
      return refused(server, head, problem);
    }
    if (head.isPreflight()) {
      return new Refused(new Reply.Complete(204, head.preflight(), new byte[0]));
    }
    RouteMatch found = routes.find(head.path(), head.method());
    if (phase == EdgeServer.Phase.STARTING
        && !(found instanceof EdgeRoute && isHealthPath(head.path()))) {
      return refused(server, head, Refusals.starting());
    }
    if (found instanceof EdgeRoute route) {
      return route.consumer().isSuspended()
          ? refused(server, head, Refusals.stopping())
          : admit(head, route, connection);
    }
    return new Refused(Refusals.reply(server, head, found));
  }

  private static Dispatch admit(RequestHead head, EdgeRoute route, EdgeConnection connection) {
    EdgeServer server = connection.server();
    Caller caller = CallerCheck.UNKNOWN;
    try {
      if (head.passedGateways()) {
        server.instruments().requestLoops().accept(head.headers());
      }
      caller = server.callers().find(head, route.access(), connection.certificate());
      server.callers().permit(head, route.access(), caller);
      Optional<WebSockets.Refusal> refusal =
          route.webSocket() ? server.sockets().refusal(head) : Optional.empty();
      return refusal.isEmpty()
          ? new Admitted(route, caller)
          : new Refused(Refusals.reply(server, head, refusal.get()));
    } catch (GatewayProblem problem) {
      recordRefusal(head, new Admitted(route, caller), connection, problem);
      return new Refused(Refusals.reply(server, head, route.access(), problem));
    }
  }

  /** The credential is not read again: a signature is good only once. */
  private static void recordRefusal(
      RequestHead head, Admitted wanted, EdgeConnection connection, GatewayProblem why) {
    PrivilegedRequests privileged = connection.server().privileged();
    Access access = wanted.route().access();
    if (privileged.include(access)) {
      privileged.refused(
          PrivilegedRequests.action(head, access, connection.channel()),
          wanted.caller().identity(),
          why);
    }
  }

  /** Supervisors ask for the health of a gateway that is still starting, or that drains. */
  private static boolean isHealthPath(String path) {
    return HEALTH_PATHS.contains(path);
  }

  private static Refused refused(EdgeServer server, RequestHead head, GatewayProblem problem) {
    return new Refused(Refusals.reply(server, head, problem));
  }
}
