package dev.serai.memory.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
  private static final int SEGMENT = 8 * 1024;

  @TempDir Path folder;

  @Test
  void entriesOfManyThreadsAreReadOnce() throws Exception {
    Journal journal = opened(64);
    Set<String> read = new TreeSet<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int t = 0; t < 4; t++) {
        int thread = t;
        threads.submit(
            () -> {
              for (int i = 0; i < 5000; i++) {
                while (!journal.append(entry(thread + "/" + i))) {
                  Thread.onSpinWait();
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

    Journal.Batch first = journal.read(100);
    journal.undo(first);
    Journal.Batch second = journal.read(100);

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
    // The process ended between claiming the second place and telling its length.
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
      taken++;
      journal.provide();
    }

    assertThat(journal.bytes()).isEqualTo(4L * SEGMENT);
    assertThat(journal.full()).isTrue();
    Set<String> read = new TreeSet<>();
    List<byte[]> entries = new ArrayList<>();
    for (Journal.Batch b = journal.read(10); !b.entries().isEmpty(); b = journal.read(10)) {
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

  private static void take(Journal journal, Set<String> into) throws IOException {
    while (true) {
      journal.provide();
      journal.shelve();
      Journal.Batch batch = journal.read(500);
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

  private static List<String> texts(Journal.Batch batch) {
    return batch.entries().stream().map(e -> EntryBuffer.of(e).text()).toList();
  }

  private static EntryBuffer entry(String text) {
    EntryBuffer bytes = new EntryBuffer();
    bytes.text(text, 4000);
    return bytes;
  }
}
