package dev.serai.adapters.google;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.http.ProviderRequest.ReplyKind;
import dev.serai.core.http.QueryString;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A request for an access token.
 *
 * @param baseUrl the address of the server
 * @param request its path and content
 */
record TokenRequest(String baseUrl, ProviderRequest request) {
  /** A form (RFC 6749, appendix B). */
  static TokenRequest form(TokenAddress address, Map<String, String> fields) {
    HeaderFields headers =
        new HeaderFields()
            .add("content-type", "application/x-www-form-urlencoded")
            .add("accept", "application/json");
    byte[] bytes = QueryString.write(fields).getBytes(StandardCharsets.US_ASCII);
    return new TokenRequest(
        address.baseUrl(), ProviderRequest.post(address.path(), headers, bytes, ReplyKind.WHOLE));
  }
}
