package dev.serai.memory.budgets;

import dev.serai.memory.database.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Ends the leases of gateways that do not renew them any more.
 *
 * <p>Model: every renewal changes the number with which a lease is stored. An owner whose number
 * has not changed while this gateway has watched it for the whole time, by its ticker, is silent.
 * No clock is compared with another one, so clocks may differ and jump. A gateway that has just
 * started watches the whole time first. For one thread.
 */
final class SilentOwners {
  private final long silenceNanos;
  private Map<String, Seen> owners = new HashMap<>();

  /**
   * An owner as it was read.
   *
   * @param renewal the highest number of its leases
   * @param sinceNanos when it was seen first, by the ticker
   */
  private record Seen(String name, long renewal, long sinceNanos) {}

  SilentOwners(Duration silence) {
    this.silenceNanos = silence.toNanos();
  }

  /**
   * Reads the renewals of all gateways but this one, and ends the leases of silent ones, in
   * transactions of its own.
   */
  void end(Connection connection, String self, long nowNanos) throws SQLException {
    List<Seen> read = read(connection, self, nowNanos);
    connection.commit(); // or SQLite refuses to write if another connection has, meanwhile
    Map<String, Seen> next = new HashMap<>();
    for (Seen now : read) {
      Seen before = owners.get(now.name);
      Seen seen = before != null && before.renewal == now.renewal ? before : now;
      if (nowNanos - seen.sinceNanos >= silenceNanos) {
        end(connection, seen);
      }
      next.put(seen.name, seen); // it stays until its rows are gone, as the commit may fail
    }
    connection.commit();
    owners = next;
  }

  private static List<Seen> read(Connection connection, String self, long nowNanos)
      throws SQLException {
    String sql = "SELECT owner, MAX(expires_ms) FROM budget_lease WHERE owner <> ? GROUP BY owner";
    List<Seen> read = new ArrayList<>();
    try (PreparedStatement statement = Sql.bound(connection, sql, self);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        read.add(new Seen(row.getString(1), row.getLong(2), nowNanos));
      }
    }
    return read;
  }

  /** Leaves leases that were renewed since they were read. */
  private static void end(Connection connection, Seen silent) throws SQLException {
    Sql.run(
        connection,
        "DELETE FROM budget_lease WHERE owner = ? AND expires_ms <= ?",
        silent.name,
        silent.renewal);
  }
}
