package dev.serai.memory.batch;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * What a {@link BatchWriter} writes. Only {@link #isEmpty} may be called by another thread than
 * that of the writer.
 *
 * <p>A batch is open from the moment {@link #writeNext} has taken its entries until they are
 * committed. If that fails, the writer closes the connection and then calls either {@link
 * #takeBack} or {@link #setAside}.
 */
public interface BatchSource {
  /** What a batch has achieved. */
  enum Progress {
    /** Something that was there before the batch is still to be written. */
    MORE,
    /** Everything that was there before the batch is written. */
    ALL
  }

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
   * @param max the maximum number of entries
   * @throws SQLException if the database fails or refuses an entry
   */
  Progress writeNext(Connection connection, int max) throws SQLException;

  /** The number of entries in the open batch; 0 if no batch is open. */
  int open();

  /** Takes the entries of the open batch back, if any: they are written again. Must not throw. */
  void takeBack();

  /**
   * Removes the only entry of the open batch for good, because it cannot be written.
   *
   * @return how the log names the entry and says where it is now
   */
  String setAside(Exception why);

  /** Called when the database is unavailable. No batch is open. */
  void databaseFailed(SQLException why);

  /** Releases what the source holds. The writer has stopped, perhaps with something unwritten. */
  void close();
}
