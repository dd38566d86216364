package dev.serai.gateway.identity.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.config.annotation.Secret;
import dev.serai.config.auth.IssuerSettings;
import dev.serai.config.auth.LoginSettings;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.http.Reply;
import dev.serai.gateway.identity.IssuerClient;
import dev.serai.gateway.identity.IssuerMetadata;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a login asks its issuer, and what it makes of the replies. */
class IssuerRequestsTest {
  private static final String ISSUER = "https://login.acme.example";
  private static final String METADATA =
      "{\"issuer\":\"" + ISSUER + "\",\"jwks_uri\":\"" + ISSUER + "/keys\"}";
  private static final Duration INTERVAL = Duration.ofMinutes(5);

  private static final int NEVER = -1;

  private final CompletableFuture<Reply> silent = new CompletableFuture<>();
  private final List<ProviderRequest> sent = new ArrayList<>();
  private final AtomicLong now = new AtomicLong();
  private int status = 200;
  private String body = METADATA;
  private final IssuerClient client =
      new IssuerClient(
          issuer(),
          (_, origin, request) -> {
            assertThat(origin).isEqualTo(ISSUER);
            sent.add(request);
            if (status == NEVER) {
              return silent;
            }
            return status == 0
                ? CompletableFuture.failedFuture(new IllegalArgumentException("down"))
                : CompletableFuture.completedFuture(
                    new Reply.Complete(
                        status, new HeaderFields(), body.getBytes(StandardCharsets.UTF_8)));
          });
  private final PublishedMetadata metadata = new PublishedMetadata(client, INTERVAL, now::get);

  private static IssuerSettings issuer() {
    IssuerSettings d = IssuerSettings.defaults();
    return new IssuerSettings(
        "login",
        ISSUER,
        d.audiences(),
        d.algorithms(),
        d.secret(),
        d.jwksUrl(),
        d.refresh(),
        d.leeway(),
        d.tenant(),
        d.role(),
        d.roles(),
        d.models(),
        d.claims());
  }

  private CodeExchange exchange(Optional<Secret> secret) {
    LoginSettings d = LoginSettings.defaults();
    LoginSettings settings =
        new LoginSettings(
            Optional.of("login"),
            Optional.of("serai:pages"),
            secret,
            d.url(),
            d.scopes(),
            d.idleTime(),
            d.lifetime());
    return new CodeExchange(client, settings, "https://llm.acme.example/login/callback");
  }

  private static IssuerMetadata published(boolean secretInForm) {
    URI keys = URI.create(ISSUER + "/keys");
    Optional<URI> token = Optional.of(URI.create(ISSUER + "/token?realm=acme"));
    return new IssuerMetadata(keys, token, token, Optional.empty(), false, secretInForm);
  }

  private String redeem(Optional<Secret> secret, boolean secretInForm) throws InterruptedException {
    return exchange(secret).redeem(published(secretInForm), "a code&more", "verifier");
  }

  @Test
  void theMetadataIsFetchedWhenItIsOlderThanTheInterval() throws InterruptedException {
    metadata.get();
    now.addAndGet(INTERVAL.toNanos() - 1);
    metadata.get();
    assertThat(sent).hasSize(1);
    now.addAndGet(1);
    metadata.get();
    assertThat(sent)
        .extracting(ProviderRequest::path)
        .containsExactly("/.well-known/openid-configuration", "/.well-known/openid-configuration");
  }

  @Test
  void whileTheIssuerIsAwayTheLastMetadataIsUsed() throws InterruptedException {
    IssuerMetadata before = metadata.get();
    status = 0;
    now.addAndGet(INTERVAL.toNanos());
    assertThat(metadata.get()).isEqualTo(before);
  }

  @Test
  @Timeout(5)
  void aLoginDoesNotWaitForAnIssuerThatIsSilentIfItsMetadataIsKnown() throws InterruptedException {
    IssuerMetadata before = metadata.get();
    status = NEVER;
    now.addAndGet(INTERVAL.toNanos());
    for (int i = 0; i < 10; i++) {
      assertThat(metadata.get()).isEqualTo(before);
    }
    assertThat(sent).as("one fetch at a time").hasSize(2);
    assertThat(silent).isNotDone();
  }

