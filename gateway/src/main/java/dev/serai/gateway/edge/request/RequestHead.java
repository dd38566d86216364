package dev.serai.gateway.edge.request;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.HeaderRules;
import dev.serai.core.http.Headers;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.GatewayProblem;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.AsciiString;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a request's head that the edge needs.
 *
 * @param id the request's id
 * @param clientId the ID that the client gave the request, if it is well formed
 * @param query without its question mark, undecoded; empty if there is none
 * @param contentLength in bytes, or -1 without the field
 * @param keepAlive whether the client wants to reuse the connection
 * @param http10 whether the client speaks HTTP/1.0, which has no chunked encoding
 * @param expectsContinue whether the client waits for 100 Continue before it sends the body
 * @param hasKeyField whether a field may hold a credential
 * @param isSigned whether it has a signature
 * @param passedGateways whether the request names gateways that it has passed
 * @param cors what the reply says about the origins that may read it
 * @param refusal why a well-formed request is refused; null if it is not
 */
public record RequestHead(
    String id,
    @Nullable String clientId,
    String method,
    String path,
    String query,
    Headers headers,
    long contentLength,
    boolean keepAlive,
    boolean http10,
    boolean expectsContinue,
    boolean hasKeyField,
    boolean isSigned,
    boolean passedGateways,
    Headers cors,
    @Nullable GatewayProblem refusal) {

  private static final int MAX_SHORT_BODY = 64 * 1024;
  private static final String LOCAL = ".localhost";
  private static final AsciiString X_API_KEY = AsciiString.cached("x-api-key");
  private static final AsciiString X_SERAI_VIA = AsciiString.cached("x-serai-via");
  private static final AsciiString X_SIGNATURE = AsciiString.cached("x-signature");
  private static final AsciiString X_REQUEST_ID = AsciiString.cached("x-request-id");
  private static final AsciiString API_KEY = AsciiString.cached("api-key");
  private static final AsciiString X_GOOG_API_KEY = AsciiString.cached("x-goog-api-key");

  /** Stands for a head that could not be read, so that the refusal can be written. */
  public static RequestHead unreadable(String id) {
    return unreadable(id, "/", Headers.NONE);
  }

  /** The same for a head of which the path and the fields may tell the API that the client uses. */
  public static RequestHead refused(String id, HttpRequest request) {
    return request.decoderResult().isFailure()
        ? unreadable(id)
        : unreadable(id, RequestPath.shown(request.uri()), new RequestHeaders(request.headers()));
  }

  private static RequestHead unreadable(String id, String path, Headers headers) {
    return new RequestHead(
        id,
        null,
        "GET",
        path,
        "",
        headers,
        -1,
        false,
        false,
        false,
        false,
        false,
        false,
        Headers.NONE,
        null);
  }

  /**
   * Reads a head.
   *
   * @throws GatewayProblem if it is malformed, ambiguous or needs an unsupported feature; the
   *     connection must not be used any further
   */
  public static RequestHead of(String id, HttpRequest request, BrowserRules rules) {
    if (request.decoderResult().isFailure()) {
      throw fault(request.decoderResult().cause());
    }
    HttpVersion version = request.protocolVersion();
    boolean http10 = version.equals(HttpVersion.HTTP_1_0);
    if (!http10 && !version.equals(HttpVersion.HTTP_1_1)) {
      throw new CallerProblem(
          505, "http_version_not_supported", "Use HTTP/1.1 or HTTP/2.", Optional.empty());
    }
    Scan scan = new Scan(rules);
    Iterator<Map.Entry<CharSequence, CharSequence>> fields =
        request.headers().iteratorCharSequence();
    while (fields.hasNext()) {
      Map.Entry<CharSequence, CharSequence> field = fields.next();
      scan.field(field.getKey(), field.getValue());
    }
    scan.check(http10);
    String method = request.method().name();
    scan.checkOrigin(method, request);
    String target = request.uri();
    scan.target(target);
    return new RequestHead(
        id,
        scan.clientId,
        method,
        "OPTIONS".equals(method) && "*".equals(target) ? target : RequestPath.of(target),
        RequestPath.queryOf(target),
        new RequestHeaders(request.headers()),
        scan.contentLength,
        scan.connection ? HttpUtil.isKeepAlive(request) : version.isKeepAliveDefault(),
        http10,
        scan.expectsContinue && !http10,
        (scan.seen & Scan.KEYS) != 0,
        (scan.seen & Scan.SIGNATURE) != 0,
        scan.passedGateways,
        scan.cors(request),
        scan.refusal);
  }

  /** The problem of a request that the decoder could not read. */
  private static GatewayProblem fault(Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return new CallerProblem(
          414, "uri_too_long", "The request's URI is too long.", Optional.empty());
    }
    if (cause instanceof TooLongHttpHeaderException) {
      return tooLarge();
    }
    return malformed();
  }

  /** The problem of a request whose header fields are over the limit. */
  public static GatewayProblem tooLarge() {
    return new CallerProblem(
        431, "headers_too_large", "The request's headers are too large.", Optional.empty());
  }

  /** The problem of a request that is not HTTP. */
  public static GatewayProblem malformed() {
    return new CallerProblem(
        400, "malformed_request", "The request is not well-formed HTTP.", Optional.empty());
  }

  /** Whether the body is so short that reading it costs less than a new connection. */
  public boolean isShort() {
    return contentLength >= 0
        ? contentLength <= MAX_SHORT_BODY && !expectsContinue
        : headers.first("transfer-encoding").isEmpty();
  }

  /** Whether a browser asks for a page whether it may send a request, and it may. */
  public boolean isPreflight() {
    return "OPTIONS".equals(method)
        && cors.first(CrossOrigin.ALLOW_ORIGIN).isPresent()
        && headers.first("access-control-request-method").isPresent();
  }

  /** What the reply to a preflight request says. */
  public HeaderFields preflight() {
    return CrossOrigin.preflight(headers);
  }

  /** Whether a field of a reply says which origins may read it. */
  public static boolean isOfOrigin(String name) {
    return CrossOrigin.isOf(name);
  }

  /** Whether the client calls this machine by its own name, which other servers on it have too. */
  public boolean isToLocalhost() {
    String host = headers.first("host").orElse("");
    int port = host.lastIndexOf(':');
    String name = port < 0 ? host : host.substring(0, port);
    return name.equalsIgnoreCase("localhost")
        || name.regionMatches(true, name.length() - LOCAL.length(), LOCAL, 0, LOCAL.length());
  }

  public boolean isHead() {
    return "HEAD".equals(method);
  }

  /** Checks all fields in one pass; most are skipped by the length of their name. */
  private static final class Scan {
    private static final int HOST = 1;
    private static final int AUTHORIZATION = 2;
    private static final int X_KEY = 4;
    private static final int CONTENT_TYPE = 8;
    private static final int TRANSFER_ENCODING = 16;
    private static final int CONTENT_ENCODING = 32;
    private static final int EXPECT = 64;
    private static final int KEY = 128;
    private static final int GOOG_KEY = 256;

    private static final int ORIGIN = 512;
    private static final int SIGNATURE = 1024;
    private static final int KEYS = AUTHORIZATION | X_KEY | KEY | GOOG_KEY;

    private final BrowserRules rules;
    private int seen;
    private long contentLength = -1;
    private boolean connection;
    private boolean basic;
    private boolean expectsContinue;
    private boolean passedGateways;
    private @Nullable String clientId;
    private @Nullable GatewayProblem refusal;

    Scan(BrowserRules rules) {
      this.rules = rules;
    }

    void field(CharSequence name, CharSequence value) {
      switch (name.length()) {
        case 4 -> host(name, value);
        case 6 -> {
          once(name, HttpHeaderNames.ORIGIN, ORIGIN);
          expect(name, value);
        }
        case 7 -> once(name, API_KEY, KEY);
        case 9 -> once(name, X_API_KEY, X_KEY);
        case 10 -> connection |= is(name, HttpHeaderNames.CONNECTION);
        case 11 -> {
          passedGateways |= is(name, X_SERAI_VIA);
          once(name, X_SIGNATURE, SIGNATURE);
        }
        case 12 -> {
          if (!once(name, HttpHeaderNames.CONTENT_TYPE, CONTENT_TYPE)
              && is(name, X_REQUEST_ID)
              && HeaderRules.isRequestId(value)) {
            clientId = value.toString();
          }
        }
        case 13 -> {
          if (once(name, HttpHeaderNames.AUTHORIZATION, AUTHORIZATION)) {
            basic = AsciiString.regionMatches(value, true, 0, "Basic ", 0, 6);
          }
        }
        case 14 -> {
          once(name, X_GOOG_API_KEY, GOOG_KEY);
          if (is(name, HttpHeaderNames.CONTENT_LENGTH)) {
            // The decoder accepts nothing but one plain number.
            contentLength = Long.parseLong(value.toString());
          }
        }
        case 16 -> contentEncoding(name, value);
        case 17 -> transferEncoding(name, value);
        default -> {
          // the edge does not use it
        }
      }
    }

    void check(boolean http10) {
      if ((seen & HOST) == 0 && !http10) {
        throw CallerProblem.invalid("The Host header is missing.");
      }
      if ((seen & TRANSFER_ENCODING) != 0 && http10) {
        throw CallerProblem.invalid("HTTP/1.0 has no Transfer-Encoding.");
      }
    }

    private void host(CharSequence name, CharSequence value) {
      if (once(name, HttpHeaderNames.HOST, HOST)) {
        host(value, "The Host header is malformed.");
      }
    }

    /** A target in absolute form names the host, too. */
    void target(String target) {
      String authority = RequestPath.authorityOf(target);
      if (!authority.isEmpty()) {
        host(authority, "The host of the request target is malformed.");
      }
    }

    private void host(CharSequence value, String fault) {
      for (int i = 0; i < value.length(); i++) {
        if (" \t,/\\@?#".indexOf(value.charAt(i)) >= 0) {
          throw CallerProblem.invalid(fault);
        }
      }
      refuse(rules.checkHost(value));
    }

    private void refuse(Optional<GatewayProblem> problem) {
      if (problem.isPresent()) {
        refusal = problem.get();
      }
    }

    /**
     * Checks the Origin of a POST without an API key. Before a request with an API key or another
     * method that changes something, a browser sends a preflight request, which the gateway allows
     * to chosen origins only.
     */
    void checkOrigin(String method, HttpRequest request) {
      if ((seen & ORIGIN) != 0
          && ((seen & (KEYS | SIGNATURE)) == 0 || basic)
          && method.equals("POST")) {
        HttpHeaders fields = request.headers();
        refuse(
            rules.checkOrigin(
                fields.get(HttpHeaderNames.ORIGIN),
                fields.get(HttpHeaderNames.HOST, ""),
                fields.get(HttpHeaderNames.CONTENT_TYPE, "")));
      }
    }

    Headers cors(HttpRequest request) {
      return rules
          .crossOrigin()
          .reply((seen & ORIGIN) == 0 ? null : request.headers().get(HttpHeaderNames.ORIGIN));
    }

    private void expect(CharSequence name, CharSequence value) {
      if (once(name, HttpHeaderNames.EXPECT, EXPECT)) {
        if (!AsciiString.contentEqualsIgnoreCase(value, "100-continue")) {
          throw new CallerProblem(
              417,
              "expectation_failed",
              "The only supported expectation is 100-continue.",
              Optional.empty());
        }
        expectsContinue = true;
      }
    }

    private void contentEncoding(CharSequence name, CharSequence value) {
      if (once(name, HttpHeaderNames.CONTENT_ENCODING, CONTENT_ENCODING)
          && !AsciiString.contentEqualsIgnoreCase(value, "identity")) {
        refusal =
            new CallerProblem(
                415,
                "unsupported_content_encoding",
                "Send the body uncompressed, without Content-Encoding.",
                Optional.empty());
      }
    }

    private void transferEncoding(CharSequence name, CharSequence value) {
      if (once(name, HttpHeaderNames.TRANSFER_ENCODING, TRANSFER_ENCODING)
          && !AsciiString.contentEqualsIgnoreCase(value, "chunked")) {
        throw CallerProblem.invalid("The only supported Transfer-Encoding is chunked.");
      }
    }

    /** Whether the field has the expected name; refuses a second field of that name. */
    private boolean once(CharSequence name, AsciiString expected, int bit) {
      if (!is(name, expected)) {
        return false;
      }
      if ((seen & bit) != 0) {
        throw CallerProblem.invalid("The header " + expected + " is given twice.");
      }
      seen |= bit;
      return true;
    }

    private static boolean is(CharSequence name, AsciiString expected) {
      return AsciiString.contentEqualsIgnoreCase(name, expected);
    }
  }
}
