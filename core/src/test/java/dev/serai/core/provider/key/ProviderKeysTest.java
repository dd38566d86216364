package dev.serai.core.provider.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.provider.key.KeyHealth.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderKeysTest {
  private static final Optional<String> NAME = Optional.of("ACME_API_KEY");

  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
  private List<String> values = List.of("sk-canary-a", "sk-canary-b", "sk-canary-c");
  private final ProviderKeys keys = new ProviderKeys(name -> values, clock::get);

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  private KeyRef next(String model) {
    return ((KeyChoice.Chosen) keys.choose(NAME, model)).ref();
  }

  private KeyRef next() {
    return next("m");
  }

  /** Positions of the next keys. */
  private List<Integer> next(int count) {
    List<Integer> positions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      positions.add(next().position());
    }
    return positions;
  }

  private State state(int position) {
    return keys.statuses(NAME.get()).get(position - 1).state();
  }

  @Test
  void changedKeysAreUsedAtOnceAndThoseThatStayKeepTheirHealth() {
    KeyRef first = next();
    keys.recordRefusal(first, "m", 401);
    KeyRef second = next();
    values = List.of("sk-canary-new", "sk-canary-a");
    keys.refresh();
    assertThat(state(2)).as("the refused key, now the second").isEqualTo(State.DISABLED);
    keys.recordRefusal(second, "m", 401);
    assertThat(state(1)).as("not the key of that call").isEqualTo(State.HEALTHY);
    assertThat(next(3)).containsOnly(1);
    values = List.of();
    keys.refresh();
    assertThat(keys.choose(NAME, "m")).isInstanceOf(KeyChoice.NoKey.class);
  }

  @Test
  void keysAreUsedInTurn() {
    assertThat(next(6)).containsExactly(1, 2, 3, 1, 2, 3);
  }

  @Test
  void aLimitedKeyRestsUntilTheProviderWantsToBeAsked() {
    keys.recordRateLimit(next(), Optional.of(Duration.ofSeconds(30)));
    assertThat(next(4)).doesNotContain(1);
    assertThat(state(1)).isEqualTo(State.COOLDOWN);
    assertThat(keys.statuses(NAME.get()).getFirst().remaining()).contains(Duration.ofSeconds(30));
    pass(Duration.ofSeconds(30));
    assertThat(next(3)).contains(1);
    assertThat(state(1)).isEqualTo(State.HEALTHY);
  }

  @Test
  void whenAllRestTheOneWhoseRestEndsFirstIsAsked() {
    keys.recordRateLimit(next(), Optional.of(Duration.ofSeconds(30)));
    keys.recordRateLimit(next(), Optional.of(Duration.ofSeconds(10)));
    keys.recordRateLimit(next(), Optional.empty());
    assertThat(next(2)).containsExactly(3, 3);
    pass(KeyHealth.DEFAULT_COOLDOWN);
    keys.recordRateLimit(next(), Optional.of(Duration.ofSeconds(60)));
    assertThat(next(2)).containsExactly(2, 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 402, 0})
  void aRefusedKeyIsDisabledAndProbedByOneCallAtATime(int status) {
    keys.recordRefusal(next(), "m", status);
    assertThat(next(4)).doesNotContain(1);
    assertThat(next("other").position()).isNotEqualTo(1);
    assertThat(state(1)).isEqualTo(State.DISABLED);
    pass(KeyHealth.Disablement.MIN_TIME);
    assertThat(next(5)).containsOnlyOnce(1);
    assertThat(state(1)).isEqualTo(State.DISABLED);
  }

  @Test
  void eachRefusalInARowDoublesTheTimeToTheNextProbeUpToTenMinutes() {
    KeyRef first = next();
    Duration time = KeyHealth.Disablement.MIN_TIME;
    for (int i = 0; i < 12; i++) {
      keys.recordRefusal(first, "m", 401);
      pass(time.minusNanos(1));
      assertThat(next(3)).doesNotContain(1);
      pass(Duration.ofNanos(1));
      assertThat(next(3)).containsOnlyOnce(1);
      time = time.multipliedBy(2);
      time =
          time.compareTo(KeyHealth.Disablement.MAX_TIME) < 0
              ? time
              : KeyHealth.Disablement.MAX_TIME;
    }
  }

  @Test
  void aProbeThatSucceedsMakesTheKeyWellAgain() {
    KeyRef first = next();
    keys.recordRefusal(first, "m", 401);
    pass(KeyHealth.Disablement.MIN_TIME);
    assertThat(next(3)).contains(1);
    keys.recordSuccess(first, "m");
    assertThat(state(1)).isEqualTo(State.HEALTHY);
    assertThat(next(6)).filteredOn(position -> position == 1).hasSize(2);
  }

  @Test
  void aForbiddenModelParksTheKeyForThatModelOnly() {
    keys.recordRefusal(next("secret"), "secret", 403);
    assertThat(state(1)).isEqualTo(State.HEALTHY);
    assertThat(next(3)).contains(1);
    for (int i = 0; i < 6; i++) {
      assertThat(next("secret").position()).isNotEqualTo(1);
    }
  }

  @Test
  void whatIsRememberedOfModelsIsBounded() {
    KeyHealth health = KeyHealth.HEALTHY;
    for (int i = 0; i < 1000; i++) {
      health = health.afterRefusal(0, "model-" + i);
    }
    assertThat(health.disabledModels()).hasSize(16).containsKey("model-999");
  }

  @Test
  void whenAllAreDisabledNoneIsChosen() {
    for (int i = 0; i < 3; i++) {
      keys.recordRefusal(next(), "m", 402);
      pass(Duration.ofSeconds(1));
    }
    assertThat(keys.choose(NAME, "m"))
        .isEqualTo(new KeyChoice.AllDisabled(3, Duration.ofSeconds(7)));
  }

  @Test
  void aKeyThatIsAloneIsAlwaysUsedAndItsHealthIsShown() {
    values = List.of("sk-canary-a");
    KeyRef only = next();
    keys.recordRefusal(only, "m", 401);
    assertThat(next()).isEqualTo(only);
    assertThat(keys.hasAnother(only, "m")).isFalse();
    assertThat(state(1)).isEqualTo(State.DISABLED);
    keys.recordSuccess(only, "m");
    assertThat(state(1)).isEqualTo(State.HEALTHY);
  }

  @Test
  void withoutAKeyTheProviderIsAskedWithoutOne() {
    values = List.of();
    assertThat(keys.choose(NAME, "m")).isEqualTo(new KeyChoice.NoKey());
    assertThat(keys.choose(Optional.empty(), "m")).isEqualTo(new KeyChoice.NoKey());
  }

  @Test
  void aKeyIsShownByItsPositionAndTheStartOfItsHash() {
    KeyChoice choice = keys.choose(NAME, "m");
    assertThat(next().id()).matches("2:[0-9a-f]{8}");
    assertThat(choice + " " + next() + " " + keys.statuses(NAME.get())).doesNotContain("canary");
  }
}
