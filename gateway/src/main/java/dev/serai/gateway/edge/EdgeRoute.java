package dev.serai.gateway.edge;

import dev.serai.gateway.edge.caller.Access;
import dev.serai.gateway.edge.websocket.WebSockets;
import dev.serai.gateway.telemetry.RequestMeters;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.camel.component.netty.http.NettyHttpConfiguration;
import org.apache.camel.component.netty.http.NettyHttpConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A Camel consumer with the path and methods that it serves. Paths are compared byte by byte. A
 * {@code {name}} segment matches any one segment; a prefix matches whole segments.
 *
 * @param methods upper case; empty for all but TRACE and CONNECT
 * @param webSocket whether its requests are handshakes of WebSocket connections
 * @param ownBodyLimit the endpoint's {@code chunkedMaxContentLength}: bytes of a request's body
 * @param access who may use it
 * @param meter records how long its requests took
 */
record EdgeRoute(
    NettyHttpConsumer consumer,
    String path,
    boolean prefix,
    List<String> methods,
    boolean webSocket,
    int ownBodyLimit,
    Access access,
    RequestMeters.RouteMeter meter)
    implements RouteMatch {
  /** Camel's default, where the route sets no limit. */
  private static final int DEFAULT_LIMIT =
      new NettyHttpConfiguration().getChunkedMaxContentLength();

  static EdgeRoute of(NettyHttpConsumer consumer, RequestMeters meters) {
    String path = normalised(consumer.getConfiguration().getPath());
    return new EdgeRoute(
        consumer,
        path,
        consumer.getConfiguration().isMatchOnUriPrefix(),
        methods(consumer.getEndpoint().getHttpMethodRestrict()),
        WebSockets.serves(consumer),
        consumer.getConfiguration().getChunkedMaxContentLength(),
        Access.of(consumer.getEndpoint()),
        meters.of(path));
  }

  /** The limit of a body; {@code general} for routes that set none. */
  int bodyLimit(int general) {
    return ownBodyLimit == DEFAULT_LIMIT ? general : ownBodyLimit;
  }

  boolean isTemplate() {
    return path.indexOf('{') >= 0;
  }

  boolean accepts(String method) {
    return methods.isEmpty()
        ? !"TRACE".equals(method) && !"CONNECT".equals(method)
        : methods.contains(method) || ("HEAD".equals(method) && methods.contains("GET"));
  }

  boolean matches(String requested) {
    if (isTemplate()) {
      return matchesTemplate(requested);
    }
    return prefix ? isUnder(requested) : requested.equals(path);
  }

  private boolean isUnder(String requested) {
    return requested.startsWith(path)
        && (requested.length() == path.length()
            || path.endsWith("/")
            || requested.charAt(path.length()) == '/');
  }

  private boolean matchesTemplate(String requested) {
    int r = 1;
    int p = 1;
    while (p <= path.length() && r <= requested.length()) {
      int pEnd = segmentEnd(path, p);
      int rEnd = segmentEnd(requested, r);
      boolean any = path.startsWith("{", p) && rEnd > r;
      boolean same = pEnd - p == rEnd - r && path.regionMatches(p, requested, r, pEnd - p);
      if (!any && !same) {
        return false;
      }
      p = pEnd + 1;
      r = rEnd + 1;
    }
    return p > path.length() && (prefix || r > requested.length());
  }

  private static int segmentEnd(String path, int from) {
    int slash = path.indexOf('/', from);
    return slash < 0 ? path.length() : slash;
  }

  private static String normalised(@Nullable String configured) {
    if (configured == null || configured.isEmpty()) {
      return "/";
    }
    String path = configured.startsWith("/") ? configured : "/" + configured;
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static List<String> methods(@Nullable String restrict) {
    return restrict == null
        ? List.of()
        : Arrays.stream(restrict.split(","))
            .map(method -> method.trim().toUpperCase(Locale.ROOT))
            .toList();
  }
}
