package dev.serai.gateway.edge.request;

import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.PermissionProblem;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Refuses requests that a web page of another site makes a user's browser send to this gateway.
 * There are two kinds. <em>DNS rebinding</em>: the name of the page's site resolves to the loopback
 * address, and the browser sends that name in the Host field. A gateway that listens only on the
 * loopback therefore serves only names that no public site has. <em>Cross-site POST</em>: a browser
 * sends a POST to any address, without a preflight request, if it has no API key and its media type
 * is one of three (Fetch standard, "CORS-safelisted request-header"). Such a request has a foreign
 * Origin field. Pages of allowed origins may send any request; see {@link CrossOrigin}.
 * Thread-safe.
 */
public final class BrowserRules {
  private static final Set<String> UNASKED =
      Set.of("", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data");

  /** Domains that public DNS never answers for (RFC 6761, RFC 6762). */
  private static final List<String> PRIVATE = List.of(".localhost", ".local", ".internal");

  private final boolean checksHosts;
  private final Set<String> names;
  private final CrossOrigin crossOrigin;

  private BrowserRules(boolean checksHosts, Set<String> names, CrossOrigin crossOrigin) {
    this.checksHosts = checksHosts;
    this.names = names;
    this.crossOrigin = crossOrigin;
  }

  /**
   * The rules of a server.
   *
   * @param address where it listens
   * @param names other names that it serves, for example those of a proxy; {@code *} for all
   * @param origins of other sites whose pages may call it; {@code *} for all
   */
  public static BrowserRules of(String address, List<String> names, List<String> origins) {
    return new BrowserRules(
        isLoopback(address) && !names.contains("*"), Set.copyOf(names), new CrossOrigin(origins));
  }

  /** What replies say about the origins that may read them. */
  CrossOrigin crossOrigin() {
    return crossOrigin;
  }

  /**
   * Whether only this machine reaches a server that listens on that address. Resolves a name, as
   * the server does; if one of its addresses is not a loopback address, the name is not either.
   */
  public static boolean isLoopback(String address) {
    try {
      return Stream.of(InetAddress.getAllByName(address)).allMatch(InetAddress::isLoopbackAddress);
    } catch (UnknownHostException _) {
      return false; // the start fails when the server binds
    }
  }

  /** Why a Host field is refused; empty if it is not. */
  Optional<GatewayProblem> checkHost(CharSequence host) {
    return !checksHosts || isAddress(host) || serves(host.toString())
        ? Optional.empty()
        : refused(
            new PermissionProblem(
                "host_not_allowed",
                "The gateway listens on the loopback and does not serve this host name. Its"
                    + " operator can add the name to server.allowed_hosts.",
                Optional.empty()));
  }

  private static Optional<GatewayProblem> refused(PermissionProblem problem) {
    return Optional.of(problem);
  }

  /** Whether a host is an IP address, or a name without a dot: no web site has either. */
  private static boolean isAddress(CharSequence host) {
    boolean dots = false;
    boolean numeric = true;
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      dots |= c == '.';
      numeric &= (c >= '0' && c <= '9') || c == '.' || c == ':';
    }
    return !dots || numeric || host.charAt(0) == '[';
  }

  private boolean serves(String host) {
    int port = host.lastIndexOf(':');
    String name = (port < 0 ? host : host.substring(0, port)).toLowerCase(Locale.ROOT);
    return names.contains(name) || PRIVATE.stream().anyMatch(name::endsWith);
  }

  /**
   * Why a POST with an Origin field is refused; empty if it is not.
   *
   * @param host the Host field
   * @param type the Content-Type field; empty without one
   */
  Optional<GatewayProblem> checkOrigin(String origin, String host, String type) {
    int end = type.indexOf(';');
    String media = (end < 0 ? type : type.substring(0, end)).trim().toLowerCase(Locale.ROOT);
    return isOurs(origin, host) || !UNASKED.contains(media) || crossOrigin.allows(origin)
        ? Optional.empty()
        : refused(
            new PermissionProblem(
                "origin_not_allowed",
                "A web page of another site may not send this request. Send Content-Type:"
                    + " application/json, or an Authorization header. The gateway's operator can"
                    + " add its origin to server.allowed_origins.",
                Optional.empty()));
  }

  /** Why a WebSocket connection with an Origin field is refused; empty if it is not. */
  public static Optional<GatewayProblem> checkSocketOrigin(String origin, String host) {
    return isOurs(origin, host)
        ? Optional.empty()
        : refused(
            new PermissionProblem(
                "origin_not_allowed",
                "A web page of another site may not connect. The gateway's operator can add its"
                    + " origin to server.allowed_origins.",
                Optional.empty()));
  }

  private static boolean isOurs(String origin, String host) {
    String site = origin.substring(origin.indexOf("://") < 0 ? 0 : origin.indexOf("://") + 3);
    return site.equalsIgnoreCase(host) || isLocal(site);
  }

  /** Whether a site is on this machine, as its text says: nothing is resolved here. */
  private static boolean isLocal(String site) {
    int port = site.lastIndexOf(':');
    String host = port < 0 || site.endsWith("]") ? site : site.substring(0, port);
    return host.equals("localhost") || host.equals("[::1]") || isIpv4Loopback(host);
  }

  private static boolean isIpv4Loopback(String host) {
    return host.startsWith("127.")
        && host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }
}
