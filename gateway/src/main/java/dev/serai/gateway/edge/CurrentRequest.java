package dev.serai.gateway.edge;

import dev.serai.core.http.Reply;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.gateway.edge.body.RequestBody;
import dev.serai.gateway.edge.caller.SignedHead;
import dev.serai.gateway.edge.request.RequestHead;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpRequest;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The request that a connection serves: its head, where it goes, its body, its exchange while the
 * route runs, and what is counted for it until it ends. Used on the connection's event loop only.
 */
final class CurrentRequest {
  private final EdgeConnection connection;
  private final EdgeServer server;
  private final RouteTable routes;
  private final RequestTimer timer;
  private RequestHead head = RequestHead.unreadable("");
  private @Nullable Dispatch destination;
  private @Nullable RequestBody body;
  private @Nullable RunningExchange running;
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
      head = RequestHead.refused(id, message);
      return Optional.of(Refusals.reply(server, head, problem));
    }
    Dispatch decided = Dispatch.of(head, routes, connection);
    timer.goesTo(head.method(), decided);
    destination = decided;
    RequestBody arriving = bodyFor(decided);
    body = arriving;
    return decided instanceof Dispatch.Refused refused && !head.isShort()
        ? Optional.of(refused.reply())
        : arriving.refusal().map(problem -> Refusals.reply(server, head, problem));
  }

  private RequestBody bodyFor(Dispatch decided) {
    int general = server.settings().maxBodyBytes();
    if (!(decided instanceof Dispatch.Admitted to)) {
      return RequestBody.ignored(head, general);
    }
    RequestBody arriving =
        RequestBody.of(
            head, to.route().bodyLimit(general), server.instruments().forms(), connection);
    if (head.isSigned() && !to.caller().key().isEmpty()) {
      arriving.expect(SignedHead.bodyHash(head)); // the signature said who calls
    }
    return arriving;
  }

  /** A request of which nothing is known is refused. */
  void unreadable() {
    head = RequestHead.unreadable(server.ids().next());
  }

  RouteTable routes() {
    return routes;
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

  /** Runs its route. */
  void run(Dispatch.Admitted admitted, RequestBody arrived) {
    ChannelHandlerContext ctx = connection.channel().pipeline().lastContext();
    RunningExchange begun = new RunningExchange(connection, ctx, admitted, head);
    running = begun;
    begun.start(arrived);
  }

  /** The gateway ends it; false if its route does not run. */
  boolean stop(GatewayProblem why) {
    if (running == null) {
      return false;
    }
    running.stop(why);
    return true;
  }

  /** Its route has ended. */
  void routeEnded() {
    running = null;
  }

  /** The client has disconnected. What a running route holds is counted until the route ends. */
  void disconnected() {
    if (running == null) {
      end();
    } else {
      releaseBody();
    }
  }

  void replied(int status) {
    timer.replied(status);
  }

  private void releaseBody() {
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
