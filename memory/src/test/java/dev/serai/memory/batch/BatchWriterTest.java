package dev.serai.memory.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.background.BackgroundThreads;
import dev.serai.memory.database.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Every order of adding, flushing, stopping and failing. */
class BatchWriterTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int MAX_BATCH = 8;

  @TempDir Path folder;

  private final AtomicLong skipped = new AtomicLong();
  private final Queue<String> deaths = new ConcurrentLinkedQueue<>();
  private final BackgroundThreads threads =
      new BackgroundThreads(
          () -> System.nanoTime() + skipped.get(), (thread, why, pause) -> deaths.add(thread));
  private final Words words = new Words();
  private BatchWriter writer;

  @AfterEach
  void stop() throws InterruptedException {
    if (writer != null) {
      writer.stop(SOON);
    }
  }

  @Test
  void aFlushWaitsForEverythingThatWasAddedBefore() {
    start(Duration.ofHours(1));
    for (int i = 0; i < 100; i++) {
      add("word " + i);
    }

    assertThat(writer.flush(SOON)).isTrue();
    assertThat(words.written).hasSize(100);
    assertThat(words.largest).isEqualTo(MAX_BATCH);
  }

  /** In a process of its own, in which nothing else has loaded it. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void theLibraryOfTheDatabaseIsLoadedBeforeThereIsAnythingToWrite() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Idle.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8)).contains(LOADED);
  }

  private static final String LOADED = "the library of SQLite is loaded";

  /** Starts a writer that has nothing to write, and says when the library is in the process. */
  static final class Idle {
    private Idle() {}

    public static void main(String[] folder) throws Exception {
      BatchWriterTest test = new BatchWriterTest();
      test.folder = Path.of(folder[0]);
      test.start(Duration.ofHours(1));
      until(() -> isMapped("sqlitejdbc"));
      System.out.println(LOADED);
      test.stop();
    }

    private static boolean isMapped(String library) {
      try {
        return Files.readString(Path.of("/proc/self/maps")).contains(library);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  void aFlushOfNothingReturnsAtOnce() {
    start(Duration.ofMillis(1));

    assertThat(writer.flush(SOON)).isTrue();
    until(() -> writer.lagNanos() == 0);
  }

  @Test
  void aFlushReturnsWhileMoreIsAddedAllTheTime() throws Exception {
    start(Duration.ofMillis(1));
    AtomicBoolean enough = new AtomicBoolean();
    Thread adding =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int i = 0; !enough.get(); i++) {
                    add("word " + i);
                    LockSupport.parkNanos(1_000);
                  }
                });
    until(() -> words.written.size() > 20);
    boolean flushed = true;
    for (int i = 0; i < 20 && flushed; i++) {
      add("mine " + i);
      flushed = writer.flush(Duration.ofSeconds(5)) && words.written.contains("mine " + i);
    }
    enough.set(true);
    adding.join();

    assertThat(flushed).isTrue();
  }

  @Test
  void aFlushIsFalseWhileTheDatabaseIsDownAndTrueAfterwards() {
    words.failure = () -> new SQLException("down", "08006");
    start(Duration.ofMillis(1));
    add("a");

    assertThat(writer.flush(Duration.ofMillis(100))).isFalse();
    until(() -> !writer.databaseUp());
    until(() -> words.databaseFailures.get() > 0);
    skipped.addAndGet(Duration.ofMinutes(1).toNanos());
    assertThat(writer.lagNanos()).isGreaterThan(Duration.ofMinutes(1).toNanos());

    words.failure = () -> null;
    assertThat(writer.flush(SOON)).isTrue();
    assertThat(writer.databaseUp()).isTrue();
    assertThat(words.written).containsExactly("a");
    until(() -> writer.lagNanos() == 0);
    assertThat(writer.setAside()).isZero();
  }

  /** An hour stands for the wait that is right while the database only lags. */
  @Test
  @Timeout(60)
  void aFlushThatFindsTheDatabaseDownOrLearnsItDoesNotWaitForTheWholeTime() {
    words.failure = () -> new SQLException("down", "08006");
    start(Duration.ofMillis(1));
    add("a");

    assertThat(writer.flush(Duration.ofHours(1))).as("learns it").isFalse();
    assertThat(writer.databaseUp()).isFalse();
    assertThat(writer.flush(Duration.ofHours(1))).as("knows it").isFalse();
  }

  @Test
  void entriesThatTheDatabaseRefusesAreSetAsideAndTheOthersAreWrittenOnce() {
    words.poison.addAll(List.of("word 0", "word 13", "word 14", "word 29"));
    start(Duration.ofMillis(1));
    for (int i = 0; i < 30; i++) {
      add("word " + i);
    }

    assertThat(writer.flush(SOON)).isTrue();
    assertThat(words.written).hasSize(26).doesNotHaveDuplicates();
    assertThat(words.aside).containsExactly("word 0", "word 13", "word 14", "word 29");
    assertThat(writer.setAside()).isEqualTo(4);
    assertThat(writer.databaseUp()).isTrue();
    assertThat(deaths).isEmpty();
  }

  @Test
  void anEntryThatTheCodeCannotHandleIsSetAsideToo() {
    words.crash.add("b");
    start(Duration.ofMillis(1));
    List.of("a", "b", "c").forEach(this::add);

    assertThat(writer.flush(SOON)).isTrue();
    assertThat(words.written).containsExactly("a", "c");
    assertThat(words.aside).containsExactly("b");
    assertThat(deaths).isEmpty();
  }

  @Test
  void anErrorRestartsTheThreadAndNothingIsLost() {
    AtomicInteger left = new AtomicInteger(2);
    words.error = () -> left.getAndDecrement() > 0;
    start(Duration.ofMillis(1));
    List.of("a", "b", "c").forEach(this::add);

    assertThat(writer.flush(SOON)).isTrue();
    assertThat(words.written).containsExactly("a", "b", "c");
    assertThat(deaths).containsExactly("words", "words");
    assertThat(threads.failing()).containsExactly("words");
    assertThat(threads.vitalOnesRun()).isFalse();
  }

  @Test
  void aCollisionIsTriedAgainAtOnce() {
    AtomicInteger left = new AtomicInteger(1);
    words.failure = () -> left.getAndDecrement() > 0 ? new SQLException("deadlock", "40P01") : null;
    start(Duration.ofMillis(1));
    List.of("a", "b", "c").forEach(this::add);

    assertThat(writer.flush(SOON)).isTrue();
    assertThat(words.written).containsExactly("a", "b", "c");
    assertThat(words.databaseFailures).hasValue(0);
  }

  @Test
  void aStopWritesWhatIsThereAndClosesTheSource() throws Exception {
    start(Duration.ofHours(1));
    for (int i = 0; i < 50; i++) {
      add("word " + i);
    }
    writer.stop(SOON);

    assertThat(words.written).hasSize(50);
    assertThat(words.closed.await(0, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aStopWhileTheDatabaseIsDownClosesTheSourceWithWhatIsUnwritten() throws Exception {
    words.failure = () -> new SQLException("down", "57P03");
    start(Duration.ofMillis(1));
    add("a");
    until(() -> !writer.databaseUp());
    writer.stop(SOON);

    assertThat(words.closed.await(0, TimeUnit.SECONDS)).isTrue();
    assertThat(words.waiting).containsExactly("a");
  }

  @Test
  void aStopAfterAnErrorClosesTheSourceToo() throws Exception {
    words.error = () -> words.closing.get() == 0;
    start(Duration.ofMillis(1));
    add("a");
    until(() -> !deaths.isEmpty());
    words.closing.set(1);
    writer.stop(SOON);

    assertThat(words.closed.await(0, TimeUnit.SECONDS)).isTrue();
    assertThat(words.written).containsExactly("a");
  }

  private void start(Duration gather) {
    BatchWriter.Options options =
        new BatchWriter.Options(
            "words", true, "words wait", gather, Duration.ofHours(1), false, MAX_BATCH);
    writer = new BatchWriter(options, new Database("sqlite", folder), words, threads);
    writer.start();
  }

  private void add(String word) {
    words.waiting.add(word);
    writer.wake();
  }

  private interface Condition {
    boolean holds();
  }

  private static void until(Condition condition) {
    long end = System.nanoTime() + SOON.toNanos();
    while (!condition.holds()) {
      assertThat(System.nanoTime()).isLessThan(end);
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** Words that are written over a real connection, which fails when the test says so. */
  private static final class Words implements BatchSource {
    final Queue<String> waiting = new ConcurrentLinkedQueue<>();
    final Queue<String> written = new ConcurrentLinkedQueue<>();
    final Queue<String> aside = new ConcurrentLinkedQueue<>();
    final Set<String> poison = ConcurrentHashMap.newKeySet();
    final Set<String> crash = ConcurrentHashMap.newKeySet();
    final AtomicInteger databaseFailures = new AtomicInteger();
    final AtomicInteger closing = new AtomicInteger();
    final CountDownLatch closed = new CountDownLatch(1);
    volatile Supplier<SQLException> failure = () -> null;
    volatile Condition error = () -> false;
    volatile int largest;
    private List<String> batch = new ArrayList<>();

    @Override
    public boolean isEmpty() {
      return waiting.isEmpty();
    }

    @Override
    public void connected(Connection connection) throws SQLException {
      assertThat(connection.getAutoCommit()).isFalse();
    }

    @Override
    public Progress writeNext(Connection connection, int max) throws SQLException {
      batch = waiting.stream().limit(max).toList();
      largest = Math.max(largest, batch.size());
      SQLException down = failure.get();
      if (down != null) {
        throw down;
      }
      if (error.holds()) {
        throw new LinkageError("a class is missing");
      }
      if (batch.stream().anyMatch(poison::contains)) {
        throw new SQLException("refused", "22021");
      }
      if (batch.stream().anyMatch(crash::contains)) {
        throw new IllegalStateException("unknown entry");
      }
      connection.commit();
      Progress progress = batch.size() < max ? Progress.ALL : Progress.MORE;
      written.addAll(batch);
      batch.forEach(done -> waiting.remove());
      batch = List.of();
      return progress;
    }

    @Override
    public int open() {
      return batch.size();
    }

    @Override
    public void takeBack() {
      batch = List.of();
    }

    @Override
    public String setAside(Exception why) {
      batch = List.of();
      String word = waiting.remove();
      aside.add(word);
      return word;
    }

    @Override
    public void databaseFailed(SQLException why) {
      databaseFailures.incrementAndGet();
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }
}
