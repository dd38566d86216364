package dev.serai.memory.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConnection;

/**
 * The file of SQLite and the connections to it. A connection goes on writing to a file that was
 * moved or removed, so every use compares the file at the path with the one that was opened first,
 * by its ID (device and inode; where a file system has no IDs, only a missing file is noticed).
 *
 * <p>Before a connection to a file that is no longer at its path is closed, its write-ahead log is
 * written into that file and emptied: the file is complete wherever it is now, and SQLite does not
 * read the log into another file at the path. Thread-safe.
 */
final class SqliteFile {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteFile.class);

  private final Path path;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Object fileId;

  SqliteFile(Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  /** Takes the file that is at the path now. */
  void take() throws SQLException {
    fileId = idAtPath();
  }

  /** Whether another file is at the path than the one that was taken. */
  boolean wasReplaced() throws SQLException {
    return !Objects.equals(fileId, idAtPath());
  }

  private @Nullable Object idAtPath() throws SQLException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    } catch (NoSuchFileException e) {
      throw new SQLException(
          "the file "
              + path
              + " was moved or removed; put it back, or restart Serai to begin a new one",
          e);
    } catch (IOException e) {
      throw new SQLException("the file " + path + " cannot be found: " + e, e);
    }
  }

  /** Remembers an open connection. */
  Connection opened(Connection connection) throws SQLException {
    for (Connection other : connections) {
      if (other.isClosed()) {
        connections.remove(other);
      }
    }
    connections.add(connection);
    return connection;
  }

  /**
   * Checks that a connection writes to the file at the path; otherwise closes it.
   *
   * @throws SQLException if it does not
   */
  void verify(Connection connection) throws SQLException {
    try {
      if (!wasReplaced()) {
        return;
      }
    } catch (SQLException e) {
      leave(connection);
      throw e;
    }
    leave(connection);
    throw new SQLException("the file " + path + " was replaced by another one");
  }

  /** Closes all connections, which are to the file that was taken and not to that at the path. */
  void leaveAll() {
    connections.forEach(SqliteFile::leave);
    connections.clear();
  }

  /** Closes a connection that another thread may use. That thread sees a closed connection. */
  private static void leave(Connection connection) {
    try {
      if (!connection.isClosed()) {
        synchronized (connection.unwrap(SQLiteConnection.class).getDatabase()) { // as the driver
          checkpointAndClose(connection);
        }
      }
    } catch (SQLException e) {
      LOG.debug("a connection to a file that was moved is closed without a checkpoint", e);
    }
  }

  private static void checkpointAndClose(Connection connection) throws SQLException {
    try (connection;
        Statement statement = connection.createStatement()) {
      if (!connection.getAutoCommit()) {
        connection.rollback();
        connection.setAutoCommit(true);
      }
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }
  }
}
