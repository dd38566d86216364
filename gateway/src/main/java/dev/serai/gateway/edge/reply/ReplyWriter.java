package dev.serai.gateway.edge.reply;

import dev.serai.adapters.netty.websocket.Handshake;
import dev.serai.core.http.Headers;
import dev.serai.core.http.Reply;
import dev.serai.gateway.edge.request.RequestHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/**
 * Writes replies as HTTP/1.1 (RFC 9112), each into one buffer. The edge sets the fields that frame
 * the body and manage the connection; such fields of a reply are omitted. Thread-safe.
 */
public final class ReplyWriter {
  private static final int HEAD_ESTIMATE = 1536; // with the fields of eight limits
  private static final byte[][] STATUS_LINES = new byte[600][];
  private static final byte[] REQUEST_ID = ascii("x-request-id: ");
  private static final byte[] OWN_ID = ascii("x-serai-request-id: ");
  private static final byte[] CONTENT_LENGTH = ascii("\r\ncontent-length: ");
  private static final byte[] CHUNKED = ascii("\r\ntransfer-encoding: chunked");
  private static final byte[] NO_CACHE = ascii("cache-control: no-cache\r\n");
  private static final byte[] NO_BUFFERING = ascii("x-accel-buffering: no\r\n");
  private static final byte[] NO_SNIFFING = ascii("x-content-type-options: nosniff\r\n");
  private static final byte[] ONLY_HTTPS = ascii("strict-transport-security: max-age=31536000\r\n");
  private static final byte[] CLOSE = ascii("\r\nconnection: close");
  private static final byte[] KEEP_ALIVE = ascii("\r\nconnection: keep-alive");
  private static final byte[] HEAD_END = ascii("\r\n\r\n");
  private static final byte[] LAST_CHUNK = ascii("0\r\n\r\n");
  private static final byte[] CONTINUE = ascii("HTTP/1.1 100 Continue\r\n\r\n");
  private static final byte[] SWITCHING = ascii("HTTP/1.1 101 Switching Protocols\r\n");
  private static final byte[] UPGRADE = ascii("\r\nupgrade: websocket\r\nconnection: upgrade");
  private static final byte[] ACCEPT = ascii("\r\nsec-websocket-accept: ");
  private static final byte[] HEX = ascii("0123456789abcdef");

  static {
    for (int status = 200; status < STATUS_LINES.length; status++) {
      String reason = HttpResponseStatus.valueOf(status).reasonPhrase();
      STATUS_LINES[status] = ascii("HTTP/1.1 " + status + " " + reason + "\r\n");
    }
  }

  private final HttpDate date;
  private final boolean tls;

  /**
   * @param clock for the Date field
   * @param tls whether the port speaks only TLS: replies then have {@code
   *     strict-transport-security}
   */
  public ReplyWriter(InstantSource clock, boolean tls) {
    this.date = new HttpDate(clock);
    this.tls = tls;
  }

  /** A complete reply, head and body. */
  public ByteBuf complete(
      ByteBufAllocator memory, RequestHead request, Reply.Complete reply, boolean close) {
    byte[] body = reply.body();
    boolean bodiless = reply.status() == 204 || reply.status() == 304;
    boolean silent = bodiless || request.isHead();
    ByteBuf out = memory.directBuffer(HEAD_ESTIMATE + (silent ? 0 : body.length));
    begin(out, request, reply);
    if (!bodiless) {
      out.writeBytes(CONTENT_LENGTH);
      ByteBufUtil.writeAscii(out, Integer.toString(body.length));
    }
    if (reply.status() == HttpResponseStatus.UPGRADE_REQUIRED.code()) {
      out.writeBytes(UPGRADE);
    }
    endHead(out, request, close);
    return silent ? out : out.writeBytes(body);
  }

  /** The head of a streamed reply. */
  public ByteBuf streamHead(
      ByteBufAllocator memory, RequestHead request, Reply.Streaming reply, boolean close) {
    ByteBuf out = memory.directBuffer(HEAD_ESTIMATE);
    begin(out, request, reply);
    if (!request.http10()) {
      out.writeBytes(CHUNKED);
    }
    endHead(out, request, close);
    return out;
  }

