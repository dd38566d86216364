package dev.serai.core.net;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The address of an HTTP proxy. Immutable.
 *
 * @param authorization the value of the Proxy-Authorization header (RFC 9110, section 11.7.2), for
 *     an address with user and password
 */
public record ProxyUrl(String host, int port, Optional<String> authorization) {
  private static final String FORM = "must be http://[user:password@]host[:port]";

  /**
   * Reads {@code http://[user:password@]host[:port]}; the scheme may be left out.
   *
   * @throws IllegalArgumentException if it has another form; the message does not contain the text,
   *     which may hold a password
   */
  public static ProxyUrl parse(String text) {
    URI uri = uri(text.strip());
    String authority = String.valueOf(uri.getRawAuthority());
    BaseUrl address = address(String.valueOf(uri.getScheme()), authority);
    String decoded = String.valueOf(uri.getAuthority());
    int at = decoded.lastIndexOf('@');
    Optional<String> authorization =
        at < 0
            ? Optional.empty()
            : Optional.of(decoded.substring(0, at).getBytes(StandardCharsets.UTF_8))
                .map(user -> "Basic " + Base64.getEncoder().encodeToString(user));
    return new ProxyUrl(address.host(), address.port(), authorization);
  }

  private static URI uri(String text) {
    try {
      return URI.create(text.contains("://") ? text : "http://" + text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(FORM);
    }
  }

  /** The address without user and password. */
  private static BaseUrl address(String scheme, String authority) {
    BaseUrl address;
    try {
      address = BaseUrl.parse(scheme + "://" + authority.substring(authority.lastIndexOf('@') + 1));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(FORM);
    }
    if (address.tls()) {
      throw new IllegalArgumentException(FORM);
    }
    return address;
  }

  /** Without the password. */
  @Override
  public String toString() {
    return host + ":" + port;
  }
}
