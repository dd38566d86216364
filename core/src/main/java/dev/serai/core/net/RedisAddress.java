package dev.serai.core.net;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a Redis server is, and the credentials for it.
 *
 * @param host without the brackets of an IPv6 address
 * @param user empty for the default user
 * @param password empty if the server needs none
 * @param database its number
 */
public record RedisAddress(
    boolean tls,
    String host,
    int port,
    Optional<String> user,
    Optional<String> password,
    int database) {
  private static final int DEFAULT_PORT = 6379;
  private static final String ENCODE =
      "; in the password, write # as %23, ? as %3F, / as %2F and @ as %40";
  private static final int MAX_DATABASE = 65_535;

  /**
   * Parses {@code redis://USER:PASSWORD@HOST:PORT/DATABASE}, or {@code rediss://} for TLS.
   *
   * @throws IllegalArgumentException if it is not valid; the message has no part of the URL, which
   *     may hold a password
   */
  public static RedisAddress parse(String url) {
    URI uri = uri(url);
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    boolean tls = scheme.equals("rediss");
    if (!tls && !scheme.equals("redis")) {
      throw new IllegalArgumentException("it must start with redis:// or rediss://");
    }
    String host = uri.getHost();
    int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
    if (host == null || port == 0 || port > 65_535) {
      throw new IllegalArgumentException("it must have a host, and a port of 1 to 65535" + ENCODE);
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("it must have no query and no fragment" + ENCODE);
    }
    String[] credentials = credentials(uri);
    return new RedisAddress(
        tls,
        host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
        port,
        text(credentials[0]),
        text(credentials[1]),
        database(uri.getPath()));
  }

  private static URI uri(String url) {
    try {
      return new URI(url.strip());
    } catch (URISyntaxException _) { // its message has the URL
      throw new IllegalArgumentException(
          "it is not a URL; special characters in the password must be percent-encoded" + ENCODE);
    }
  }

  /** User and password; {@code redis://PASSWORD@HOST} does not exist, but {@code :PASSWORD@}. */
  private static String[] credentials(URI uri) {
    String info = uri.getRawUserInfo();
    if (info == null || info.isEmpty()) {
      return new String[] {"", ""};
    }
    int colon = info.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("its credentials must be USER:PASSWORD@ or :PASSWORD@");
    }
    return new String[] {decoded(info.substring(0, colon)), decoded(info.substring(colon + 1))};
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static Optional<String> text(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  private static int database(String path) {
    if (path == null || path.isEmpty() || path.equals("/")) {
      return 0;
    }
    if (!path.matches("/\\d{1,5}") || Integer.parseInt(path.substring(1)) > MAX_DATABASE) {
      throw new IllegalArgumentException("its path must be the number of a database, such as /0");
    }
    return Integer.parseInt(path.substring(1));
  }

  /** Host and port, without credentials. */
  @Override
  public String toString() {
    String name = host.contains(":") ? "[" + host + "]" : host;
    return (tls ? "rediss://" : "redis://") + name + ":" + port + "/" + database;
  }
}
