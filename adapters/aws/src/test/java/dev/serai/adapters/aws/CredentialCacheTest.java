package dev.serai.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.http.ProviderRequest.ReplyKind;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.provider.ProviderProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CredentialCacheTest {
  private static final Instant START = Instant.parse("2026-11-21T00:00:00Z");

  private volatile Instant now = START;
  private volatile Optional<Instant> expiration = Optional.empty();
  private volatile boolean missing;
  private final AtomicInteger searches = new AtomicInteger();
  private final CredentialCache cache = new CredentialCache(() -> this::fetch, () -> now);

  private AwsCredentials fetch() {
    int search = searches.incrementAndGet();
    if (missing) {
      throw new IllegalStateException("none anywhere");
    }
    return new AwsCredentials("id-" + search, "secret", Optional.empty(), expiration);
  }

  private String id() {
    return cache.get().orTimeout(5, TimeUnit.SECONDS).join().accessKeyId();
  }

  /** The one that a search in the background brings, which replaces the old one in its time. */
  private String idAfterTheNextSearch(String old) {
    long begun = System.nanoTime();
    String id = id();
    while (id.equals(old) && System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(10)) {
      Thread.onSpinWait();
      id = id();
    }
    return id;
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  @Test
  void credentialsAreLookedForOnceAndThenAtHand() {
    assertThat(id()).isEqualTo("id-1");
    assertThat(cache.get()).isCompleted();
    assertThat(id()).isEqualTo("id-1");
    assertThat(searches).hasValue(1);
  }

  @Test
  void allCallersWaitForTheSameSearch() {
    CountDownLatch go = new CountDownLatch(1);
    CredentialCache slow =
        new CredentialCache(
            () ->
                () -> {
                  await(go);
                  return fetch();
                },
            () -> now);
    CompletableFuture<AwsCredentials> first = slow.get();
    CompletableFuture<AwsCredentials> second = slow.get();
    assertThat(first).isNotDone();
    go.countDown();
    assertThat(first.orTimeout(5, TimeUnit.SECONDS).join()).isEqualTo(second.join());
    assertThat(searches).hasValue(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(5, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theyAreRenewedBeforeTheyExpireWhileTheOldOnesServe() {
    expiration = Optional.of(START.plus(Duration.ofHours(1)));
    assertThat(id()).isEqualTo("id-1");
    pass(Duration.ofMinutes(54));
    assertThat(id()).isEqualTo("id-1");
    assertThat(searches).hasValue(1);
    pass(Duration.ofMinutes(2));
    expiration = Optional.of(START.plus(Duration.ofHours(2)));
    assertThat(cache.get()).isCompleted();
    assertThat(idAfterTheNextSearch("id-1")).isEqualTo("id-2");
  }

  @Test
  void expiredOnesAreNotUsed() {
    expiration = Optional.of(START.plus(Duration.ofHours(1)));
    assertThat(id()).isEqualTo("id-1");
    pass(Duration.ofMinutes(61));
    expiration = Optional.of(START.plus(Duration.ofHours(3)));
    assertThat(id()).isEqualTo("id-2");
  }

  @Test
  void allCallersReceiveAFailureForFiveSecondsAndThenTheSearchIsRepeated() {
    missing = true;
    assertThatThrownBy(this::id).hasMessageContaining("none anywhere");
    assertThatThrownBy(this::id).hasMessageContaining("none anywhere");
    assertThat(searches).hasValue(1);
    missing = false;
    pass(Duration.ofSeconds(6));
    assertThat(id()).isEqualTo("id-2");
  }

  @Test
  void withoutCredentialsTheProviderIsAtFaultAndNoDetailIsShown() {
    missing = true;
    AwsSigner signer = new AwsSigner(name -> Optional.empty(), () -> now, () -> this::fetch);
    assertThatThrownBy(sign(signer)::join)
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            ProviderProblem.class,
            problem -> {
              assertThat(problem.failureCause()).isEqualTo(FailureCause.CREDENTIALS);
              assertThat(problem.message()).doesNotContain("anywhere");
            });
  }

  @Test
  void credentialsThatCannotBeRenewedAreUnavailableAndNotRejected() {
    expiration = Optional.of(START.plusSeconds(3600));
    AwsSigner signer = new AwsSigner(name -> Optional.empty(), () -> now, () -> this::fetch);
    assertThat(sign(signer).join().headers().first("authorization")).isPresent();
    missing = true;
    pass(Duration.ofHours(2));
    assertThatThrownBy(sign(signer)::join)
        .cause()
        .isInstanceOfSatisfying(
            ProviderProblem.class,
            problem -> {
              assertThat(problem.failureCause()).isEqualTo(FailureCause.CREDENTIALS_UNAVAILABLE);
              assertThat(problem.message()).doesNotContain("anywhere");
              assertThat(problem.detail()).contains("none anywhere");
            });
  }

  private static CompletableFuture<ProviderRequest> sign(AwsSigner signer) {
    ProviderProfile provider =
        new ProviderProfile(
            "bedrock",
            "bedrock",
            Optional.of("https://bedrock-runtime.us-east-1.amazonaws.com"),
            Optional.empty(),
            Set.of(),
            List.of());
    ProviderRequest request =
        ProviderRequest.post("/model/x/converse", new HeaderFields(), new byte[0], ReplyKind.WHOLE);
    return signer.sign(request, provider).orTimeout(30, TimeUnit.SECONDS);
  }

  @Test
  void credentialsShowNothingOfThemselves() {
    AwsCredentials secret =
        new AwsCredentials("AKIDEXAMPLE", "s3cret", Optional.of("t0ken"), Optional.of(START));
    assertThat(secret.toString()).doesNotContain("AKID", "s3cret", "t0ken");
  }
}
