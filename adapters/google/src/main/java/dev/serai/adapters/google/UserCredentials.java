package dev.serai.adapters.google;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The login of a user, as {@code gcloud auth application-default login} stores it: a refresh token
 * that is exchanged for access tokens (RFC 6749, section 6). Immutable.
 */
final class UserCredentials implements AccessTokenSource {
  private final CredentialJson json;
  private final TokenAddress address;
  private final Map<String, String> form;

  /**
   * Reads a file of gcloud.
   *
   * @throws NoTokenException if a member is missing
   */
  UserCredentials(CredentialJson json) {
    this.json = json;
    this.address = TokenAddress.parse(json.text("token_uri", TokenAddress.GOOGLE), json.variable());
    this.form =
        Map.of(
            "grant_type",
            "refresh_token",
            "client_id",
            json.required("client_id"),
            "client_secret",
            json.required("client_secret"),
            "refresh_token",
            json.required("refresh_token"));
  }

  @Override
  public TokenRequest request(Instant now) {
    return TokenRequest.form(address, form);
  }

  @Override
  public String label() {
    return "the login in " + json.variable();
  }

  @Override
  public String server() {
    return "the token endpoint";
  }

  @Override
  public Optional<String> quotaProject() {
    return json.find("quota_project_id");
  }
}
