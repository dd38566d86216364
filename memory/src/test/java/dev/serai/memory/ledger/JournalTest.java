package dev.serai.memory.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  static final int SEGMENT = 8 * 1024;

  @TempDir Path folder;

  @Test
  void entriesOfManyThreadsAreReadOnce() throws Exception {
    Journal journal = opened(64);
    Set<String> read = new TreeSet<>();
    long latest = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int t = 0; t < 4; t++) {
        int thread = t;
        threads.submit(
            () -> {
              for (int i = 0; i < 5000; i++) {
                while (!journal.append(entry(thread + "/" + i))) {
                  assertThat(System.nanoTime()).as("waits for room").isLessThan(latest);
                }
              }
            });
      }
      threads.shutdown();
      while (!threads.awaitTermination(1, TimeUnit.MILLISECONDS)) {
        take(journal, read);
      }
    }
    take(journal, read);

    assertThat(read).hasSize(20_000);
    assertThat(journal.drained()).isTrue();
    assertThat(journal.waiting()).isZero();
  }

  @Test
  void anUnwrittenBatchIsReadAgain() throws Exception {
    Journal journal = opened(64);
    journal.append(entry("a"));
    journal.append(entry("b"));

    JournalBatch first = journal.read(100);
    journal.undo(first);
    JournalBatch second = journal.read(100);

    assertThat(texts(first)).containsExactly("a", "b");
    assertThat(texts(second)).containsExactly("a", "b");
  }

  @Test
  void theNextProcessFindsTheEntriesOfTheLast() throws Exception {
    Journal left = opened(64);
    for (int i = 0; i < 1000; i++) {
      assertThat(left.append(entry("entry " + i))).isTrue();
      if (left.waiting() == 40) {
        left.provide();
        left.shelve();
      }
    }
    left.close();

    Journal next = opened(64);

    Set<String> read = new TreeSet<>();
    take(next, read);
    assertThat(read).hasSize(1000);
    assertThat(next.drained()).isTrue();
  }

  @Test
  void anUnfilledPlaceLosesNoOtherEntry() throws Exception {
    Journal left = opened(64);
    left.append(entry("before"));
    left.append(entry("gone"));
    left.append(entry("after"));
    left.close();
    // The process ended between reserving the second place and telling its length.
    Path file = files().getFirst();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(4), 16);
    }

    Set<String> read = new TreeSet<>();
    take(opened(64), read);

    assertThat(read).containsExactly("after", "before");
  }

  @Test
  void twoJournalsInOneFolderUseDifferentFiles() throws Exception {
    Journal one = opened(64);
    Journal two = opened(64);
    one.append(entry("one"));
    two.append(entry("two"));

    Set<String> read = new TreeSet<>();
    take(two, read);
    assertThat(read).containsExactly("two");
  }

  @Test
  void aFullJournalCreatesNoMoreFilesAndReportsIt() throws Exception {
    Journal journal = opened(4);
    int taken = 0;
    while (journal.append(entry("x".repeat(1000)))) {
      assertThat(taken++).as("entries of 1 KB in 32 KB").isLessThan(1000);
      journal.provide();
    }

    assertThat(journal.bytes()).isEqualTo(4L * SEGMENT);
    assertThat(journal.full()).isTrue();
    Set<String> read = new TreeSet<>();
    List<byte[]> entries = new ArrayList<>();
    for (JournalBatch b = journal.read(10); !b.entries().isEmpty(); b = journal.read(10)) {
      entries.addAll(b.entries());
      journal.done(b);
    }
    take(journal, read);
    assertThat(entries).hasSize(taken);
    assertThat(journal.full()).isFalse();
    assertThat(journal.append(entry("again"))).isTrue();
  }

  @Test
  void anEmptyJournalLeavesNoFile() throws Exception {
    Journal journal = opened(64);
    journal.append(entry("a"));
    take(journal, new TreeSet<>());
    journal.close();

    assertThat(files()).isEmpty();
  }

  @Test
  void whatIsNotOfTheJournalIsNeitherReadNorDeleted() throws Exception {
    Path own = Files.createDirectories(folder.resolve("journal"));
    List<Path> strays =
        List.of(own.resolve("stray.journal"), own.resolve("000000007.journal"), own.resolve("x"));
    for (Path stray : strays) {
      Files.writeString(stray, "nothing of ours");
    }
    Files.createDirectories(own.resolve("000000009.journal"));

    Journal journal = opened(64);
    journal.append(entry("a"));
    Set<String> read = new TreeSet<>();
    take(journal, read);
    journal.close();

    assertThat(read).containsExactly("a");
    for (Path stray : strays) {
      assertThat(stray).hasContent("nothing of ours");
    }
  }

  @Test
  void entriesOfAnotherVersionAreLeftForIt() throws Exception {
    Journal newer = opened(64);
    EntryBuffer entry = new EntryBuffer();
    entry.number(99);
    entry.text("of a later version", 100);
    newer.append(entry);
    newer.close();
    byte[] before = Files.readAllBytes(files().getFirst());

    Journal journal = opened(64);
    journal.append(entry("a"));
    Set<String> read = new TreeSet<>();
    take(journal, read);
    assertThat(read).containsExactly("a");
    assertThat(journal.drained()).isTrue();
    journal.close();

    assertThat(files()).hasSize(1);
    assertThat(Files.readAllBytes(files().getFirst())).isEqualTo(before);
  }

  @Test
  void aListOfRunningCallsOfAnotherVersionIsLeftForIt() throws Exception {
    Path own = Files.createDirectories(folder.resolve("journal"));
    JournalSegment newer = JournalSegment.create(own.resolve("running-calls"), SEGMENT);
    EntryBuffer entry = new EntryBuffer();
    entry.number(99);
    newer.append(entry.array(), entry.length());
    newer.leave();
    byte[] before = Files.readAllBytes(own.resolve("running-calls"));

    Journal journal = opened(64);
    Set<String> read = new TreeSet<>();
    take(journal, read);
    assertThat(read).isEmpty();
    assertThat(journal.drained()).isTrue();
    journal.close();

    assertThat(files())
        .singleElement()
        .satisfies(kept -> assertThat(kept).hasBinaryContent(before));
  }

  /** The bytes of calls that have ended stay in the list; they are not entries. */
  @Test
  void aListOfRunningCallsThatAKillLeavesWhileNoneRunsIsRemoved() throws Exception {
    Path own = Files.createDirectories(folder.resolve("journal"));
    RunningCalls killed = new RunningCalls();
    killed.provide(own.resolve("running-calls"));
    killed.remove(killed.add(entry("a call that has ended")));

    Journal journal = opened(64);
    assertThat(journal.drained()).isTrue();
    journal.close();

    assertThat(files()).isEmpty();
  }

  /** A folder in its place fails the write of the name as a full disk does. */
  @Test
  void aFolderThatCannotBeWrittenAtFirstIsTheJournalOnceItCan() throws Exception {
    Path inPlace = Files.createDirectories(folder.resolve("journal/name/x"));
    Journal journal = new Journal(folder, SEGMENT, 64L * SEGMENT, 50);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(journal::provide).isInstanceOf(IOException.class);
      assertThat(journal.lacksFiles()).isTrue();
    }
    Files.delete(inPlace);
    Files.delete(folder.resolve("journal/name"));
    journal.provide();

    assertThat(journal.lacksFiles()).isFalse();
    assertThat(files()).hasSize(2);
    assertThat(folder.resolve("journal-2")).doesNotExist();
  }

  /** What waits in memory would be lost by a kill, so calls are refused before that. */
  @Test
  void aJournalThatCannotMakeFilesSaysSoWhileThereIsRoomForTheCallsThatRun() throws Exception {
    Journal journal = opened(64);
    int taken = 0;
    while (!journal.lacksFiles()) {
      assertThat(journal.append(entry("x".repeat(500)))).isTrue();
      assertThat(taken++).as("entries of half a KB in two files").isLessThan(32);
      Thread.currentThread().interrupt(); // fails the write of the next file
      try {
        journal.provide();
      } catch (IOException e) {
        assertThat(journal.waiting()).isZero();
      }
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(taken).isGreaterThan(16);
    assertThat(journal.append(entry("x".repeat(500)))).isTrue();
    assertThat(journal.waiting()).as("it is in a file").isZero();
    journal.provide();
    assertThat(journal.lacksFiles()).isFalse();
  }

  @Test
  void aSegmentThatIsHalfMadeIsRemoved() throws Exception {
    Path own = Files.createDirectories(folder.resolve("journal"));
    Files.write(own.resolve("000000001.journal"), new byte[SEGMENT / 2]);
    Files.write(own.resolve("000000002.journal"), new byte[0]);

    Journal journal = opened(64);
    assertThat(journal.drained()).isTrue();
    journal.close();

    assertThat(files()).isEmpty();
  }

  /** An interrupt fails the write as a full disk does: after the file was created. */
  @Test
  void aSegmentThatCannotBeWrittenLeavesNoFile() {
    Path file = folder.resolve("000000001.journal");
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> JournalSegment.create(file, SEGMENT)).isInstanceOf(IOException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(file).doesNotExist();
  }

  @Test
  void onlyTheOwnerMayReadTheFiles() throws Exception {
    Journal journal = opened(64);
    journal.append(entry("a"));
    journal.close();

    for (Path file : files()) {
      assertThat(Files.getPosixFilePermissions(file))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
    assertThat(files()).isNotEmpty();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("journal"))) {
      return files.filter(f -> f.toString().endsWith(".journal")).sorted().toList();
    }
  }

  private Journal opened(int segments) throws IOException {
    Journal journal = new Journal(folder, SEGMENT, (long) segments * SEGMENT, 50);
    journal.provide();
    return journal;
  }

  static void take(Journal journal, Set<String> into) throws IOException {
    while (true) {
      journal.provide();
      journal.shelve();
      JournalBatch batch = journal.read(500);
      if (batch.entries().isEmpty()) {
        journal.done(batch);
        return;
      }
      for (String text : texts(batch)) {
        assertThat(into.add(text)).as("once: " + text).isTrue();
      }
      journal.done(batch);
    }
  }

  private static List<String> texts(JournalBatch batch) {
    return batch.entries().stream().map(JournalTest::text).toList();
  }

  private static String text(byte[] entry) {
    EntryBuffer buffer = EntryBuffer.of(entry);
    assertThat(buffer.number()).isEqualTo(1);
    return buffer.text();
  }

  static EntryBuffer entry(String text) {
    EntryBuffer bytes = new EntryBuffer();
    bytes.number(1); // the version
    bytes.text(text, 4000);
    return bytes;
  }
}
