package dev.serai.gateway.edge;

import dev.serai.core.http.Reply;
import dev.serai.core.problem.GatewayProblem;

/** Where a request goes: to a route, or straight back as a refusal. */
sealed interface Dispatch permits EdgeRoute, Dispatch.Refused {
  /** The reply to a request that no route serves; sent when its body has been read. */
  record Refused(Reply.Complete reply) implements Dispatch {}

  /** Decides where a request goes; only its head has been read. */
  static Dispatch of(RequestHead head, RouteTable routes, EdgeServer server) {
    EdgeServer.Phase phase = server.phase();
    if (phase == EdgeServer.Phase.DRAINING && !isHealthPath(head.path())) {
      return refused(server, head, Refusals.stopping());
    }
    GatewayProblem problem = head.refusal();
    if (problem != null) {
      return refused(server, head, problem);
    }
    RouteMatch found = routes.find(head.path(), head.method());
    if (phase == EdgeServer.Phase.STARTING
        && !(found instanceof EdgeRoute && isHealthPath(head.path()))) {
      return refused(server, head, Refusals.starting());
    }
    if (found instanceof EdgeRoute route) {
      return route.consumer().isSuspended() ? refused(server, head, Refusals.stopping()) : route;
    }
    return new Refused(Refusals.reply(server, head, found));
  }

  /** Supervisors ask for the health of a gateway that is still starting, or that drains. */
  private static boolean isHealthPath(String path) {
    return path.startsWith("/health");
  }

  private static Refused refused(EdgeServer server, RequestHead head, GatewayProblem problem) {
    return new Refused(Refusals.reply(server, head.path(), problem));
  }
}
