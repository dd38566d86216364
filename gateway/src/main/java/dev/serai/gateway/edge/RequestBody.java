package dev.serai.gateway.edge;

import dev.serai.core.http.FormScanner;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.problem.GatewayProblem;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * The body of one request, while it arrives. Used on the connection's event loop only.
 *
 * @see WholeBody
 * @see FormBody
 */
abstract sealed class RequestBody permits WholeBody, FormBody {
  /** Up to this size a request is counted without a look at its media type. */
  private static final int SMALL = 64 * 1024;

  /** The body of a request that goes to {@code decided}. */
  static RequestBody of(RequestHead head, Dispatch decided, EdgeConnection connection) {
    EdgeServer server = connection.server();
    int general = server.settings().maxBodyBytes();
    if (!(decided instanceof Dispatch.Admitted to)) {
      return WholeBody.ignored(general, head.contentLength());
    }
    int limit = to.route().bodyLimit(general);
    if (head.contentLength() < 0 || head.contentLength() > SMALL) {
      Optional<FormScanner> form = scanner(head, server);
      if (form.isPresent()) {
        return new FormBody(connection, form.get(), limit, head.contentLength());
      }
    }
    return new WholeBody(limit, head.contentLength(), server.memory());
  }

  private static Optional<FormScanner> scanner(RequestHead head, EdgeServer server) {
    return head.headers()
        .first("content-type")
        .flatMap(type -> server.surroundings().forms().scanner(head.path(), type));
  }

  /** Why the body is refused before any of it has arrived. */
  abstract Optional<GatewayProblem> refusal();

  /** Takes some bytes; a problem if they are too many. */
  abstract Optional<GatewayProblem> add(ByteBuf piece);

  /** Marks the end of the body. */
  void end() {}

  /** Whether its route may begin although more of the body arrives. */
  boolean mayStart() {
    return false;
  }

  /**
   * The request of the route. To be called once.
   *
   * @param query of the head, without a credential
   */
  abstract InboundRequest inbound(RequestHead head, String query);

  /** The body cannot go on, although its route has begun. */
  void fail(GatewayProblem problem) {
    throw new IllegalStateException("a body that is collected has no route yet", problem);
  }

  /**
   * Returns what was taken from the budget: neither the body nor anything made from it is held any
   * longer.
   */
  abstract void release();
}
