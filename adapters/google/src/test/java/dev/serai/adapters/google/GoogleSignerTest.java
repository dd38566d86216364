package dev.serai.adapters.google;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.http.ProviderRequest.ReplyKind;
import dev.serai.core.http.Reply;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.provider.ProviderProfile;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Access tokens of Google: how they are requested, cached and renewed, and how they fail. */
class GoogleSignerTest {
  private static final Instant START = Instant.parse("2026-11-21T00:00:00Z");
  private static final String TOKEN_URI = "https://oauth2.example.com/token";
  private static final ProviderProfile VERTEX =
      new ProviderProfile(
          "vertex",
          "vertex",
          Optional.of("https://x/v1/projects/p/locations/l"),
          Optional.empty(),
          Set.of(),
          List.of());

  /** A request that the signer sent, and the reply that it waits for. */
  private record Sent(String baseUrl, ProviderRequest request, CompletableFuture<Reply> reply) {
    Map<String, String> form() {
      Map<String, String> fields = new HashMap<>();
      for (String field : new String(request.body(), UTF_8).split("&")) {
        String[] parts = field.split("=", 2);
        fields.put(parts[0], URLDecoder.decode(parts[1], UTF_8));
      }
      return fields;
    }

    void respond(int status, String body) {
      reply.complete(new Reply.Complete(status, new HeaderFields(), body.getBytes(UTF_8)));
    }

    void token(String name) {
      respond(200, "{\"access_token\":\"" + name + "\",\"expires_in\":3600}");
    }
  }

  @TempDir Path folder;
  private final Map<String, String> variables = new HashMap<>();
  private final List<Sent> sent = new CopyOnWriteArrayList<>();
  private volatile Instant now = START;
  private final GoogleSigner signer =
      new GoogleSigner(name -> Optional.ofNullable(variables.get(name)), this::send, () -> now);

  private Optional<CompletableFuture<Reply>> send(
      ProviderProfile provider, String baseUrl, ProviderRequest request) {
    Sent one = new Sent(baseUrl, request, new CompletableFuture<>());
    sent.add(one);
    return Optional.of(one.reply());
  }

  private CompletableFuture<ProviderRequest> sign() {
    return signer.sign(
        ProviderRequest.post("/x", new HeaderFields(), new byte[0], ReplyKind.WHOLE), VERTEX);
  }

  private Sent sent(int number) {
    long begun = System.nanoTime();
    while (sent.size() < number && System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(30)) {
      Thread.onSpinWait();
    }
    assertThat(sent).hasSizeGreaterThanOrEqualTo(number);
    return sent.get(number - 1);
  }

  private static String authorization(CompletableFuture<ProviderRequest> signed) {
    return signed
        .orTimeout(30, TimeUnit.SECONDS)
        .join()
        .headers()
        .first("authorization")
        .orElse("");
  }

  private static ProviderProblem problem(CompletableFuture<ProviderRequest> signed) {
    signed.orTimeout(30, TimeUnit.SECONDS);
    Throwable failure = catchThrowableOfType(CompletionException.class, signed::join).getCause();
    assertThat(failure).isInstanceOf(ProviderProblem.class);
    return (ProviderProblem) failure;
  }

  private void serviceAccount() {
    variables.put("VERTEX_CREDENTIALS", Keys.serviceAccount(TOKEN_URI).toString());
  }

