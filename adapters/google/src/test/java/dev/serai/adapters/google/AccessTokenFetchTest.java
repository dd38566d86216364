package dev.serai.adapters.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
import org.junit.jupiter.api.Test;

class AccessTokenFetchTest {
  @Test
  void credentialsThatAreNotReadInTimeAreATemporaryFailure() {
    ProviderProfile vertex =
        new ProviderProfile(
            "vertex", "vertex", Optional.empty(), Optional.empty(), Set.of(), List.of());
    CountDownLatch never = new CountDownLatch(1);
    CredentialFinder hanging =
        new CredentialFinder(
            _ -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return Optional.empty();
            });
    AccessTokenFetch fetch =
        new AccessTokenFetch(
            hanging, (_, _, _) -> Optional.empty(), () -> Instant.EPOCH, Duration.ofMillis(20));
    CompletableFuture<AccessToken> begun = fetch.start(vertex).orTimeout(30, TimeUnit.SECONDS);
    Throwable failure = catchThrowableOfType(CompletionException.class, begun::join).getCause();
    assertThat(failure)
        .isInstanceOfSatisfying(
            NoTokenException.class,
            none -> {
              assertThat(none.isTemporary()).isTrue();
              assertThat(none).hasMessage("the credentials were not read in time");
            });
    never.countDown();
  }
}
