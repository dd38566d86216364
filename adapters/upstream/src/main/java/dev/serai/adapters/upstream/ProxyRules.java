package dev.serai.adapters.upstream;

import dev.serai.core.net.AddressRange;
import dev.serai.core.net.BaseUrl;
import dev.serai.core.net.ProxyUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The proxy between the gateway and its providers, in the format of the environment variables
 * {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY}. Loopback and the metadata server of
 * a cloud, which is reached at a link-local address (RFC 3927), are never proxied. Immutable.
 *
 * @param https for providers on https: {@code http://[user:password@]host[:port]}
 * @param http for providers on plain http
 * @param except hosts that are reached without the proxy: "*", a name (which covers its subdomains,
 *     with or without a leading dot), or an address, each with or without ":port"; or a range of
 *     addresses such as 10.0.0.0/8
 */
public record ProxyRules(Optional<String> https, Optional<String> http, List<String> except) {
  /** No proxy. */
  public static final ProxyRules NONE =
      new ProxyRules(Optional.empty(), Optional.empty(), List.of());

  private static final Pattern LINK_LOCAL = Pattern.compile("169\\.254(\\.[0-9]{1,3}){2}");

  /**
   * Checks the URLs.
   *
   * @throws IllegalArgumentException if one is not an http URL or a range is malformed; the message
   *     does not contain the URL, which may hold a password
   */
  public ProxyRules {
    except = except.stream().map(entry -> entry.strip().toLowerCase(Locale.ROOT)).toList();
    except.stream().filter(ProxyRules::isRange).forEach(AddressRange::parse);
    https.ifPresent(ProxyUrl::parse);
    http.ifPresent(ProxyUrl::parse);
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
          except.add(entry);
        }
      }
    }
    return new ProxyRules(present(httpsProxy), present(httpProxy), except);
  }

  private static Optional<String> present(@Nullable String value) {
    return Optional.ofNullable(value).map(String::strip).filter(v -> !v.isEmpty());
  }

  Optional<ProxyUrl> forAddress(BaseUrl address) {
    Optional<String> url = address.tls() ? https : http;
    return url.isEmpty() || isDirect(address) ? Optional.empty() : url.map(ProxyUrl::parse);
  }

  private boolean isDirect(BaseUrl address) {
    String host = address.host().toLowerCase(Locale.ROOT);
    if (address.isLoopback() || isMetadata(host)) {
      return true;
    }
    for (String entry : except) {
      if (isRange(entry) ? AddressRange.parse(entry).contains(host) : covers(entry, host)) {
        return true;
      }
      if (entry.equals("*") || covers(entry, host + ":" + address.port())) {
        return true;
      }
    }
    return false;
  }

  /** Where a cloud gives a machine its credentials. */
  private static boolean isMetadata(String host) {
    return LINK_LOCAL.matcher(host).matches() || host.equals("metadata.google.internal");
  }

  private static boolean isRange(String entry) {
    return entry.indexOf('/') >= 0;
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
}
