package dev.serai.gateway.identity;

import static dev.serai.gateway.identity.IssuersUnderTest.ISSUER;
import static dev.serai.gateway.identity.IssuersUnderTest.LOCAL;
import static dev.serai.gateway.identity.IssuersUnderTest.SECRET;
import static dev.serai.gateway.identity.IssuersUnderTest.SETTINGS;
import static dev.serai.gateway.identity.IssuersUnderTest.claims;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.config.auth.TokenAlgorithm;
import dev.serai.core.caller.Roles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Good signatures of every algorithm are accepted, and few forged ones cost time. */
class TokenSignatureTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void tokensOfEveryAlgorithmAreAcceptedFromAnIssuerThatSignsSo(TokenAlgorithm algorithm)
      throws IOException {
    String secret = SECRET + SECRET;
    String settings =
        """
        auth:
          issuers:
            - {name: one, issuer: urn:one, audiences: [serai], algorithms: [%s], %s}
        """
            .formatted(
                algorithm,
                algorithm.isShared() ? "secret: " + secret : "jwks_url: https://one.example/keys");
    IssuersUnderTest one = new IssuersUnderTest();
    one.issuers.replace(IssuersUnderTest.settings(folder, settings), Roles.BUILT_IN);
    String claims = claims("urn:one", "");
    if (algorithm.isShared()) {
      String token =
          Signer.shared(algorithm.toString(), secret.getBytes(StandardCharsets.UTF_8), claims);
      assertThat(one.identity(token).user()).isEqualTo("alice");
      assertThat(
              one.refusal(
                  Signer.shared(
                      algorithm.toString(), SECRET.getBytes(StandardCharsets.UTF_8), claims)))
          .contains("signature");
      return;
    }
    Signer signer = Signer.of(algorithm.toString(), "k");
    one.publish(Signer.jwks(signer));
    assertThat(one.identity(signer.token(claims)).user()).isEqualTo("alice");
    assertThat(one.refusal(Signer.of(algorithm.toString(), "k").token(claims)))
        .contains("signature");
  }

  /** Verifying one takes up to a millisecond of an event loop. */
  @Test
  void aFloodOfForgedTokensIsVerifiedInPartAndStopsNoKnownCaller() throws IOException {
    IssuersUnderTest flooded = new IssuersUnderTest();
    flooded.issuers.replace(IssuersUnderTest.settings(folder, SETTINGS), Roles.BUILT_IN);
    Signer curve = Signer.of("ES256", "curve");
    flooded.publish(Signer.jwks(curve));
    String known = curve.token(claims(ISSUER, ""));
    assertThat(flooded.refusal(known)).isEmpty();
    String forged = known.substring(0, known.lastIndexOf('.') + 1);
    int verified = 0;
    for (int i = 0; i < 1000; i++) {
      String refusal = flooded.refusal(forged + Signer.encode("%064d".formatted(i)));
      verified += refusal.startsWith("401 ") ? 1 : 0;
      assertThat(refusal).containsAnyOf("signature of the token is not valid", "503 ");
    }
    assertThat(verified).isEqualTo(ForgedTokens.MAX_AT_ONCE);
    assertThat(flooded.refusal(known)).isEmpty();
    String other = curve.token(claims(ISSUER, "\"tenant\":\"acme\""));
    assertThat(flooded.refusal(other)).startsWith("503 ").contains("too many tokens");
    assertThat(
            flooded.refusal(
                Signer.shared("HS256", SECRET.getBytes(StandardCharsets.UTF_8), claims(LOCAL, ""))))
        .as("a secret is checked in no time")
        .isEmpty();
    flooded.pass(Duration.ofSeconds(1));
    assertThat(flooded.refusal(other)).isEmpty();
  }
}
