package dev.serai.core.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RefreshingValueTest {
  private static final Instant START = Instant.parse("2026-11-21T00:00:00Z");
  private static final RefreshingValue.Times TIMES =
      new RefreshingValue.Times(
          Duration.ofSeconds(30),
          Duration.ofSeconds(200),
          Duration.ofMinutes(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(4));

  private Instant now = START;
  private Optional<Instant> expiration = Optional.empty();
  private final List<CompletableFuture<String>> fetches = new ArrayList<>();
  private final RefreshingValue<String> value =
      new RefreshingValue<>(TIMES, text -> expiration, () -> now);

  private CompletableFuture<String> get() {
    return value.get(
        () -> {
          CompletableFuture<String> begun = new CompletableFuture<>();
          fetches.add(begun);
          return begun;
        });
  }

  private void pass(long seconds) {
    now = now.plusSeconds(seconds);
  }

  @Test
  void allWaitForOneFetch() {
    CompletableFuture<String> first = get();
    CompletableFuture<String> second = get();
    fetches.getFirst().complete("a");
    assertThat(first).isCompletedWithValue("a");
    assertThat(second).isCompletedWithValue("a");
    assertThat(fetches).hasSize(1);
  }

  @Test
  void aFetchThatCannotStartIsAFailureAndTheNextOneIsTried() {
    CompletableFuture<String> failed =
        value.get(
            () -> {
              throw new IllegalStateException("no thread");
            });
    assertThatThrownBy(failed::join).hasMessageContaining("no thread");
    pass(1);
    CompletableFuture<String> next = get();
    fetches.getFirst().complete("a");
    assertThat(next).isCompletedWithValue("a");
  }

  @Test
  void anOldValueServesWhileItIsRenewedAndNotOnceItHasExpired() {
    expiration = Optional.of(START.plusSeconds(1000));
    get();
    fetches.getFirst().complete("a");
    pass(801);
    assertThat(get()).isCompletedWithValue("a");
    assertThat(fetches).hasSize(2);
    pass(170);
    assertThat(get()).isNotDone();
  }

  @Test
  void aClockThatIsSetBackDelaysNoRefresh() {
    get();
    fetches.getFirst().completeExceptionally(new IllegalStateException("away"));
    assertThat(get()).as("the pause after a failure").isCompletedExceptionally();
    pass(-3600);
    CompletableFuture<String> next = get();
    fetches.getLast().complete("a");
    assertThat(next).isCompletedWithValue("a");
    pass(-3600);
    assertThat(get()).as("the value is renewed, and serves").isCompletedWithValue("a");
    assertThat(fetches).hasSize(3);
    fetches.getLast().complete("b");
    pass(-3600);
    assertThat(value.forget("b"::equals)).as("a rejected value goes").isTrue();
  }

  @Test
  void aValueWithoutAnExpirationIsRenewedAndStaysUsable() {
    get();
    fetches.getFirst().complete("a");
    pass(61);
    assertThat(get()).isCompletedWithValue("a");
    fetches.getLast().completeExceptionally(new IllegalStateException("gone"));
    pass(100_000);
    assertThat(get()).isCompletedWithValue("a");
  }

  @Test
  void thePauseAfterFailuresDoublesUpToItsLimit() {
    for (int pause : List.of(1, 2, 4, 4)) {
      CompletableFuture<String> failed = get();
      int begun = fetches.size();
      fetches.getLast().completeExceptionally(new IllegalStateException("none"));
      assertThatThrownBy(failed::join).hasMessageContaining("none");
      now = now.plusSeconds(pause).minusNanos(1);
      assertThatThrownBy(() -> get().join()).hasMessageContaining("none");
      assertThat(fetches).hasSize(begun);
      now = now.plusNanos(1);
    }
  }
}
