package dev.serai.memory.objects;

import dev.serai.core.memory.search.MemoryFeed;
import dev.serai.memory.database.Database;
import dev.serai.memory.database.DatabaseReader;
import dev.serai.memory.database.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** Reads the changes of memory objects from the database. Thread-safe. */
public final class DatabaseMemoryFeed implements MemoryFeed, AutoCloseable {
  private final Database database;
  private final DatabaseReader reader;
  private final Supplier<String> ids;

  /**
   * Opens nothing yet.
   *
   * @param ids makes the ID of the store, once
   */
  public DatabaseMemoryFeed(Database database, Supplier<String> ids) {
    this.database = database;
    this.reader = new DatabaseReader(database, "memory");
    this.ids = ids;
  }

  @Override
  public Head head() {
    Head head = reader.read(DatabaseMemoryFeed::head);
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
      throw new IllegalStateException("the store of memory objects cannot be read", e);
    }
  }

  @Override
  public Page after(long version, int max) {
    return reader.read(connection -> after(connection, version, max));
  }

  /** Of two lists that may both go on, only what is before the end of each is complete. */
  private static Page after(Connection connection, long version, int max) throws SQLException {
    List<Change> stored = MemoryTable.storedAfter(connection, version, max);
    List<Change> deleted = MemoryTable.deletedAfter(connection, version, max);
    long end = Math.min(end(stored, max), end(deleted, max));
    long upTo = Math.min(end, head(connection).last());
    List<Change> changes = new ArrayList<>(stored);
    changes.addAll(deleted);
    changes.removeIf(change -> change.version() > end);
    changes.sort(Comparator.comparingLong(Change::version));
    return new Page(changes, upTo);
  }

  private static long end(List<Change> changes, int max) {
    return changes.size() < max ? Long.MAX_VALUE : changes.getLast().version();
  }

  @Override
  public void close() {
    reader.close();
  }
}
