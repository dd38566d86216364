package dev.serai.memory.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.memory.database.Database;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyCostsTest {
  @TempDir Path folder;

  /** With a million rows, the usage of a page of keys must not read all of them. */
  @Test
  void theUsageOfAKeyReadsItsOwnRowsOnly() throws Exception {
    try (Connection connection = new Database("sqlite", folder).connect();
        PreparedStatement plan =
            connection.prepareStatement("EXPLAIN QUERY PLAN " + KeyCosts.SUMS);
        ResultSet step = plan.executeQuery()) {
      assertThat(step.next()).isTrue();
      assertThat(step.getString("detail"))
          .contains("SEARCH", "usage_hour_key (tenant=? AND caller_key=?)");
    }
  }
}
