package dev.serai.memory.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.memory.MemoryEntry;
import dev.serai.core.memory.MemoryPath;
import dev.serai.memory.database.Database;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecentReadsTest {
  @TempDir Path folder;
  private final RecentReads reads = new RecentReads();

  private static MemoryEntry entry(int number, boolean evictable) {
    Instant now = Instant.EPOCH;
    MemoryPath path = new MemoryPath("n", Integer.toString(number));
    return new MemoryEntry(path, 1, 1, now, now, Optional.empty(), evictable, List.of());
  }

  private Map<RecentReads.Key, Long> written() throws SQLException {
    try (Connection connection = new Database("sqlite", folder).connect()) {
      return reads.write(connection);
    }
  }

  @Test
  void readsOfObjectsThatStayAreNotNoted() {
    reads.note("t", entry(1, false), 1);
    assertThat(reads.isEmpty()).isTrue();
  }

  @Test
  void theNumberOfNotedReadsIsBoundedAndOneMoreOfAKnownObjectIsNoted() throws SQLException {
    for (int i = 0; i < RecentReads.MAX + 100; i++) {
      assertThat(reads.areMany()).isEqualTo(i >= RecentReads.MANY);
      reads.note("t", entry(i, true), 1);
    }
    reads.note("t", entry(0, true), 2);
    assertThat(written())
        .hasSize(RecentReads.MAX)
        .containsEntry(new RecentReads.Key("t", "n/0"), 2L);
  }

  @Test
  void whatWasReadAgainWhileItWasWrittenIsWrittenAgain() throws SQLException {
    reads.note("t", entry(1, true), 1);
    reads.note("t", entry(2, true), 1);
    Map<RecentReads.Key, Long> written = written();
    reads.note("t", entry(2, true), 5);
    reads.forget(written);
    assertThat(written()).containsExactly(Map.entry(new RecentReads.Key("t", "n/2"), 5L));
    reads.forget(written());
    assertThat(reads.isEmpty()).isTrue();
  }
}