  @Test
  void aKeySignsAnAssertionThatThePublicKeyVerifies() throws Exception {
    serviceAccount();
    CompletableFuture<ProviderRequest> signed = sign();
    Sent request = sent(1);
    assertThat(request.baseUrl()).isEqualTo("https://oauth2.example.com");
    assertThat(request.request().method() + " " + request.request().path())
        .isEqualTo("POST /token");
    Map<String, String> form = request.form();
    assertThat(form).containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");

    String[] parts = form.get("assertion").split("\\.");
    Signature check = Signature.getInstance("SHA256withRSA");
    check.initVerify(Keys.publicKey());
    check.update((parts[0] + "." + parts[1]).getBytes(UTF_8));
    assertThat(check.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    assertThat(json(parts[0]).toString())
        .isEqualTo("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"key-1\"}");
    JsonNode claims = json(parts[1]);
    assertThat(claims.path("iss").asText()).isEqualTo("serai@acme.iam.gserviceaccount.com");
    assertThat(claims.path("aud").asText()).isEqualTo(TOKEN_URI);
    assertThat(claims.path("scope").asText()).endsWith("/auth/cloud-platform");
    assertThat(claims.path("iat").asLong()).isEqualTo(START.getEpochSecond());
    assertThat(claims.path("exp").asLong()).isEqualTo(START.getEpochSecond() + 3600);

    request.token("t-1");
    assertThat(authorization(signed)).isEqualTo("Bearer t-1");
  }

  private static JsonNode json(String base64) throws Exception {
    return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(base64));
  }

  @Test
  void aKeyFileIsReadAgainForEachToken() throws Exception {
    Path file = folder.resolve("key, with a comma.json");
    Files.writeString(file, Keys.serviceAccount(TOKEN_URI).toString());
    variables.put("GOOGLE_APPLICATION_CREDENTIALS", file.toString());
    CompletableFuture<ProviderRequest> first = sign();
    sent(1).token("t-1");
    assertThat(authorization(first)).isEqualTo("Bearer t-1");

    Files.writeString(file, Keys.serviceAccount("https://other.example.com/token").toString());
    now = START.plus(Duration.ofHours(2));
    CompletableFuture<ProviderRequest> second = sign();
    assertThat(sent(2).baseUrl()).isEqualTo("https://other.example.com");
    sent(2).token("t-2");
    assertThat(authorization(second)).isEqualTo("Bearer t-2");
  }

  @Test
  void theLoginOfAUserIsRefreshedAndItsQuotaProjectPays() throws Exception {
    Path file = folder.resolve("application_default_credentials.json");
    Files.writeString(file, Keys.authorizedUser().toString());
    variables.put("CLOUDSDK_CONFIG", folder.toString());
    CompletableFuture<ProviderRequest> signed = sign();
    Sent request = sent(1);
    assertThat(request.baseUrl()).isEqualTo("https://oauth2.googleapis.com");
    assertThat(request.form())
        .isEqualTo(
            Map.of(
                "grant_type", "refresh_token",
                "client_id", "client.apps",
                "client_secret", "sec&ret",
                "refresh_token", "1//refresh"));
    request.token("t-user");
    assertThat(authorization(signed)).isEqualTo("Bearer t-user");
    assertThat(signed.join().headers().first("x-goog-user-project")).contains("payer");
  }

  @Test
  void withoutCredentialsTheMetadataServerIsAsked() {
    variables.put("GCE_METADATA_HOST", "127.0.0.1:8123");
    CompletableFuture<ProviderRequest> signed = sign();
    Sent request = sent(1);
    assertThat(request.baseUrl()).isEqualTo("http://127.0.0.1:8123");
    assertThat(request.request().path())
        .startsWith("/computeMetadata/v1/instance/service-accounts/default/token?scopes=https%3A");
    assertThat(request.request().headers().first("metadata-flavor")).contains("Google");
    request.token("t-machine");
    assertThat(authorization(signed)).isEqualTo("Bearer t-machine");
  }

  @Test
  void aTokenIsCachedAndRenewedOnceBeforeItExpires() {
    serviceAccount();
    CompletableFuture<ProviderRequest> first = sign();
    sent(1).token("t-1");
    assertThat(authorization(first)).isEqualTo("Bearer t-1");
    assertThat(sign()).isCompleted();
    assertThat(sent).hasSize(1);

    now = START.plusSeconds(3600 - 225);
    assertThat(authorization(sign())).isEqualTo("Bearer t-1");
    sent(2);
    assertThat(authorization(sign())).isEqualTo("Bearer t-1");
    assertThat(sent).hasSize(2);
    sent(2).token("t-2");
    awaitToken("Bearer t-2");
    assertThat(sent).hasSize(2);
  }

