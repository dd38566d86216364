package dev.serai.memory.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.memory.database.Database;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes that share transactions, with and without a client that waits for them. */
class GroupCommitTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final long MAX_WAITING_BYTES = 10_000;

  @TempDir Path folder;

  private final AtomicLong skipped = new AtomicLong();
  private final BackgroundThreads threads =
      new BackgroundThreads(() -> System.nanoTime() + skipped.get(), (_, _, _) -> {});
  private final Words words = new Words();
  private GroupCommit<List<String>> changes;

  @BeforeEach
  void start() {
    GroupCommit.Options options =
        new GroupCommit.Options("words", "words", "changes are refused", MAX_WAITING_BYTES);
    changes = new GroupCommit<>(options, new Database("sqlite", folder), words, threads);
    changes.start();
  }

  @AfterEach
  void stop() {
    changes.stop(SOON);
  }

  @Test
  void changesThatWaitTogetherShareATransaction() {
    CountDownLatch first = holdTheWriter();
    List<CompletableFuture<Boolean>> later = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      later.add(later("word " + i).orElseThrow());
    }
    int before = words.commits.get();
    first.countDown();
    later.forEach(done -> assertThat(done).succeedsWithin(SOON));
    assertThat(words.commits.get() - before).as("the held one, and one for all").isEqualTo(2);
    assertThat(words.stored).contains("word 0", "word 4");
  }

  @Test
  void aChangeThatIsRefusedLeavesTheOthersOfItsTransaction() {
    CountDownLatch first = holdTheWriter();
    CompletableFuture<Boolean> before = later("before").orElseThrow();
    CompletableFuture<Boolean> refused =
        changes
            .<Boolean>later(
                "refused",
                0,
                _ -> {
                  throw CallerProblem.invalid("word", "no");
                })
            .orElseThrow();
    CompletableFuture<Boolean> after = later("after").orElseThrow();
    first.countDown();
    assertThat(before).succeedsWithin(SOON);
    assertThat(after).succeedsWithin(SOON);
    assertThat(refused).failsWithin(SOON).withThrowableThat().havingRootCause().withMessage("no");
    assertThat(words.stored).containsSubsequence("before", "after");
  }

  @Test
  void aClientReceivesTheProblemThatItsChangeThrows() {
    assertThatThrownBy(
            () ->
                changes.run(
                    0,
                    _ -> {
                      throw CallerProblem.invalid("word", "no");
                    }))
        .isInstanceOf(CallerProblem.class)
        .hasMessage("no");
  }

  @Test
  void moreThanMayWaitIsRefused() {
    CountDownLatch first = holdTheWriter();
    assertThat(changes.later("large", MAX_WAITING_BYTES, add("large"))).isEmpty();
    assertThatThrownBy(() -> changes.run(MAX_WAITING_BYTES, add("large")))
        .isInstanceOf(CapacityProblem.class)
        .hasMessage("Too many changes of words are waiting. Retry later.");
    first.countDown();
    assertThat(changes.run(MAX_WAITING_BYTES / 2, add("small"))).isTrue();
  }

  @Test
  void withoutItsDatabaseAClientGetsAnErrorAndWhatIsMadeLaterWaits() {
    words.down = true;
    CompletableFuture<Boolean> later = later("later").orElseThrow();
    assertThatThrownBy(() -> changes.run(0, add("now")))
        .isInstanceOfSatisfying(
            CapacityProblem.class,
            problem -> assertThat(problem.code()).isEqualTo("words_unavailable"));
    assertThatThrownBy(() -> changes.awaitChanges("later")).isInstanceOf(CapacityProblem.class);
    assertThat(later).isNotDone();
    words.down = false;
    assertThat(later).succeedsWithin(SOON);
    assertThat(words.stored).containsExactly("later");
  }

  @Test
  void aReaderWaitsForTheChangesOfWhatItReads() {
    CountDownLatch first = holdTheWriter();
    later("word");
    changes.awaitChanges("another word");
    assertThat(words.stored).doesNotContain("word");
    first.countDown();
    changes.awaitChanges("word");
    assertThat(words.stored).contains("word");
  }

  @Test
  void whatIsOldIsRemovedAtTheStartAndEveryHalfMinute() {
    changes.run(0, add("a"));
    assertThat(words.sweeps).hasValue(1);
    skipped.addAndGet(Duration.ofSeconds(29).toNanos());
    changes.run(0, add("b"));
    assertThat(words.sweeps).hasValue(1);
    skipped.addAndGet(Duration.ofSeconds(2).toNanos());
    changes.run(0, add("c"));
    assertThat(words.sweeps).hasValue(2);
  }

  @Test
  void aStopFailsWhatTheDatabaseDidNotTake() {
    words.down = true;
    CompletableFuture<Boolean> later = later("later").orElseThrow();
    changes.stop(SOON);
    assertThat(later).isCompletedExceptionally();
  }

  @Test
  void aChangeAfterTheStopFailsAtOnce() {
    changes.stop(SOON);
    assertThat(later("late").orElseThrow()).isCompletedExceptionally();
    assertThatThrownBy(() -> changes.run(0, add("late")))
        .isInstanceOf(CapacityProblem.class)
        .hasMessage("The change cannot be stored, because the gateway is stopping.");
    assertThat(words.stored).isEmpty();
  }

  @Test
  void whatIsOldAndCannotBeRemovedFailsNoChange() {
    changes.run(0, add("first"));
    words.oldIsBroken = true;
    skipped.addAndGet(Duration.ofSeconds(31).toNanos());
    CompletableFuture<Boolean> later = later("later").orElseThrow();
    assertThat(changes.run(0, add("now"))).isTrue();
    assertThat(later).succeedsWithin(SOON);
    assertThat(words.stored).containsExactly("first", "later", "now");
    changes.run(0, add("soon"));
    assertThat(words.brokenSweeps).as("not again for half a minute").hasValue(1);
    words.oldIsBroken = false;
    int before = words.sweeps.get();
    skipped.addAndGet(Duration.ofSeconds(31).toNanos());
    changes.run(0, add("again"));
    assertThat(words.sweeps).hasValue(before + 1);
  }

  private Optional<CompletableFuture<Boolean>> later(String word) {
    return changes.later(word, 0, add(word));
  }

  private static GroupCommit.Change<List<String>, Boolean> add(String word) {
    return transaction -> transaction.add(word);
  }

  /** A change that is being made until the latch is released. */
  private CountDownLatch holdTheWriter() {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch held = new CountDownLatch(1);
    changes.later(
        "held",
        0,
        transaction -> {
          running.countDown();
          await(held);
          return transaction.add("held");
        });
    await(running);
    return held;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Words that are stored when their transaction is committed over a real connection. */
  private static final class Words implements GroupCommit.Transactions<List<String>> {
    final Queue<String> stored = new ConcurrentLinkedQueue<>();
    final AtomicInteger commits = new AtomicInteger();
    final AtomicInteger sweeps = new AtomicInteger();
    final AtomicInteger brokenSweeps = new AtomicInteger();
    volatile boolean down;
    volatile boolean oldIsBroken;
    private Optional<Connection> open = Optional.empty();

    @Override
    public boolean isDue() {
      return false;
    }

    @Override
    public Optional<List<String>> begin(Connection connection, boolean changes)
        throws SQLException {
      if (down) {
        throw new SQLException("down", "08006");
      }
      open = Optional.of(connection);
      return Optional.of(new ArrayList<>());
    }

    @Override
    public boolean sweep(List<String> transaction) throws SQLException {
      if (oldIsBroken) {
        brokenSweeps.incrementAndGet();
        throw new SQLException("broken", "22021");
      }
      sweeps.incrementAndGet();
      return false;
    }

    @Override
    public void commit(List<String> transaction, boolean sweep) throws SQLException {
      open.orElseThrow().commit();
      commits.incrementAndGet();
      stored.addAll(transaction);
    }
  }
}
