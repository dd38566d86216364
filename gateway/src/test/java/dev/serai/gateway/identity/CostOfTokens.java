package dev.serai.gateway.identity;

import dev.serai.core.caller.Authentication;
import dev.serai.core.caller.Roles;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Measures what it takes to verify a token, the first time and from the cache. A program. */
public final class CostOfTokens {
  private static final String SECRET = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
  private static final String YAML =
      """
      auth:
        issuers:
          - {name: tools, issuer: tools, secret: %s}
          - name: acme
            issuer: https://login.acme.example
            audiences: [serai]
            algorithms: [RS256, ES256, EdDSA]
      """
          .formatted(SECRET);
  private static final String ACME = "https://login.acme.example";
  private static final int TOKENS = 20_000;

  private CostOfTokens() {}

  public static void main(String[] arguments) throws IOException {
    List<Signer> signers =
        List.of(Signer.of("RS256", "a"), Signer.of("ES256", "b"), Signer.of("EdDSA", "c"));
    IssuersUnderTest issuers = new IssuersUnderTest();
    issuers.issuers.replace(
        IssuersUnderTest.settings(
            Files.createTempDirectory("tokens"),
            YAML.replace(
                "[RS256, ES256, EdDSA]", "[RS256, ES256, EdDSA]\n      jwks_url: " + ACME)),
        Roles.BUILT_IN);
    issuers.publish(Signer.jwks(signers.toArray(Signer[]::new)));
    Map<String, String> tokens = new TreeMap<>();
    tokens.put(
        "HS256",
        Signer.shared(
            "HS256",
            SECRET.getBytes(StandardCharsets.UTF_8),
            IssuersUnderTest.claims("tools", "")));
    for (Signer signer : signers) {
      String token = signer.token(IssuersUnderTest.claims(ACME, ""));
      tokens.put(signer.algorithm(), token);
    }
    for (int round = 0; round < 5; round++) {
      tokens.forEach((name, token) -> measure(issuers, name, token));
    }
  }

  private static void measure(IssuersUnderTest issuers, String name, String token) {
    double cached = cost(issuers, token, false);
    double first = cost(issuers, token, true);
    System.out.printf(
        "%s, %d characters: first %.1f us, cached %.2f us%n",
        name, token.length(), first / 1000, cached / 1000);
  }

  private static double cost(IssuersUnderTest issuers, String token, boolean anew) {
    int rounds = anew ? TOKENS / 10 : TOKENS * 5;
    int good = 0;
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    for (int i = 0; i < rounds; i++) {
      if (anew) {
        issuers.issuers.forget();
      }
      good += issuers.ask(token) instanceof Authentication.Authenticated ? 1 : 0;
    }
    long end = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    if (good != rounds) {
      throw new IllegalStateException("refused: " + issuers.refusal(token));
    }
    return (end - start) / (double) rounds;
  }
}
