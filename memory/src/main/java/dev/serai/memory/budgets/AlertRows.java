package dev.serai.memory.budgets;

import dev.serai.core.budget.BudgetAccount;
import dev.serai.memory.database.DatabaseClock;
import dev.serai.memory.database.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The table of messages about budgets. Every method runs in a transaction of the caller. When a
 * message was made and is sent next is by the clock of the database, which gateways share.
 */
final class AlertRows {
  /** The time of the next attempt of a message that is not sent any more. */
  private static final long NEVER = Long.MAX_VALUE;

  private AlertRows() {}

  /**
   * A message to send.
   *
   * @param attempts how often it was tried
   * @param createdMillis when it was made
   * @param nextMillis when it is due
   */
  record Pending(String id, String body, int attempts, long createdMillis, long nextMillis) {}

  /** Stores a message, unless a gateway has stored it before. */
  static void insert(Connection connection, AlertMessage message) throws SQLException {
    long now = DatabaseClock.millis(connection);
    Sql.run(
        connection,
        "INSERT INTO budget_alert (id, receiver, budget, until_ms, created_ms, next_ms, body)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
        message.id(),
        message.receiver(),
        message.budget().id(),
        message.account().window().untilMillis(),
        now,
        now,
        message.body());
  }

  /**
   * The messages for a receiver that are due, the oldest first. None is due later than an hour from
   * now, unless the clock of the database was set back.
   */
  static List<Pending> due(Connection connection, String receiver, long nowMillis, int atMost)
      throws SQLException {
    String sql =
        "SELECT id, body, attempts, created_ms, next_ms FROM budget_alert"
            + " WHERE receiver = ? AND (next_ms <= ? OR next_ms > ? AND next_ms < ?)"
            + " ORDER BY next_ms LIMIT ?";
    long latest = nowMillis + AlertDelivery.MAX_PAUSE_MILLIS;
    List<Pending> due = new ArrayList<>();
    try (PreparedStatement read =
            Sql.bound(connection, sql, receiver, nowMillis, latest, NEVER, atMost);
        ResultSet row = read.executeQuery()) {
      while (row.next()) {
        due.add(
            new Pending(
                row.getString(1), row.getString(2), row.getInt(3), row.getLong(4), row.getLong(5)));
      }
    }
    return due;
  }

  /** Keeps a message from other gateways until then; false if one of them was faster. */
  static boolean claim(Connection connection, Pending message, long untilMillis)
      throws SQLException {
    String sql =
        "UPDATE budget_alert SET next_ms = ?, attempts = attempts + 1"
            + " WHERE id = ? AND next_ms = ?";
    return Sql.run(connection, sql, untilMillis, message.id(), message.nextMillis()) > 0;
  }

  /** A message is sent again then. */
  static void retry(Connection connection, String id, long atMillis) throws SQLException {
    Sql.run(connection, "UPDATE budget_alert SET next_ms = ? WHERE id = ?", atMillis, id);
  }

  /** A message is not sent any more. */
  static void end(Connection connection, String id) throws SQLException {
    retry(connection, id, NEVER);
  }

  /** Deletes the messages of windows that ended before then. */
  static void deletePast(Connection connection, long endedMillis) throws SQLException {
    Sql.run(connection, "DELETE FROM budget_alert WHERE until_ms < ?", endedMillis);
  }

  /** The accounts of this moment's windows that a gateway has opened. */
  static List<BudgetAccount> accounts(Connection connection, long nowMillis, int atMost)
      throws SQLException {
    return accounts(connection, "", nowMillis, nowMillis, atMost);
  }

  /** Those of one budget. */
  static List<BudgetAccount> accountsOf(
      Connection connection, String budget, long nowMillis, int atMost) throws SQLException {
    return accounts(connection, "budget = ? AND ", budget, nowMillis, nowMillis, atMost);
  }

  private static List<BudgetAccount> accounts(
      Connection connection, String condition, Object... values) throws SQLException {
    String sql =
        "SELECT budget, tenant, scope_value, from_ms, until_ms FROM budget_account WHERE "
            + condition
            + "from_ms <= ? AND until_ms > ? LIMIT ?";
    List<BudgetAccount> accounts = new ArrayList<>();
    try (PreparedStatement read = Sql.bound(connection, sql, values);
        ResultSet row = read.executeQuery()) {
      while (row.next()) {
        accounts.add(LeaseRows.account(row));
      }
    }
    return accounts;
  }
}
