package dev.serai.adapters.upstream;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * The address of a provider, parsed from its base URL.
 *
 * @param baseUrl as configured
 * @param host without the brackets of an IPv6 address
 * @param authority the value of the Host header: with the port only if it is not the default
 * @param pathPrefix of every request, without a slash at its end
 */
record UpstreamAddress(
    String baseUrl, boolean tls, String host, int port, String authority, String pathPrefix) {

  /**
   * Parses a base URL.
   *
   * @throws IllegalArgumentException if it is not valid; the message does not contain the URL,
   *     which might hold a password
   */
  static UpstreamAddress parse(String baseUrl) {
    URI uri;
    try {
      uri = new URI(baseUrl);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("baseUrl is not a URL: " + e.getReason(), e);
    }
    boolean tls = "https".equalsIgnoreCase(uri.getScheme());
    if (!tls && !"http".equalsIgnoreCase(uri.getScheme())) {
      throw new IllegalArgumentException("baseUrl must start with http:// or https://");
    }
    if (uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException("baseUrl must not contain a user or a password");
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("baseUrl must have no query and no fragment");
    }
    String host = uri.getHost();
    if (host == null || host.isEmpty()) {
      throw new IllegalArgumentException("baseUrl has no host");
    }
    int port = uri.getPort() >= 0 ? uri.getPort() : (tls ? 443 : 80);
    if (port == 0 || port > 65535) {
      throw new IllegalArgumentException("baseUrl has a port outside 1 to 65535");
    }
    String authority = port == (tls ? 443 : 80) ? host : host + ":" + port;
    return new UpstreamAddress(
        baseUrl, tls, withoutBrackets(host), port, authority, withoutSlash(uri.getRawPath()));
  }

  private static String withoutBrackets(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static String withoutSlash(String path) {
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end);
  }
}
