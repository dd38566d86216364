package dev.serai.adapters.google;

import dev.serai.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/**
 * The key of a service account, which signs an assertion that is exchanged for a token (RFC 7523,
 * section 2.1). Immutable.
 */
final class ServiceAccountKey implements AccessTokenSource {
  private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
  private static final Duration LIFETIME = Duration.ofHours(1);
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final CredentialJson json;
  private final TokenAddress address;
  private final PrivateKey key;

  /**
   * Reads a key file of Google.
   *
   * @throws NoTokenException if a member is missing or the private key cannot be read
   */
  ServiceAccountKey(CredentialJson json) {
    this.json = json;
    this.address = TokenAddress.parse(json.text("token_uri", TokenAddress.GOOGLE), json.variable());
    this.key = privateKey(json);
    json.required("client_email");
  }

  private static PrivateKey privateKey(CredentialJson json) {
    String pem = json.required("private_key");
    String base64 = pem.replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "").replaceAll("\\s", "");
    try {
      byte[] der = Base64.getDecoder().decode(base64);
      return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // The cause may quote the key.
      throw NoTokenException.of("the private_key in " + json.variable() + " cannot be read");
    }
  }

  @Override
  public TokenRequest request(Instant now) {
    return TokenRequest.form(address, Map.of("grant_type", GRANT, "assertion", assertion(now)));
  }

  private String assertion(Instant now) {
    JsonWriter header = new JsonWriter(128).beginObject();
    header.member("alg", "RS256").member("typ", "JWT");
    json.find("private_key_id").ifPresent(id -> header.member("kid", id));
    JsonWriter claims = new JsonWriter(256).beginObject();
    claims.member("iss", json.required("client_email")).member("scope", SCOPE);
    claims.member("aud", json.text("token_uri", TokenAddress.GOOGLE));
    claims.member("iat", now.getEpochSecond());
    claims.member("exp", now.plus(LIFETIME).getEpochSecond());
    String signed =
        BASE64.encodeToString(header.endObject().bytes())
            + "."
            + BASE64.encodeToString(claims.endObject().bytes());
    return signed + "." + BASE64.encodeToString(signature(signed));
  }

  private byte[] signature(String text) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(text.getBytes(StandardCharsets.US_ASCII));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw NoTokenException.of("the private_key in " + json.variable() + " cannot sign");
    }
  }

  @Override
  public String label() {
    return "the service account key in " + json.variable();
  }

  @Override
  public String server() {
    return "the token endpoint";
  }
}
