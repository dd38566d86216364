package dev.serai.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.config.auth.IssuerSettings;
import dev.serai.config.auth.TokenAlgorithm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Issuers of tokens in the settings file. */
class IssuersTest {
  private static final String SECRET = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";

  @TempDir Path path;

  private Folder folder(String issuer) {
    Folder folder = new Folder(path);
    folder.yaml("auth:\n  issuers:\n    - " + issuer + "\n");
    return folder;
  }

  @Test
  void anIssuerNeedsItsAddressAndTheAudienceOfSeraiOnly() {
    IssuerSettings issuer =
        folder("{name: login, issuer: 'https://login.example', audiences: serai}")
            .settings(Map.of())
            .auth()
            .issuers()
            .getFirst();
    assertThat(issuer.accepted()).containsExactly(TokenAlgorithm.RS_256, TokenAlgorithm.ES_256);
    assertThat(issuer.role()).isEqualTo("user");
    assertThat(issuer.leeway()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void anIssuerWithASecretSignsWithHs256AndTheSecretIsNotShown() {
    Settings settings =
        folder("{name: tools, issuer: tools, secret: '${JWT_SECRET}', roles: {boss: admin}}")
            .settings(Map.of("JWT_SECRET", SECRET));
    assertThat(settings.auth().issuers().getFirst().accepted())
        .containsExactly(TokenAlgorithm.HS_256);
    assertThat(settings.toString()).doesNotContain(SECRET);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          name: a b, issuer: x, secret: S           | name 'a b' must be 1 to 64
          name: x, issuer: x, secret: short         | secret must have at least 32 bytes
          name: x, issuer: x, secret: E             | secret is easy to guess
          name: x, issuer: x, secret: S, algorithms: [RS256] | the algorithm RS256 needs public keys
          name: x, issuer: x, secret: S, algorithms: [HS512] | secret must have at least 64 bytes for HS512
          name: x, issuer: x, secret: S, jwks_url: 'https://x.example' | has both secret and jwks_url
          name: x, issuer: 'https://x.example'      | audiences is missing
          name: x, issuer: 'https://x.example', audiences: a, algorithms: [HS256] | the algorithm HS256 needs secret
          name: x, issuer: 'https://x.example', audiences: a, algorithms: [none] | must be one of
          name: x, issuer: 'http://x.example', audiences: a | must come from an https address
          name: x, issuer: 'http://127.0.0.1.evil.example', audiences: a | must come from an https address
          name: x, issuer: x, audiences: a          | must come from an https address
          name: x, issuer: 'https://x.example', audiences: a, jwks_url: 'http://x.example' | not from this jwks_url
          name: x, issuer: x, secret: S, leeway: 6m | leeway must be from 0s to 5m
          name: x, issuer: x, secret: S, refresh: 1s | refresh must be at least 30s
          name: x, issuer: x, secret: S, tenant: a b | tenant 'a b' must be 1 to 64
          name: x, issuer: x, secret: S, models: ['a*b'] | may have a * at its end only
          name: x, issuer: x, secret: S, role: usr  | there is no role usr; did you mean user?
          name: x, issuer: x, secret: S, roles: {boss: amdin} | there is no role amdin; did you mean admin?
          issuer: x, secret: S                      | the member 'name' is missing
          name: x, secret: S                        | the member 'issuer' is missing
          """)
  void aMistakeIsNamed(String issuer, String says) {
    String text =
        issuer
            .replace("secret: S", "secret: " + SECRET)
            .replace("secret: E", "secret: " + "ab".repeat(16));
    assertThat(String.join("\n", folder("{" + text + "}").problems(Map.of())))
        .contains(says)
        .doesNotContain(SECRET);
  }

  @Test
  void namesAndIssuersAreGivenOnce() {
    String one = "{name: x, issuer: x, secret: " + SECRET + "}";
    assertThat(String.join("\n", folder(one + "\n    - " + one).problems(Map.of())))
        .contains("two entries have the issuer x", "a key or an issuer has the name x");
  }
}
