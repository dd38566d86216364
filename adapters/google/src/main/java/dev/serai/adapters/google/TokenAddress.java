package dev.serai.adapters.google;

import dev.serai.core.net.BaseUrl;

/**
 * The address of a token endpoint.
 *
 * @param baseUrl scheme, host and port
 */
record TokenAddress(String baseUrl, String path) {
  /** The token endpoint of Google. */
  static final String GOOGLE = "https://oauth2.googleapis.com/token";

  /**
   * Parses the {@code token_uri} of credentials. It must be https, so that no secret is sent in
   * plain text; plain http is accepted for this machine.
   *
   * @throws NoTokenException if it is anything else
   */
  static TokenAddress parse(String uri, String variable) {
    BaseUrl url;
    try {
      url = BaseUrl.parse(uri);
    } catch (IllegalArgumentException e) {
      throw NoTokenException.of("the token_uri in " + variable + " is not an address");
    }
    if (!url.tls() && !url.isLoopback()) {
      throw NoTokenException.of("the token_uri in " + variable + " must begin with https://");
    }
    String base = (url.tls() ? "https://" : "http://") + url.authority();
    return new TokenAddress(base, url.pathPrefix().isEmpty() ? "/" : url.pathPrefix());
  }
}
