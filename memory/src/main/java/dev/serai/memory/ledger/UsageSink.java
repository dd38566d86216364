package dev.serai.memory.ledger;

import dev.serai.core.call.Call;
import dev.serai.core.usage.UsageRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Takes part in writing rows of the ledger: budgets, which must change in the same transaction.
 * Thread-safe.
 */
public interface UsageSink {
  /** Takes no part. */
  UsageSink NONE =
      new UsageSink() {
        @Override
        public void ended(Call call, boolean recorded) {}

        @Override
        public void store(Connection connection, List<UsageRecord> rows, Insertion insertion)
            throws SQLException {
          insertion.commit();
        }

        @Override
        public void lost(String requestId) {}
      };

  /** Inserts rows and commits. */
  @FunctionalInterface
  interface Insertion {
    void commit() throws SQLException;
  }

  /**
   * A call has ended. Runs on its event loop: must not block.
   *
   * @param recorded whether its rows will be stored; if not, nothing more is heard of it
   */
  void ended(Call call, boolean recorded);

  /**
   * Runs the insertion of these rows, in the transaction of the connection, which the insertion
   * commits.
   *
   * @throws SQLException if the database fails; the same rows may come again
   */
  void store(Connection connection, List<UsageRecord> rows, Insertion insertion)
      throws SQLException;

  /** The rows of a call will never be stored. */
  void lost(String requestId);
}
