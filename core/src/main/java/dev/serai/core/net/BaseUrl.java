package dev.serai.core.net;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A base URL. The same rule applies in settings, variables and routes: http or https in any case, a
 * host (letters, digits, '-', '_' and '.', or an IP address), an optional port and path; no user,
 * query or fragment, which would be lost or leaked.
 *
 * @param baseUrl as written
 * @param host without the brackets of an IPv6 address
 * @param authority the value of the Host header: with the port only if it is not the default
 * @param pathPrefix of every request, without a slash at its end
 */
public record BaseUrl(
    String baseUrl, boolean tls, String host, int port, String authority, String pathPrefix) {

  private static final Pattern NAME =
      Pattern.compile("([A-Za-z0-9_][A-Za-z0-9._-]{0,252})(?::(\\d{1,5}))?");

  private static final Pattern LOOPBACK =
      Pattern.compile("(?i)localhost|127(\\.\\d{1,3}){3}|::1|0:0:0:0:0:0:0:1");

  /**
   * Parses a base URL.
   *
   * @throws IllegalArgumentException if it is not valid; the message does not contain the URL,
   *     which might hold a password
   */
  public static BaseUrl parse(String baseUrl) {
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
    String host = host(uri);
    int given = port(uri);
    int port = given >= 0 ? given : (tls ? 443 : 80);
    if (port == 0 || port > 65535) {
      throw new IllegalArgumentException("baseUrl has a port outside 1 to 65535");
    }
    String authority = port == (tls ? 443 : 80) ? host : host + ":" + port;
    return new BaseUrl(
        baseUrl, tls, withoutBrackets(host), port, authority, withoutSlash(uri.getRawPath()));
  }

  /** Whether its host is this machine, by name or address. */
  public boolean isLoopback() {
    return LOOPBACK.matcher(host).matches();
  }

  /**
   * {@link URI} itself takes no host with an underscore, which names in container networks have.
   */
  private static String host(URI uri) {
    if (uri.getHost() != null) {
      return uri.getHost();
    }
    Matcher name = named(uri);
    if (!name.matches()) {
      throw new IllegalArgumentException("baseUrl has no host");
    }
    return name.group(1);
  }

  private static int port(URI uri) {
    if (uri.getHost() != null) {
      return uri.getPort();
    }
    Matcher name = named(uri);
    return name.matches() && name.group(2) != null ? Integer.parseInt(name.group(2)) : -1;
  }

  private static Matcher named(URI uri) {
    return NAME.matcher(uri.getRawAuthority() == null ? "" : uri.getRawAuthority());
  }

  private static String withoutBrackets(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** A path or URL without the slashes at its end. */
  public static String withoutSlash(String path) {
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end);
  }
}
