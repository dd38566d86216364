package dev.serai.gateway.identity;

import dev.serai.config.Settings;
import dev.serai.config.auth.IssuerSettings;
import dev.serai.core.caller.Authentication;
import dev.serai.core.caller.Credential;
import dev.serai.core.caller.Identity;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** Issuers from settings, with a clock of the test's own. Every fetch is recorded. */
final class IssuersUnderTest {
  /** Signs with keys that it publishes. */
  static final String ISSUER = "https://login.acme.example";

  /** Signs with {@link #SECRET}. */
  static final String LOCAL = "urn:acme:tools";

  static final String SECRET = "f3b1c7a9e5d20846f3b1c7a9e5d20846";

  /** The settings of both issuers. */
  static final String SETTINGS =
      """
      auth:
        issuers:
          - name: acme
            issuer: %s
            audiences: [serai]
            algorithms: [RS256, ES256, EdDSA]
            jwks_url: https://login.acme.example/keys
          - name: tools
            issuer: %s
            audiences: [serai]
            secret: %s
      """
          .formatted(ISSUER, LOCAL, SECRET);

  static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

  private final AtomicLong passed = new AtomicLong();
  private final AtomicLong rested = new AtomicLong();
  private final List<String> fetched = new ArrayList<>();
  private volatile String keys = "{}";
  final TokenIssuers issuers =
      new TokenIssuers(
          (_, origin, request) -> {
            fetched.add(origin + request.path());
            return CompletableFuture.completedFuture(
                new Reply.Complete(200, new HeaderFields(), keys.getBytes(StandardCharsets.UTF_8)));
          },
          () -> NOW.plusNanos(passed.get()),
          this::ticks);

  /** Reads the issuers from the text of a settings file. */
  static List<IssuerSettings> settings(Path folder, String yaml) throws IOException {
    Path file = folder.resolve("serai.yaml");
    Files.writeString(file, yaml);
    return Settings.load(Map.of("SERAI_CONFIG", file.toString()), folder).auth().issuers();
  }

  /** Publishes these keys, and has them fetched. */
  void publish(String jwks) {
    keys = jwks;
    issuers.refresh();
  }

  void pass(Duration time) {
    passed.addAndGet(time.toNanos());
  }

  /** Lets time pass that no token and no key notices. */
  void rest(Duration time) {
    rested.addAndGet(time.toNanos());
  }

  private long ticks() {
    return passed.get() + rested.get();
  }

  /** The addresses that were fetched. */
  List<String> fetched() {
    return fetched;
  }

  Authentication ask(String token) {
    return issuers.authenticate(new Credential.Secret(token));
  }

  Identity identity(String token) {
    return switch (ask(token)) {
      case Authentication.Authenticated(Identity identity) -> identity;
      case Authentication.Rejected(var problem) -> throw new AssertionError(problem.message());
      case Authentication.Unknown _ -> throw new AssertionError("unknown");
    };
  }

  /** The status and the message of a refusal; empty if the token is accepted. */
  String refusal(String token) {
    return switch (ask(token)) {
      case Authentication.Rejected(var problem) -> problem.status() + " " + problem.message();
      case Authentication.Authenticated _ -> "";
      case Authentication.Unknown _ -> "unknown";
    };
  }

  /** Claims that are good now, with more of them. */
  static String claims(String issuer, String more) {
    long now = NOW.getEpochSecond();
    return "{\"iss\":\""
        + issuer
        + "\",\"aud\":\"serai\",\"sub\":\"alice\",\"iat\":"
        + now
        + ",\"exp\":"
        + (now + 300)
        + (more.isEmpty() ? "" : "," + more)
        + "}";
  }
}
