package dev.serai.adapters.upstream;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The proxy between the gateway and its providers, in the format of the environment variables
 * {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY}. Loopback is never proxied.
 * Immutable.
 *
 * @param https for providers on https: {@code http://[user:password@]host[:port]}
 * @param http for providers on plain http
 * @param except hosts that are reached without the proxy: "*", a name (which covers its subdomains,
 *     with or without a leading dot), or an address, each with or without ":port"
 */
public record ProxyRules(Optional<String> https, Optional<String> http, List<String> except) {
  /** No proxy. */
  public static final ProxyRules NONE =
      new ProxyRules(Optional.empty(), Optional.empty(), List.of());

  /**
   * Checks the URLs.
   *
   * @throws IllegalArgumentException if one is not an http URL; the message does not contain the
   *     URL, which may hold a password
   */
  public ProxyRules {
    except = List.copyOf(except);
    https.ifPresent(Proxy::parse);
    http.ifPresent(Proxy::parse);
  }

  /**
   * Reads the values of the variables; an empty one counts as missing.
   *
   * @throws IllegalArgumentException if a proxy is not an http URL
   */
  public static ProxyRules of(
      @Nullable String httpsProxy, @Nullable String httpProxy, @Nullable String noProxy) {
    List<String> except = new ArrayList<>();
    if (noProxy != null) {
      for (String entry : noProxy.split(",", -1)) {
        if (!entry.isBlank()) {
          except.add(entry.strip().toLowerCase(Locale.ROOT));
        }
      }
    }
    return new ProxyRules(present(httpsProxy), present(httpProxy), except);
  }

  private static Optional<String> present(@Nullable String value) {
    return Optional.ofNullable(value).map(String::strip).filter(v -> !v.isEmpty());
  }

  Optional<Proxy> forAddress(UpstreamAddress address) {
    Optional<String> url = address.tls() ? https : http;
    return url.isEmpty() || isDirect(address) ? Optional.empty() : url.map(Proxy::parse);
  }

  private boolean isDirect(UpstreamAddress address) {
    String host = address.host().toLowerCase(Locale.ROOT);
    if (host.equals("localhost") || host.startsWith("127.") || host.equals("::1")) {
      return true;
    }
    for (String entry : except) {
      if (entry.equals("*") || covers(entry, host) || covers(entry, host + ":" + address.port())) {
        return true;
      }
    }
    return false;
  }

  private static boolean covers(String entry, String host) {
    String suffix = entry.startsWith(".") ? entry : "." + entry;
    return ("." + host).endsWith(suffix);
  }

  /** Without the URLs, which may hold passwords. */
  @Override
  public String toString() {
    return "ProxySettings[https=" + https.isPresent() + ", http=" + http.isPresent() + "]";
  }

  /**
   * A proxy.
   *
   * @param authorization the value of the Proxy-Authorization header
   */
  record Proxy(String host, int port, Optional<String> authorization) {
    static Proxy parse(String url) {
      URI uri;
      try {
        uri = URI.create(url.contains("://") ? url : "http://" + url);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("The proxy is not a URL.");
      }
      if (!"http".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
        throw new IllegalArgumentException("The proxy must be http://[user:password@]host[:port].");
      }
      Optional<String> authorization =
          Optional.ofNullable(uri.getUserInfo())
              .map(user -> user.getBytes(StandardCharsets.UTF_8))
              .map(user -> "Basic " + Base64.getEncoder().encodeToString(user));
      return new Proxy(uri.getHost(), uri.getPort() < 0 ? 80 : uri.getPort(), authorization);
    }

    /** Without the password. */
    @Override
    public String toString() {
      return host + ":" + port;
    }
  }
}