  private void awaitToken(String expected) {
    long begun = System.nanoTime();
    while (!authorization(sign()).equals(expected)
        && System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(30)) {
      Thread.onSpinWait();
    }
    assertThat(authorization(sign())).isEqualTo(expected);
  }

  @Test
  void callsWithoutATokenWaitForOneRequest() {
    serviceAccount();
    List<CompletableFuture<ProviderRequest>> waiting = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      waiting.add(sign());
    }
    sent(1);
    assertThat(waiting).noneMatch(CompletableFuture::isDone);
    sent(1).token("t-1");
    assertThat(waiting).allSatisfy(one -> assertThat(authorization(one)).isEqualTo("Bearer t-1"));
    assertThat(sent).hasSize(1);
  }

  @Test
  void anExpiredTokenIsNotUsed() {
    serviceAccount();
    CompletableFuture<ProviderRequest> first = sign();
    sent(1).token("t-1");
    authorization(first);
    now = START.plusSeconds(3571);
    CompletableFuture<ProviderRequest> second = sign();
    sent(2);
    assertThat(second).isNotDone();
    sent(2).token("t-2");
    assertThat(authorization(second)).isEqualTo("Bearer t-2");
  }

  @Test
  void aFailureIsRepeatedAfterAPauseThatDoubles() {
    serviceAccount();
    CompletableFuture<ProviderRequest> first = sign();
    sent(1).respond(503, "");
    assertThat(problem(first).failureCause()).isEqualTo(FailureCause.CREDENTIALS_UNAVAILABLE);
    assertThat(problem(sign()).message()).contains("the token endpoint answered 503");
    assertThat(sent).hasSize(1);

    now = now.plusSeconds(1);
    CompletableFuture<ProviderRequest> second = sign();
    sent(2).respond(503, "");
    problem(second);
    now = now.plusSeconds(1);
    problem(sign());
    assertThat(sent).hasSize(2);
    now = now.plusSeconds(1);
    CompletableFuture<ProviderRequest> third = sign();
    sent(3).token("t-3");
    assertThat(authorization(third)).isEqualTo("Bearer t-3");
  }

  @Test
  void aTokenEndpointThatDoesNotReplyIsNotARejectedKey() {
    serviceAccount();
    CompletableFuture<ProviderRequest> signed = sign();
    sent(1)
        .reply()
        .completeExceptionally(ProviderProblem.of("x", FailureCause.UNREACHABLE, 502).build());
    ProviderProblem problem = problem(signed);
    assertThat(problem.failureCause()).isEqualTo(FailureCause.CREDENTIALS_UNAVAILABLE);
    assertThat(problem.message()).contains("the token endpoint did not reply");
    assertThat(problem.failureCause().countedByBreaker()).isFalse();
  }

  @Test
  void aRevokedTokenIsForgottenOnceAndTheNextOneIsKept() {
    serviceAccount();
    CompletableFuture<ProviderRequest> first = sign();
    sent(1).token("t-1");
    authorization(first);
    assertThat(signer.forget(first.join().headers())).as("as fresh as it can be").isFalse();
    now = now.plusSeconds(1);
    assertThat(signer.forget(first.join().headers())).isTrue();
    CompletableFuture<ProviderRequest> second = sign();
    sent(2).token("t-2");
    assertThat(authorization(second)).isEqualTo("Bearer t-2");
    assertThat(signer.forget(first.join().headers())).as("renewed since").isTrue();
    assertThat(authorization(sign())).isEqualTo("Bearer t-2");
    assertThat(sent).hasSize(2);
  }

  @Test
  void aRenewalThatFailsLeavesTheTokenInUse() {
    serviceAccount();
    CompletableFuture<ProviderRequest> first = sign();
    sent(1).token("t-1");
    authorization(first);
    now = START.plusSeconds(3500);
    assertThat(authorization(sign())).isEqualTo("Bearer t-1");
    sent(2).respond(500, "");
    assertThat(authorization(sign())).isEqualTo("Bearer t-1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401 | {\"error\":\"invalid_client\"} | the token endpoint answered 401 invalid_client to"
            + " the service account key in VERTEX_CREDENTIALS.",
        "403 | {} | the token endpoint answered 403 to the service account key in"
            + " VERTEX_CREDENTIALS.",
        "400 | {\"error\":\"invalid_grant\",\"error_description\":\"Invalid JWT: Token must be a"
            + " short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and"
            + " exp values in the JWT claim.\"} | the token endpoint answered 400 invalid_grant to"
            + " the service account key in VERTEX_CREDENTIALS; check the clock of this machine.",
        "200 | <html> | the token endpoint sent a reply without a token.",
        "200 | {\"access_token\":\"a b\",\"expires_in\":5} | the token endpoint sent a reply"
            + " without a token."
      })
  void aRefusalNamesTheCauseAndTheVariable(int status, String body, String message) {
    serviceAccount();
    CompletableFuture<ProviderRequest> signed = sign();
    sent(1).respond(status, body);
    assertThat(problem(signed).message())
        .isEqualTo("The gateway has no credentials for the provider 'vertex': " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nonsense | the file that VERTEX_CREDENTIALS names does not exist",
        "{\"type\": | VERTEX_CREDENTIALS does not hold the JSON of Google credentials",
        "{\"type\":\"external_account\"} | workload identity federation",
        "{\"type\":\"other\"} | must be service_account or authorized_user",
        "{\"type\":\"service_account\"} | the JSON in VERTEX_CREDENTIALS has no private_key",
        "{\"type\":\"service_account\",\"private_key\":\"c2VjcmV0\"} | the private_key in"
            + " VERTEX_CREDENTIALS cannot be read",
        "{\"type\":\"authorized_user\",\"token_uri\":\"http://127.evil.example/token\"} | must begin"
            + " with https",
        "{\"type\":\"authorized_user\",\"token_uri\":\"http://evil.example/token\"} | must begin"
            + " with https://"
      })
  void credentialsThatCannotBeUsedAreRefusedBeforeAnythingIsSent(String text, String message) {
    variables.put("VERTEX_CREDENTIALS", text);
    ProviderProblem problem = problem(sign());
    assertThat(problem.failureCause()).isEqualTo(FailureCause.CREDENTIALS);
    assertThat(problem.message()).contains(message).doesNotContain("c2VjcmV0", "nonsense");
    assertThat(sent).isEmpty();
  }

  @Test
  void aFileThatIsTooLargeIsNotCalledMissing() throws Exception {
    Path large = Files.writeString(folder.resolve("large.json"), " ".repeat(65_537));
    variables.put("VERTEX_CREDENTIALS", large.toString());
    assertThat(problem(sign()).message())
        .contains("the file that VERTEX_CREDENTIALS names has more than 65536 bytes");
  }

  @Test
  void nothingShowsAKeyOrAToken() throws Exception {
    serviceAccount();
    CompletableFuture<ProviderRequest> signed = sign();
    Sent request = sent(1);
    request.token("t-secret");
    assertThat(signed.orTimeout(30, TimeUnit.SECONDS).join().toString()).doesNotContain("t-secret");
    assertThat(request.request().toString()).doesNotContain("assertion");
    String text = Keys.serviceAccount(TOKEN_URI).toString();
    assertThat(CredentialJson.parse("X", text).toString()).isEqualTo("CredentialJson[X]");
    Reply reply =
        new Reply.Complete(
            200,
            new HeaderFields(),
            "{\"access_token\":\"t-secret\",\"expires_in\":9}".getBytes(UTF_8));
    AccessToken token =
        AccessTokenReply.read(new ServiceAccountKey(CredentialJson.parse("X", text)), reply, START);
    assertThat(token.toString()).doesNotContain("t-secret");
  }
}
