package dev.serai.memory.objects;

import dev.serai.core.memory.search.MemoryFeed;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.core.problem.cause.CloseAll;
import dev.serai.core.problem.cause.FailureText;
import dev.serai.memory.database.Database;
import dev.serai.memory.database.DatabaseReader;
import dev.serai.memory.database.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the changes of memory objects from the database. Who asks for the head does not wait for
 * those who read changes. Thread-safe.
 */
public final class DatabaseMemoryFeed implements MemoryFeed, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseMemoryFeed.class);

  private final Database database;
  private final DatabaseReader reader;
  private final DatabaseReader heads;
  private final Supplier<String> ids;

  /**
   * Opens nothing yet.
   *
   * @param ids makes the ID of the store, once
   */
  public DatabaseMemoryFeed(Database database, Supplier<String> ids) {
    this.database = database;
    this.reader = new DatabaseReader(database, "memory-feed");
    this.heads = new DatabaseReader(database, "memory", "memory-head");
    this.ids = ids;
  }

  @Override
  public Head head() {
    Head head = heads.read(DatabaseMemoryFeed::head);
    return head.store().isEmpty() ? named() : head;
  }

  private static Head head(Connection connection) throws SQLException {
    String sql = "SELECT store, last, forgotten FROM memory_version";
    try (PreparedStatement read = connection.prepareStatement(sql);
        ResultSet row = read.executeQuery()) {
      row.next();
      return new Head(row.getString(1), row.getLong(2), row.getLong(3));
    }
  }

  /** Gives the store its ID, unless another gateway has done it meanwhile. */
  private Head named() {
    try (Connection connection = database.connect()) {
      Sql.run(connection, "UPDATE memory_version SET store = ? WHERE store = ''", ids.get());
      return head(connection);
    } catch (SQLException e) {
      LOG.warn("the store of memory objects cannot be given its ID: {}", FailureText.of(e));
      throw new CapacityProblem(
          "memory_unavailable", "Memory objects cannot be searched now.", Duration.ofSeconds(5));
    }
  }

  @Override
  public Page after(long version, Limit limit) {
    return reader.read(connection -> after(connection, version, limit));
  }

  /** Of two lists that may both go on, only what is before the end of each is complete. */
  private static Page after(Connection connection, long version, Limit limit) throws SQLException {
    MemoryTable.Part stored = MemoryTable.storedAfter(connection, version, limit);
    MemoryTable.Part deleted = MemoryTable.deletedAfter(connection, version, limit.changes());
    Head head = head(connection);
    long upTo = Math.min(head.last(), Math.min(stored.end(), deleted.end()));
    List<Change> changes = new ArrayList<>(stored.changes());
    changes.addAll(deleted.changes());
    changes.removeIf(change -> change.version() > upTo);
    changes.sort(Comparator.comparingLong(Change::version));
    return new Page(head, changes, upTo);
  }

  @Override
  public void close() {
    CloseAll.inOrder(reader::close, heads::close);
  }
}
