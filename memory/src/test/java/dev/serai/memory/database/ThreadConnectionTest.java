package dev.serai.memory.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThreadConnectionTest {
  private final List<Exception> reported = new ArrayList<>();

  private boolean works(ThreadConnection open) {
    return open.run(connection -> {}, reported::add);
  }

  private boolean fails(ThreadConnection open) {
    return open.run(
        connection -> {
          throw new SQLException("it fails");
        },
        reported::add);
  }

  @Test
  void eachFailureClosesTheConnectionAndTheFirstInARowIsReported(@TempDir Path folder)
      throws SQLException {
    ThreadConnection open = ThreadConnection.of(new Database("sqlite", folder), "test");
    assertThat(works(open)).isTrue();
    Connection first = open.get();
    assertThat(first.isClosed()).isFalse();

    assertThat(fails(open)).isFalse();
    assertThat(first.isClosed()).isTrue();
    assertThat(open.isOpen()).isFalse();
    assertThat(fails(open)).isFalse();
    assertThat(reported).hasSize(1);

    assertThat(works(open)).isTrue();
    assertThat(open.get()).isNotSameAs(first);
    assertThat(fails(open)).isFalse();
    assertThat(reported).hasSize(2);
  }
}