  /** The reply to the handshake of a WebSocket (RFC 6455, section 4.2.2). */
  public ByteBuf upgraded(ByteBufAllocator memory, RequestHead request, Reply.Upgraded reply) {
    String key = request.headers().first("sec-websocket-key").orElse("");
    ByteBuf out = memory.directBuffer(HEAD_ESTIMATE).writeBytes(SWITCHING).writeBytes(date.line());
    reply.headers().forEach((name, value) -> field(out, name, value));
    requestId(out, request);
    out.writeBytes(UPGRADE).writeBytes(ACCEPT);
    ByteBufUtil.writeAscii(out, Handshake.accept(key));
    return out.writeBytes(HEAD_END);
  }

  /** The size line of a chunk. */
  static void beginChunk(ByteBuf out, int size) {
    int shift = 28;
    while (shift > 0 && size >>> shift == 0) {
      shift -= 4;
    }
    for (; shift >= 0; shift -= 4) {
      out.writeByte(HEX[size >>> shift & 0xf]);
    }
    endLine(out);
  }

  static void endLine(ByteBuf out) {
    out.writeByte('\r').writeByte('\n');
  }

  static void lastChunk(ByteBuf out) {
    out.writeBytes(LAST_CHUNK);
  }

  /** The interim response that asks for the body (RFC 9110, section 10.1.1). */
  public static ByteBuf continueReading(ByteBufAllocator memory) {
    return memory.directBuffer(CONTINUE.length).writeBytes(CONTINUE);
  }

  /** Writes status line and fields, without the end of the last line. */
  private void begin(ByteBuf out, RequestHead request, Reply reply) {
    out.writeBytes(STATUS_LINES[reply.status()]);
    out.writeBytes(date.line());
    Headers headers = reply.headers();
    fields(out, headers, request.cors());
    out.writeBytes(NO_SNIFFING);
    if (tls && !request.isToLocalhost()) {
      out.writeBytes(ONLY_HTTPS);
    }
    if (reply instanceof Reply.Streaming) {
      if (headers.first("cache-control").isEmpty()) {
        out.writeBytes(NO_CACHE);
      }
      out.writeBytes(NO_BUFFERING);
    }
    requestId(out, request);
  }

  /** If the edge says which origins may read the reply, fields of the reply do not. */
  private static void fields(ByteBuf out, Headers own, Headers cors) {
    if (cors == Headers.NONE) {
      own.forEach((name, value) -> field(out, name, value));
      return;
    }
    own.forEach(
        (name, value) -> {
          if (!RequestHead.isOfOrigin(name)) {
            field(out, name, value);
          }
        });
    cors.forEach((name, value) -> field(out, name, value));
  }

  /**
   * Writes the ID of the request: the client's own if it sent one, and then the gateway's, which
   * the ledger has, in a field of its own.
   */
  private static void requestId(ByteBuf out, RequestHead request) {
    String clientId = request.clientId();
    if (clientId != null) {
      out.writeBytes(OWN_ID);
      ByteBufUtil.writeAscii(out, request.id());
      endLine(out);
    }
    out.writeBytes(REQUEST_ID);
    ByteBufUtil.writeAscii(out, clientId == null ? request.id() : clientId);
  }

  private static void field(ByteBuf out, String name, String value) {
    if (isSetByEdge(name) || value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
      return;
    }
    ByteBufUtil.writeAscii(out, name);
    out.writeByte(':').writeByte(' ');
    ByteBufUtil.writeAscii(out, value);
    endLine(out);
  }

  static boolean isSetByEdge(String name) {
    return switch (name.length()) {
      case 2 -> name.equalsIgnoreCase("te");
      case 4 -> name.equalsIgnoreCase("date");
      case 7 -> name.equalsIgnoreCase("upgrade") || name.equalsIgnoreCase("trailer");
      case 10 -> name.equalsIgnoreCase("connection") || name.equalsIgnoreCase("keep-alive");
      case 12 -> name.equalsIgnoreCase("x-request-id");
      case 14 -> name.equalsIgnoreCase("content-length");
      case 16 -> name.equalsIgnoreCase("proxy-connection");
      case 17 ->
          name.equalsIgnoreCase("transfer-encoding") || name.equalsIgnoreCase("x-accel-buffering");
      case 22 -> name.equalsIgnoreCase("x-content-type-options");
      case 25 -> name.equalsIgnoreCase("strict-transport-security");
      default -> false;
    };
  }

  private static void endHead(ByteBuf out, RequestHead request, boolean close) {
    if (close) {
      out.writeBytes(CLOSE);
    } else if (request.http10()) {
      out.writeBytes(KEEP_ALIVE);
    }
    out.writeBytes(HEAD_END);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