  @Test
  @Timeout(5)
  void theNextFetchIsTwoSecondsAfterTheEndOfOneThatFailed() throws InterruptedException {
    IssuerMetadata before = metadata.get();
    status = NEVER;
    now.addAndGet(INTERVAL.toNanos());
    metadata.get();
    now.addAndGet(Duration.ofSeconds(10).toNanos());
    silent.completeExceptionally(new IllegalArgumentException("nothing came"));
    status = 0;
    now.addAndGet(Duration.ofSeconds(2).toNanos() - 1);
    assertThat(metadata.get()).isEqualTo(before);
    assertThat(sent).hasSize(2);
    now.addAndGet(1);
    assertThat(metadata.get()).isEqualTo(before);
    assertThat(sent).hasSize(3);
  }

  @Test
  void withoutAnyMetadataALoginGets503AndTheIssuerIsNotAskedAgainAtOnce() {
    status = 500;
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(metadata::get).hasMessageContaining("cannot be reached now");
    }
    assertThat(sent).hasSize(1);
    now.addAndGet(Duration.ofSeconds(2).toNanos());
    assertThatThrownBy(metadata::get).hasMessageContaining("cannot be reached now");
    assertThat(sent).hasSize(2);
  }

  @Test
  void aPublicClientNamesItselfInTheForm() throws InterruptedException {
    body = "{\"id_token\":\"token\"}";
    assertThat(redeem(Optional.empty(), false)).isEqualTo("token");
    assertThat(sent.getFirst().headers().first("authorization")).isEmpty();
    assertThat(sent.getFirst().path()).isEqualTo("/token?realm=acme");
    assertThat(new String(sent.getFirst().body(), StandardCharsets.UTF_8))
        .isEqualTo(
            "grant_type=authorization_code&code=a%20code%26more"
                + "&redirect_uri=https%3A%2F%2Fllm.acme.example%2Flogin%2Fcallback"
                + "&code_verifier=verifier&client_id=serai%3Apages");
  }

  @Test
  void theSecretIsEncodedBeforeItIsInTheField() throws InterruptedException {
    body = "{\"id_token\":\"token\"}";
    redeem(Optional.of(new Secret("p:s/w%d")), false);
    String field = sent.getFirst().headers().first("authorization").orElse("");
    assertThat(new String(Base64.getDecoder().decode(field.substring(6)), StandardCharsets.UTF_8))
        .isEqualTo("serai%3Apages:p%3As%2Fw%25d");
    assertThat(new String(sent.getFirst().body(), StandardCharsets.UTF_8))
        .doesNotContain("client_id", "client_secret");
  }

  @Test
  void theSecretIsInTheFormIfTheIssuerWantsThat() throws InterruptedException {
    body = "{\"id_token\":\"token\"}";
    redeem(Optional.of(new Secret("p:s")), true);
    assertThat(sent.getFirst().headers().first("authorization")).isEmpty();
    assertThat(new String(sent.getFirst().body(), StandardCharsets.UTF_8))
        .endsWith("&client_id=serai%3Apages&client_secret=p%3As");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | {\"error\":\"invalid_grant\"} | did not accept the code",
        "401 | {\"error\":\"invalid_client\"} | did not accept the code",
        "200 | {\"access_token\":\"only\"} | did not accept the code",
        "200 | {\"id_token\":7} | did not accept the code",
        "500 | {} | does not reply now",
        "200 | no JSON | does not reply now",
        "0 | {} | does not reply now"
      })
  void anInvalidIdTokenLogsNoUserIn(int replied, String text, String says) {
    status = replied;
    body = text;
    assertThatThrownBy(() -> redeem(Optional.empty(), false))
        .hasMessageContaining(says)
        .hasMessageNotContaining("a code");
  }
}
