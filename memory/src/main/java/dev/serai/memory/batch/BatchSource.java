package dev.serai.memory.batch;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * What a {@link BatchWriter} writes. Only {@link #isEmpty} may be called by another thread than
 * that of the writer.
 */
public interface BatchSource {
  /** Whether nothing is to be written now. Safe for use by many threads. */
  boolean isEmpty();

  /**
   * Takes a new connection, on which auto-commit is off, for example to prepare statements.
   *
   * @throws SQLException if the database fails
   */
  void connected(Connection connection) throws SQLException;

  /**
   * Writes the next batch and commits it.
   *
   * @return false if there was nothing to write
   * @throws SQLException if the database fails; {@link #failed} is called next
   */
  boolean writeNext(Connection connection) throws SQLException;

  /**
   * Takes the batch back after the connection or the batch failed. The connection is closed.
   *
   * @return true to try again at once, for example with a smaller batch; false to wait first,
   *     because the database is unavailable
   */
  boolean failed(SQLException why);

  /** Releases what the source holds. The writer has stopped, perhaps with something unwritten. */
  void close();
}
