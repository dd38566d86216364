package dev.serai.gateway.edge.http2;

import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValidationUtil;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the head of an HTTP/2 request one of HTTP/1.1, which the edge reads (RFC 9113, section
 * 8.3). What a proxy in front of the gateway could read differently is refused: names and values
 * with characters that HTTP/1.1 has no place for, fields that manage an HTTP/1.1 connection, a Host
 * field that is not the authority, a length that is not a number. Not thread-safe.
 */
final class StreamRequest {
  /** HTTP/1.1 without a reusable connection: a stream carries one request. */
  private static final HttpVersion ONE_REQUEST = new HttpVersion("HTTP", 1, 1, false);

  /** What RFC 9113, section 10.5.1 counts for a field in addition to its characters. */
  private static final int FIELD_OVERHEAD = 32;

  private static final AsciiString PROXY_CONNECTION = AsciiString.cached("proxy-connection");
  private static final AsciiString KEEP_ALIVE = AsciiString.cached("keep-alive");

  private final HttpHeaders fields = DefaultHttpHeadersFactory.headersFactory().newHeaders();
  private final CharSequence authority;
  private final int maxFields;
  private int size;

  private StreamRequest(CharSequence authority, int maxFields) {
    this.authority = authority;
    this.maxFields = maxFields;
  }

  /**
   * The request of a head; its decoder result says so if the head is malformed.
   *
   * @param maxLine bytes of method and path together
   * @param maxFields bytes of the fields together
   * @param last whether the request has no body
   */
  static HttpRequest of(Http2Headers head, int maxLine, int maxFields, boolean last) {
    try {
      String method = text(head.method());
      String path = text(head.path());
      check(method, path, maxLine);
      StreamRequest request = new StreamRequest(text(head.authority()), maxFields);
      request.read(head, last);
      return new DefaultHttpRequest(ONE_REQUEST, HttpMethod.valueOf(method), path, request.fields);
    } catch (IllegalArgumentException | TooLongHttpLineException | TooLongHttpHeaderException e) {
      HttpRequest unreadable = new DefaultHttpRequest(ONE_REQUEST, HttpMethod.GET, "/");
      unreadable.setDecoderResult(DecoderResult.failure(e));
      return unreadable;
    }
  }

  private static String text(@Nullable CharSequence value) {
    return value == null ? "" : value.toString();
  }

  private static void check(String method, String path, int maxLine) {
    if (method.length() + path.length() > maxLine) {
      throw new TooLongHttpLineException("the path is too long");
    }
    boolean origin = path.startsWith("/") || (path.equals("*") && method.equals("OPTIONS"));
    if (method.isEmpty() || HttpHeaderValidationUtil.validateToken(method) >= 0 || !origin) {
      throw new IllegalArgumentException("method or path is malformed");
    }
  }

  private void read(Http2Headers head, boolean last) {
    if (!authority.isEmpty()) {
      fields.add(HttpHeaderNames.HOST, authority);
    }
    for (Map.Entry<CharSequence, CharSequence> field : head) {
      CharSequence name = field.getKey();
      if (name.charAt(0) != ':') {
        add(name, field.getValue());
      }
    }
    if (!last && !fields.contains(HttpHeaderNames.CONTENT_LENGTH)) {
      fields.add(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    }
  }

  private void add(CharSequence name, CharSequence value) {
    size += name.length() + value.length() + FIELD_OVERHEAD;
    if (size > maxFields) {
      throw new TooLongHttpHeaderException("the fields are too large");
    }
    switch (name.length()) {
      case 2 -> require(!is(name, HttpHeaderNames.TE) || is(value, HttpHeaderValues.TRAILERS));
      case 4 -> {
        if (is(name, HttpHeaderNames.HOST) && !authority.isEmpty()) {
          require(AsciiString.contentEqualsIgnoreCase(value, authority));
          return;
        }
      }
      case 6 -> {
        if (is(name, HttpHeaderNames.COOKIE) && fields.contains(name)) {
          fields.set(name, fields.get(name) + "; " + value); // section 8.2.3
          return;
        }
      }
      case 7 -> require(!is(name, HttpHeaderNames.UPGRADE));
      case 10 -> require(!is(name, HttpHeaderNames.CONNECTION) && !is(name, KEEP_ALIVE));
      case 14 -> require(!is(name, HttpHeaderNames.CONTENT_LENGTH) || isNewLength(value));
      case 16 -> require(!is(name, PROXY_CONNECTION));
      case 17 -> require(!is(name, HttpHeaderNames.TRANSFER_ENCODING));
      default -> {
        // any value
      }
    }
    fields.add(name, value);
  }

  private boolean isNewLength(CharSequence value) {
    boolean digits = !value.isEmpty() && value.length() <= 18;
    for (int i = 0; i < value.length(); i++) {
      digits &= value.charAt(i) >= '0' && value.charAt(i) <= '9';
    }
    return digits && !fields.contains(HttpHeaderNames.CONTENT_LENGTH);
  }

  private static boolean is(CharSequence text, AsciiString expected) {
    return AsciiString.contentEqualsIgnoreCase(text, expected);
  }

  private static void require(boolean allowed) {
    if (!allowed) {
      throw new IllegalArgumentException("a field is not allowed in HTTP/2");
    }
  }
}
