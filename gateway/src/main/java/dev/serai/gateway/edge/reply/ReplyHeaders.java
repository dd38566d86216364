package dev.serai.gateway.edge.reply;

import dev.serai.core.http.Headers;
import dev.serai.core.http.Reply;
import dev.serai.gateway.edge.request.RequestHead;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.time.InstantSource;
import java.util.Locale;

/**
 * Makes the heads of replies for HTTP/2: the fields that {@link ReplyWriter} writes, with names in
 * lower case and without those that frame the body (RFC 9113, section 8.2). Thread-safe.
 */
public final class ReplyHeaders {
  private static final int FIELDS = 16;

  private final HttpDate date;
  private final boolean tls;

  /**
   * @param clock for the Date field
   * @param tls whether the port speaks only TLS: replies then have {@code
   *     strict-transport-security}
   */
  public ReplyHeaders(InstantSource clock, boolean tls) {
    this.date = new HttpDate(clock);
    this.tls = tls;
  }

  /** The interim response that asks for the body (RFC 9110, section 10.1.1). */
  public static Http2Headers continueReading() {
    return new DefaultHttp2Headers(false, 1).status(HttpResponseStatus.CONTINUE.codeAsText());
  }

  public Http2Headers complete(RequestHead request, Reply.Complete reply) {
    Http2Headers head = begin(request, reply);
    if (!isBodiless(reply)) {
      head.add("content-length", Integer.toString(reply.body().length));
    }
    return head;
  }

  /** Whether no reply with that status has a body. */
  public static boolean isBodiless(Reply.Complete reply) {
    return reply.status() == 204 || reply.status() == 304;
  }

  public Http2Headers stream(RequestHead request, Reply.Streaming reply) {
    Http2Headers head = begin(request, reply);
    if (reply.headers().first("cache-control").isEmpty()) {
      head.add("cache-control", "no-cache");
    }
    return head.add("x-accel-buffering", "no");
  }

  private Http2Headers begin(RequestHead request, Reply reply) {
    Http2Headers head = new DefaultHttp2Headers(false, FIELDS);
    head.status(HttpResponseStatus.valueOf(reply.status()).codeAsText()).add("date", date.value());
    Headers cors = request.cors();
    reply
        .headers()
        .forEach(
            (name, value) -> {
              if (cors == Headers.NONE || !RequestHead.isOfOrigin(name)) {
                field(head, name, value);
              }
            });
    cors.forEach((name, value) -> field(head, name, value));
    head.add("x-content-type-options", "nosniff");
    if (tls && !request.isToLocalhost()) {
      head.add("strict-transport-security", "max-age=31536000");
    }
    requestId(head, request);
    return head;
  }

  /** As {@link ReplyWriter} does. */
  private static void requestId(Http2Headers head, RequestHead request) {
    String clientId = request.clientId();
    if (clientId != null) {
      head.add("x-serai-request-id", request.id());
    }
    head.add("x-request-id", clientId == null ? request.id() : clientId);
  }

  private static void field(Http2Headers head, String name, String value) {
    if (!ReplyWriter.isSetByEdge(name) && value.indexOf('\n') < 0 && value.indexOf('\r') < 0) {
      head.add(name.toLowerCase(Locale.ROOT), value);
    }
  }
}
