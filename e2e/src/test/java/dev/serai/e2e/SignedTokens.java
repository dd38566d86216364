package dev.serai.e2e;

import com.sun.net.httpserver.HttpServer;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/** Signs tokens (JWT) as an issuer does, and serves its public key. */
final class SignedTokens {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final String issuer;
  private final KeyPair pair;

  /**
   * @param issuer its address
   */
  SignedTokens(String issuer) {
    this.issuer = issuer;
    try {
      KeyPairGenerator pairs = KeyPairGenerator.getInstance("RSA");
      pairs.initialize(2048);
      pair = pairs.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** Serves the metadata and the keys of the issuer. */
  void serveAt(HttpServer server) {
    serve(
        server,
        "/.well-known/openid-configuration",
        "{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + issuer + "/keys\"}");
    serve(server, "/keys", "{\"keys\":[" + jwk() + "]}");
  }

  static void serve(HttpServer server, String path, String json) {
    server.createContext(
        path,
        exchange -> {
          byte[] body = json.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  /** The public key. */
  String jwk() {
    RSAPublicKey key = (RSAPublicKey) pair.getPublic();
    return "{\"kty\":\"RSA\",\"kid\":\"one\",\"n\":\""
        + number(key.getModulus())
        + "\",\"e\":\""
        + number(key.getPublicExponent())
        + "\"}";
  }

  private static String number(BigInteger value) {
    byte[] bytes = value.toByteArray();
    return BASE64.encodeToString(
        bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
  }

  /**
   * A token for ten minutes.
   *
   * @param more claims, each after a comma
   */
  String token(String tenant, String more) {
    String claims =
        "{\"iss\":\"%s\",\"aud\":\"serai\",\"sub\":\"alice\",\"tenant\":\"%s\",\"exp\":%d%s}"
            .formatted(issuer, tenant, Instant.now().getEpochSecond() + 600, more);
    return sign(claims);
  }

  /** A token with exactly these claims. */
  String sign(String claims) {
    String text = encode("{\"alg\":\"RS256\",\"kid\":\"one\"}") + "." + encode(claims);
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(pair.getPrivate());
      signature.update(text.getBytes(StandardCharsets.US_ASCII));
      return text + "." + BASE64.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String encode(String text) {
    return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
