package dev.serai.adapters.upstream;

import dev.serai.adapters.netty.websocket.Handshake;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.net.BaseUrl;
import dev.serai.core.net.ProxyUrl;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes requests to one provider: the whole of an HTTP/1.1 request into one buffer (RFC 9112,
 * section 3), without header objects, or the header fields of an HTTP/2 request (RFC 9113, section
 * 8.3). Immutable, safe for use by many threads.
 */
final class RequestEncoder {
  private static final byte[] CONTENT_LENGTH = ascii("content-length: ");
  private static final byte[] CHUNKED = ascii("transfer-encoding: chunked\r\n");
  private static final int HEAD_ESTIMATE = 512;
  private static final int CRLF = '\r' << 8 | '\n';
  private static final int COLON_SPACE = ':' << 8 | ' ';
  private static final AsciiString USER_AGENT = AsciiString.cached("user-agent");
  private static final AsciiString LENGTH = AsciiString.cached("content-length");
  private static final AsciiString SERAI = AsciiString.cached("serai");
  private static final AsciiString ACCEPT_ENCODING = AsciiString.cached("accept-encoding");
  private static final AsciiString IDENTITY = AsciiString.cached("identity");

  private final byte[] beforePath;
  private final byte[] afterPath;
  private final String pathPrefix;
  private final AsciiString scheme;
  private final AsciiString authority;
  private final BaseUrl address;
  private final boolean absolute;

  /** A plain HTTP request through a proxy has the full URL (RFC 9112, section 3.2.2). */
  RequestEncoder(BaseUrl address, Optional<ProxyUrl> proxy) {
    this.address = address;
    absolute = proxy.isPresent() && !address.tls();
    String credentials =
        proxy
            .filter(p -> absolute)
            .flatMap(ProxyUrl::authorization)
            .map(value -> "proxy-authorization: " + value + "\r\n")
            .orElse("");
    pathPrefix = address.pathPrefix();
    beforePath = ascii((absolute ? " http://" + address.authority() : " ") + pathPrefix);
    afterPath =
        ascii(
            " HTTP/1.1\r\nhost: "
                + address.authority()
                + "\r\nuser-agent: serai\r\naccept-encoding: identity\r\n"
                + credentials);
    scheme = AsciiString.of(address.tls() ? "https" : "http");
    authority = AsciiString.of(address.authority());
  }

  /** The handshake of a WebSocket connection (RFC 6455, section 4.1). */
  ByteBuf webSocket(ProviderRequest request, String key, ByteBufAllocator allocator) {
    ByteBuf out = allocator.ioBuffer(HEAD_ESTIMATE);
    // A tunnel through a proxy leads to the provider itself.
    RequestEncoder inTunnel = absolute ? new RequestEncoder(address, Optional.empty()) : this;
    inTunnel.head(request, out);
    ByteBufUtil.writeAscii(
        out,
        "upgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-version: "
            + Handshake.VERSION
            + "\r\nsec-websocket-key: "
            + key
            + "\r\n\r\n");
    return out;
  }

  /** The bytes of an HTTP/1.1 request; of an upload, its head. */
  ByteBuf http1(ProviderRequest request, ByteBufAllocator allocator) {
    byte[] body = request.body();
    ByteBuf out = allocator.ioBuffer(HEAD_ESTIMATE + body.length);
    head(request, out);
    if (isChunked(request)) {
      out.writeBytes(CHUNKED);
    } else if (carriesBody(request)) {
      out.writeBytes(CONTENT_LENGTH);
      writeNumber(out, length(request));
      out.writeShort(CRLF);
    }
    return out.writeShort(CRLF).writeBytes(body);
  }

  private void head(ProviderRequest request, ByteBuf out) {
    ByteBufUtil.writeAscii(out, request.method());
    out.writeBytes(beforePath);
    ByteBufUtil.writeAscii(out, request.path());
    out.writeBytes(afterPath);
    request.headers().forEach((name, value) -> writeField(out, name, value));
  }

  /** The header fields of an HTTP/2 request. */
  Http2Headers http2(ProviderRequest request) {
    Http2Headers out = new DefaultHttp2Headers();
    out.method(request.method()).scheme(scheme).authority(authority);
    out.path(pathPrefix + request.path());
    out.add(USER_AGENT, SERAI).add(ACCEPT_ENCODING, IDENTITY);
    request
        .headers()
        .forEach(
            (name, value) -> {
              if (!isReserved(name)) {
                out.add(name.toLowerCase(Locale.ROOT), value);
              }
            });
    if (carriesBody(request) && !isChunked(request)) {
      out.addLong(LENGTH, length(request));
    }
    return out;
  }

  /** Whether the body comes in chunks, because its length is not known. */
  static boolean isChunked(ProviderRequest request) {
    return request.upload().isPresent() && request.upload().get().length() < 0;
  }

  private static long length(ProviderRequest request) {
    return request.upload().isPresent() ? request.upload().get().length() : request.body().length;
  }

  private static boolean carriesBody(ProviderRequest request) {
    return request.body().length > 0 || request.method().equals("POST");
  }

  private static void writeField(ByteBuf out, String name, String value) {
    if (isReserved(name)) {
      return;
    }
    ByteBufUtil.writeAscii(out, name);
    out.writeShort(COLON_SPACE);
    ByteBufUtil.writeUtf8(out, value);
    out.writeShort(CRLF);
  }

  /** Whether only this class writes the field: it frames the request or names the gateway. */
  private static boolean isReserved(String name) {
    return switch (name.length()) {
      case 4 -> name.equalsIgnoreCase("host");
      case 10 -> name.equalsIgnoreCase("connection") || name.equalsIgnoreCase("user-agent");
      case 14 -> name.equalsIgnoreCase("content-length");
      case 15 -> name.equalsIgnoreCase("accept-encoding");
      case 17 -> name.equalsIgnoreCase("transfer-encoding");
      default -> false;
    };
  }

  /**
   * Checks a path, which is not checked again when the request is written.
   *
   * @throws IllegalArgumentException if the path would break the request line
   */
  static void requireClean(String path) {
    for (int i = 0; i < path.length(); i++) {
      if (path.charAt(i) <= ' ' || path.charAt(i) > '~') {
        throw new IllegalArgumentException("a request path must be percent-encoded");
      }
    }
  }

  private static void writeNumber(ByteBuf out, long number) {
    if (number >= 10) {
      writeNumber(out, number / 10);
    }
    out.writeByte('0' + (int) (number % 10));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
