package dev.serai.gateway.edge;

import dev.serai.core.http.Reply;
import dev.serai.core.problem.GatewayProblem;
import io.netty.handler.codec.http.HttpRequest;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The request that a connection serves: its head, where it goes, its body, and what is counted for
 * it until it ends. Used on the connection's event loop only.
 */
final class CurrentRequest {
  private final EdgeConnection connection;
  private final EdgeServer server;
  private final RouteTable routes;
  private final RequestTimer timer;
  private RequestHead head = RequestHead.unreadable("");
  private @Nullable Dispatch destination;
  private @Nullable RequestBody body;
  private boolean counted;

  CurrentRequest(EdgeConnection connection, RouteTable routes) {
    this.connection = connection;
    this.server = connection.server();
    this.routes = routes;
    this.timer = server.timer();
  }

  /**
   * Reads a head and decides where the request goes. The connection of a refused request is reused
   * if its body is short.
   *
   * @return a refusal that is sent at once; then the connection closes
   */
  Optional<Reply.Complete> begin(HttpRequest message) {
    String id = server.ids().next();
    timer.begins();
    try {
      head = RequestHead.of(id, message, server.settings().browsers());
    } catch (GatewayProblem problem) {
      head = RequestHead.unreadable(id);
      return Optional.of(Refusals.reply(server, head.path(), problem));
    }
    Dispatch decided = Dispatch.of(head, routes, server);
    timer.goesTo(head.method(), decided);
    destination = decided;
    RequestBody arriving = RequestBody.of(head, decided, connection);
    body = arriving;
    return decided instanceof Dispatch.Refused refused && !head.isShort()
        ? Optional.of(refused.reply())
        : arriving.refusal().map(problem -> Refusals.reply(server, head.path(), problem));
  }

  /** A request of which nothing is known is refused. */
  void unreadable() {
    head = RequestHead.unreadable(server.ids().next());
  }

  RequestHead head() {
    return head;
  }

  Dispatch destination() {
    return Objects.requireNonNull(destination);
  }

  RequestBody body() {
    return Objects.requireNonNull(body);
  }

  /** Counts it as in flight until it ends, if it goes to a route. */
  void count() {
    if (destination instanceof Dispatch.Admitted) {
      counted = true;
      server.load().requestBegun();
    }
  }

  void replied(int status) {
    timer.replied(status);
  }

  /** Its body is no longer read or held, though its route may still run. */
  void releaseBody() {
    if (body != null) {
      body.release();
      body = null;
    }
  }

  /** It has ended; only the first call counts. */
  void end() {
    timer.ends();
    releaseBody();
    if (counted) {
      counted = false;
      server.requestEnded();
    }
  }
}
