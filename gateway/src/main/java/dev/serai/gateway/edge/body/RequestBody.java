package dev.serai.gateway.edge.body;

import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.form.FormScanner;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.gateway.edge.request.ClientConnection;
import dev.serai.gateway.edge.request.RequestHead;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The body of one request, while it arrives. Used on the connection's event loop only.
 *
 * @see WholeBody
 * @see FormBody
 */
public abstract sealed class RequestBody permits WholeBody, FormBody {
  /** Up to this size a request is counted without a look at its media type. */
  private static final int MAX_UNINSPECTED = 64 * 1024;

  private @Nullable BodyHash signed;

  RequestBody() {}

  /** Finds in a form what routing needs of it. Thread-safe. */
  @FunctionalInterface
  public interface Forms {
    /** No form is forwarded before it is complete. */
    Forms NONE = (_, _) -> Optional.empty();

    /**
     * A scanner for a form with this media type.
     *
     * @return empty if the body of requests at that path is collected
     */
    Optional<FormScanner> scanner(String path, String contentType);
  }

  /** The body of a request that no route reads: it is counted, not held. */
  public static RequestBody ignored(RequestHead head, int limit) {
    return WholeBody.ignored(limit, head.contentLength());
  }

  /**
   * The body of a request that a route reads.
   *
   * @param limit in bytes
   * @param forms which forms are forwarded while they arrive
   */
  public static RequestBody of(
      RequestHead head, int limit, Forms forms, ClientConnection connection) {
    if (head.contentLength() < 0 || head.contentLength() > MAX_UNINSPECTED) {
      Optional<FormScanner> form =
          head.headers().first("content-type").flatMap(type -> forms.scanner(head.path(), type));
      if (form.isPresent()) {
        return new FormBody(connection, form.get(), limit, head.contentLength());
      }
    }
    return new WholeBody(limit, head.contentLength(), connection.memory());
  }

  static GatewayProblem tooLarge(int limit) {
    return tooLarge("The request's body is over the limit of " + limit + " bytes.");
  }

  static GatewayProblem tooLarge(String message) {
    return new CallerProblem(413, "request_too_large", message, Optional.empty());
  }

  /** Why the body is refused before any of it has arrived. */
  public abstract Optional<GatewayProblem> refusal();

  /**
   * The body was signed: its end is refused if it is another one.
   *
   * @param hash the SHA-256 in hexadecimal
   */
  public void expect(String hash) {
    signed = new BodyHash(hash);
  }

  /** Takes a piece; a problem if the body is too large, or at its end not the signed one. */
  public final Optional<GatewayProblem> take(HttpContent piece) {
    if (signed != null) {
      Optional<GatewayProblem> other =
          signed.update(piece.content(), piece instanceof LastHttpContent);
      if (other.isPresent()) {
        return other;
      }
    }
    return add(piece.content());
  }

  /** Takes some bytes; a problem if they are too many. */
  abstract Optional<GatewayProblem> add(ByteBuf piece);

  /** Marks the end of the body. */
  public void end() {}

  /** Whether its route may begin although more of the body arrives. */
  public boolean mayStart() {
    return false;
  }

  /**
   * The request of the route. To be called once.
   *
   * @param query of the head, without a credential
   */
  public abstract InboundRequest inbound(RequestHead head, String query);

  /**
   * The body cannot go on, although its route has begun.
   *
   * @throws IllegalStateException if the body is collected before its route begins
   */
  public void fail(GatewayProblem problem) {
    throw new IllegalStateException("a body that is collected has no route yet", problem);
  }

  /**
   * Returns what was taken from the memory limit: neither the body nor anything made from it is
   * held any longer.
   */
  public abstract void release();
}
