package dev.serai.adapters.google;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.http.ProviderRequest.ReplyKind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A request for an access token.
 *
 * @param baseUrl the address of the server
 * @param request its path and content
 */
record TokenRequest(String baseUrl, ProviderRequest request) {
  /** A form (RFC 6749, appendix B). */
  static TokenRequest form(TokenAddress address, Map<String, String> fields) {
    String body =
        fields.entrySet().stream()
            .map(field -> field.getKey() + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    HeaderFields headers =
        new HeaderFields()
            .add("content-type", "application/x-www-form-urlencoded")
            .add("accept", "application/json");
    byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
    return new TokenRequest(
        address.baseUrl(), ProviderRequest.post(address.path(), headers, bytes, ReplyKind.WHOLE));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
