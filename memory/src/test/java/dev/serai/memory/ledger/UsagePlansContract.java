package dev.serai.memory.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.usage.Dimension;
import dev.serai.core.usage.UsageQuery;
import dev.serai.memory.database.Database;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the database reads the ledger: totals from sums, and single calls by an index. */
abstract class UsagePlansContract {
  private static final long HOUR = 3_600_000;
  private static final Set<Dimension> FINER =
      EnumSet.of(Dimension.KEY, Dimension.USER, Dimension.HOUR);

  /** The index of the copies that experiments make. */
  private static final String COPIES = "usage_attempt_copies";

  @TempDir Path folder;

  abstract String url();

  /** What introduces a statement whose plan is wanted. */
  abstract String explain();

  /** A part of a plan that reads a bounded part of the attempts by their key. */
  abstract String boundedAttempts();

  /** A part of a plan that finds calls by the ID of their client. */
  abstract String byClientId();

  /** Prepares the connection so that the plan for few rows is that for many. */
  void prepare(Statement statement) throws SQLException {}

  @Test
  void totalsOfAllTimeAreReadFromSumsForEveryGroupAndFilter() throws SQLException {
    try (Connection connection = new Database(url(), folder).connect()) {
      for (Dimension group : summed()) {
        for (Dimension filter : filters()) {
          UsageQuery query =
              new UsageQuery(0, Long.MAX_VALUE, Map.of(filter, "x"), List.of(group), 100);
          boolean finer = FINER.contains(group) || FINER.contains(filter);
          assertThat(plan(connection, query))
              .as(group + " of one " + filter)
              .contains(finer ? "usage_hour" : "usage_day")
              .satisfies(this::hasCopiesOnly);
        }
      }
      assertThat(plan(connection, new UsageQuery(0, Long.MAX_VALUE, Map.of(), List.of(), 100)))
          .contains("usage_day")
          .satisfies(this::hasCopiesOnly);
    }
  }

  @Test
  void onlyTheEndsOfATimeAreReadFromAttemptsAndByTheirKey() throws SQLException {
    try (Connection connection = new Database(url(), folder).connect()) {
      for (Dimension group : summed()) {
        long from = CallFixtures.NOW + 1;
        UsageQuery query =
            new UsageQuery(from, from + 90 * 24 * HOUR, Map.of(), List.of(group), 100);
        String plan = plan(connection, query);
        assertThat(plan).as(group.name()).contains("usage_hour");
        assertThat(plan.split(boundedAttempts(), -1)).as(plan).hasSize(3);
        assertThat(plan).contains(COPIES);
        assertThat(plan.split(" usage_attempt ", -1)).as("no other part: " + plan).hasSize(4);
      }
    }
  }

  @Test
  void aCallIsFoundByTheIdOfItsClientWithAnIndex() throws SQLException {
    try (Connection connection = new Database(url(), folder).connect();
        Statement statement = connection.createStatement()) {
      prepare(statement);
      try (PreparedStatement explained =
          connection.prepareStatement(explain() + UsageQueries.NEWEST_OF_CLIENT)) {
        for (int i = 1; i <= 3; i++) {
          explained.setString(i, "x");
        }
        assertThat(text(explained)).contains(byClientId());
      }
    }
  }

  private void hasCopiesOnly(String plan) {
    assertThat(plan).contains(COPIES);
    assertThat(plan.split(" usage_attempt ", -1)).as(plan).hasSize(2);
  }

  private static Set<Dimension> summed() {
    return EnumSet.complementOf(EnumSet.of(Dimension.SESSION, Dimension.TAG));
  }

  private static Set<Dimension> filters() {
    Set<Dimension> filters = summed();
    filters.removeAll(Set.of(Dimension.DAY, Dimension.HOUR));
    return filters;
  }

  private String plan(Connection connection, UsageQuery query) throws SQLException {
    List<SumRange> ranges = SumRange.of(query);
    try (Statement statement = connection.createStatement();
        PreparedStatement explained =
            connection.prepareStatement(explain() + UsageSums.sql(query, ranges))) {
      prepare(statement);
      UsageSums.bind(explained, query, ranges);
      return text(explained);
    }
  }

  private static String text(PreparedStatement explained) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (ResultSet result = explained.executeQuery()) {
      int last = result.getMetaData().getColumnCount();
      while (result.next()) {
        lines.add(result.getString(last));
      }
    }
    return String.join("\n", lines);
  }
}
