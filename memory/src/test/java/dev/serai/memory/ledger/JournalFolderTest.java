package dev.serai.memory.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of the journal with damaged files, and with files that are not of the journal. */
class JournalFolderTest {
  @TempDir Path folder;

  /** The number behind the highest one would have ten digits. */
  @Test
  void aStrayFileWithTheHighestNumberDoesNotSteerTheNumbers() throws Exception {
    Path own = Files.createDirectories(folder.resolve("journal"));
    Path stray = Files.writeString(own.resolve("999999999.journal"), "nothing of ours");
    Files.writeString(own.resolve("000000001.journal"), "neither");

    for (int start = 0; start < 4; start++) {
      Journal killed = opened();
      assertThat(killed.append(JournalTest.entry("start " + start))).isTrue();
      assertThat(killed.lacksFiles()).isFalse();
      killed.force();
      killed.close();
    }
    assertThat(own.resolve("000000002.journal")).exists();

    Set<String> read = new TreeSet<>();
    JournalTest.take(opened(), read);
    assertThat(read).containsExactly("start 0", "start 1", "start 2", "start 3");
    assertThat(stray).hasContent("nothing of ours");
  }

  @Test
  void aSegmentWithTheHighestNumberIsFollowedByTheLowest() throws Exception {
    Path own = Files.createDirectories(folder.resolve("journal"));
    JournalSegment last =
        JournalSegment.create(own.resolve("999999999.journal"), JournalTest.SEGMENT);
    EntryBuffer entry = JournalTest.entry("the last");
    last.append(entry.array(), entry.length());
    last.leave();

    Journal journal = opened();
    assertThat(journal.append(JournalTest.entry("the next"))).isTrue();

    Set<String> read = new TreeSet<>();
    JournalTest.take(journal, read);
    assertThat(read).containsExactly("the last", "the next");
    assertThat(own.resolve("000000000.journal")).exists();
  }

  @Test
  void aNameThatIsDamagedIsReplacedAndTheNewOneStays() throws Exception {
    Path name = Files.createDirectories(folder.resolve("journal")).resolve("name");
    byte[] half = "2d1f6f1c-".getBytes(StandardCharsets.US_ASCII);
    for (byte[] damaged :
        List.of(new byte[] {-1, -2, -1, -2}, new byte[36], half, new byte[9000])) {
      Files.write(name, damaged);
      Journal journal = opened();
      String made = journal.name();
      journal.close();

      assertThat(made).hasSize(36);
      assertThat(name).hasContent(made);
      Journal next = opened();
      assertThat(next.name()).isEqualTo(made);
      next.close();
    }
  }

  private Journal opened() throws IOException {
    long bytes = 64L * JournalTest.SEGMENT;
    Journal journal = new Journal(folder, JournalTest.SEGMENT, bytes, 50);
    journal.provide();
    return journal;
  }
}
