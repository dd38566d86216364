package dev.serai.adapters.google;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** A key pair, and credentials in the formats of Google with its private key. */
final class Keys {
  private static final KeyPair PAIR = pair();

  private Keys() {}

  private static KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static java.security.PublicKey publicKey() {
    return PAIR.getPublic();
  }

  /** The base64 text of the private key, which must be seen nowhere. */
  static String privateKey() {
    return Base64.getMimeEncoder(64, new byte[] {'\n'})
        .encodeToString(PAIR.getPrivate().getEncoded());
  }

  static ObjectNode serviceAccount(String tokenUri) {
    return new ObjectMapper()
        .createObjectNode()
        .put("type", "service_account")
        .put("project_id", "acme")
        .put("private_key_id", "key-1")
        .put(
            "private_key",
            "-----BEGIN PRIVATE KEY-----\n" + privateKey() + "\n-----END PRIVATE KEY-----\n")
        .put("client_email", "serai@acme.iam.gserviceaccount.com")
        .put("token_uri", tokenUri);
  }

  static ObjectNode authorizedUser() {
    return new ObjectMapper()
        .createObjectNode()
        .put("type", "authorized_user")
        .put("client_id", "client.apps")
        .put("client_secret", "sec&ret")
        .put("refresh_token", "1//refresh")
        .put("quota_project_id", "payer");
  }
}
