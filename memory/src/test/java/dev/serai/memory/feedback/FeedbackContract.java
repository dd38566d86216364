package dev.serai.memory.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.serai.core.feedback.Feedback;
import dev.serai.core.feedback.FeedbackSource;
import dev.serai.core.feedback.FeedbackStore;
import dev.serai.core.feedback.FeedbackStore.Entry;
import dev.serai.core.keys.KeyQuery;
import dev.serai.core.problem.CallerProblem;
import dev.serai.memory.database.Database;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How feedback is stored, on every database. */
abstract class FeedbackContract {
  @TempDir Path folder;
  private final String call = UUID.randomUUID().toString();
  private final String tenant = "tenant-" + call;
  private StoredFeedback store;
  private StoredFeedback ofAnotherGateway;

  abstract String url();

  @BeforeEach
  void open() {
    store = new StoredFeedback(new Database(url(), folder));
    ofAnotherGateway = new StoredFeedback(new Database(url(), folder));
  }

  @AfterEach
  void close() {
    store.close();
    ofAnotherGateway.close();
  }

  @Test
  void aScoreThatIsGivenAgainReplacesTheFirstAndTheSameChangesNothing() {
    assertThat(store.put(score("k", 0.25)))
        .isEqualTo(new FeedbackStore.Change(OptionalDouble.empty(), OptionalDouble.of(0.25)))
        .extracting(FeedbackStore.Change::quality)
        .isEqualTo(-0.75);
    assertThat(ofAnotherGateway.put(score("k", 0.25)).quality()).isZero();
    assertThat(ofAnotherGateway.put(score("k", 0.75)).quality()).isEqualTo(0.5);
    assertThat(list(Optional.empty(), 10)).hasSize(1);
    assertThat(list(Optional.empty(), 10).getFirst().feedback()).isEqualTo(score("k", 0.75));
  }

  @Test
  void theMeanOfSeveralKeysCounts() {
    store.put(score("one", 0));
    assertThat(store.put(score("two", 1)).quality()).isEqualTo(0.5);
    assertThat(store.put(score("one", 1)).after()).hasValue(1);
  }

  @Test
  void aMetricIsNotAScore() {
    Feedback metric = new Feedback(call, tenant, "k", Optional.of("seconds"), 42.5, "saved", 1_000);
    assertThat(store.put(metric).quality()).isZero();
    assertThat(store.put(score("k", 0)).quality()).isEqualTo(-1);
    assertThat(list(Optional.empty(), 10))
        .extracting(Entry::feedback)
        .containsExactly(score("k", 0), metric);
  }

  @Test
  void whatWasObservedCountsUntilACallerGivesAScore() {
    store.put(new Feedback(call, tenant, "k", Optional.of("serai-retry"), -5, "", 1_000));
    Feedback retry = observed(FeedbackSource.RETRY, -0.25);
    assertThat(store.put(retry).quality()).isEqualTo(-0.25);
    assertThat(store.put(retry).quality()).as("again").isZero();
    assertThat(store.put(observed(FeedbackSource.ABORT, -0.5)).after()).hasValue(0.25);
    assertThat(store.put(observed(FeedbackSource.TOOL, -0.5)).after()).hasValue(0);
    assertThat(store.put(observed(FeedbackSource.TOOL, 0)).after()).hasValue(0.25);
    assertThat(store.put(observed(FeedbackSource.FORMAT, -0.125)).after()).hasValue(0.125);
    assertThat(store.put(observed(FeedbackSource.FORMAT, 0)).after()).hasValue(0.25);
    assertThat(store.put(observed(FeedbackSource.JUDGE, 0.875)).after()).hasValue(0.125);
    assertThat(store.put(score("k", 0.75)).after()).hasValue(0.75);
    assertThat(store.put(observed(FeedbackSource.TOOL, -1)).quality()).isZero();
    assertThat(list(Optional.empty(), 10).getFirst().feedback().source())
        .isEqualTo(FeedbackSource.TOOL);
  }

  private Feedback observed(FeedbackSource source, double change) {
    return Feedback.observed(source, new Feedback.Subject(call, tenant), change, 1_000);
  }

  @Test
  void pagesHaveTheNewestFirstAndOneTenantOnly() {
    for (int i = 0; i < 5; i++) {
      store.put(score("key-" + i, i / 10.0));
      store.put(new Feedback(call, "other", "other-" + i, Optional.empty(), 0, "", 0));
    }
    List<Entry> first = list(Optional.empty(), 3);
    assertThat(first)
        .extracting(entry -> entry.feedback().key())
        .containsExactly("key-4", "key-3", "key-2");
    assertThat(list(Optional.of(Long.toString(first.getLast().number())), 3))
        .extracting(entry -> entry.feedback().key())
        .containsExactly("key-1", "key-0");
    assertThat(store.list(new KeyQuery(Optional.empty(), Optional.empty(), 3)))
        .as("of all tenants")
        .extracting(entry -> entry.feedback().tenant())
        .contains("other", tenant);
    assertThatExceptionOfType(CallerProblem.class)
        .isThrownBy(() -> list(Optional.of("x"), 1))
        .withMessageContaining("'after' must be");
  }

  @Test
  void aCallHasABoundedNumberOfEntries() {
    for (int i = 0; i < Feedback.MAX_OF_CALL; i++) {
      store.put(score("key-" + i, 1));
    }
    assertThatExceptionOfType(CallerProblem.class)
        .isThrownBy(() -> store.put(score("one more", 0)))
        .satisfies(refused -> assertThat(refused.code()).isEqualTo("too_much_feedback"));
    assertThat(store.put(score("key-0", 0.5)).before()).as("the refused one is gone").hasValue(1);
  }

  /** What gateways learn is the sum of the changes, so no change may be counted twice. */
  @Test
  void changesOfTwoGatewaysAtOnceAddUpToTheLastMean() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<FeedbackStore.Change>> changes = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        int number = i;
        StoredFeedback through = i % 2 == 0 ? store : ofAnotherGateway;
        changes.add(threads.submit(() -> through.put(score("key-" + number % 3, number / 40.0))));
      }
      double sum = 1;
      for (Future<FeedbackStore.Change> change : changes) {
        sum += change.get().quality();
      }
      double mean =
          list(Optional.empty(), 10).stream()
              .mapToDouble(entry -> entry.feedback().value())
              .average()
              .orElseThrow();
      assertThat(sum).isCloseTo(mean, within(1e-9));
    }
  }

  private List<Entry> list(Optional<String> after, int limit) {
    return store.list(new KeyQuery(Optional.of(tenant), after, limit));
  }

  private Feedback score(String key, double score) {
    return new Feedback(call, tenant, key, Optional.empty(), score, "", 1_000);
  }
}
