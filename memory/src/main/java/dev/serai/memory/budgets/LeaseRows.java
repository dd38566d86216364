package dev.serai.memory.budgets;

import dev.serai.core.budget.BudgetAccount;
import dev.serai.core.budget.BudgetWindow;
import dev.serai.memory.database.DatabaseClock;
import dev.serai.memory.database.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** The tables of accounts and leases. Every method runs in a transaction of the caller. */
final class LeaseRows {
  private static final String ACCOUNT =
      "budget = ? AND tenant = ? AND scope_value = ? AND from_ms = ? AND until_ms = ?";

  private static final String UNLEASED =
      "NOT EXISTS (SELECT 1 FROM budget_lease l WHERE l.budget = budget_account.budget"
          + " AND l.tenant = budget_account.tenant AND l.scope_value = budget_account.scope_value"
          + " AND l.from_ms = budget_account.from_ms AND l.until_ms = budget_account.until_ms)";

  private LeaseRows() {}

  /**
   * The leases of an account.
   *
   * @param all of every gateway, in sum
   * @param own of this gateway
   * @param unused of other gateways, without what they hold for calls
   */
  record Sums(long all, long own, long unused) {
    /** The sums after this gateway has returned so much. */
    Sums without(long returned) {
      return new Sums(all - returned, own - returned, unused);
    }
  }

  /** Locks an account until the transaction ends, so that one gateway at a time leases from it. */
  static void lock(Connection connection, BudgetAccount account) throws SQLException {
    run(
        connection,
        "INSERT INTO budget_account (budget, tenant, scope_value, from_ms, until_ms)"
            + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (budget, tenant, scope_value, from_ms, until_ms)"
            + " DO UPDATE SET wanted_ms = budget_account.wanted_ms",
        account);
  }

  /** Opens an account, if it is not open. */
  static void open(Connection connection, BudgetAccount account) throws SQLException {
    run(
        connection,
        "INSERT INTO budget_account (budget, tenant, scope_value, from_ms, until_ms)"
            + " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        account);
  }

  /** Lets other gateways know that this account has too little for a call. */
  static void want(Connection connection, BudgetAccount account, String owner) throws SQLException {
    run(
        connection,
        "UPDATE budget_account SET wanted_ms = ?, wanted_by = ? WHERE " + ACCOUNT,
        DatabaseClock.millis(connection),
        owner,
        account);
  }

  static Sums sums(Connection connection, BudgetAccount account, String owner) throws SQLException {
    String sql =
        "SELECT COALESCE(SUM(nano_usd), 0),"
            + " COALESCE(SUM(CASE WHEN owner = ? THEN nano_usd ELSE 0 END), 0),"
            + " COALESCE(SUM(CASE WHEN owner <> ? AND nano_usd > held_nano_usd"
            + " THEN nano_usd - held_nano_usd ELSE 0 END), 0) FROM budget_lease WHERE "
            + ACCOUNT;
    try (PreparedStatement read = bound(connection, sql, owner, owner, account);
        ResultSet row = read.executeQuery()) {
      return row.next()
          ? new Sums(row.getLong(1), row.getLong(2), row.getLong(3))
          : new Sums(0, 0, 0);
    }
  }

  /**
   * What is added to the lease of a gateway.
   *
   * @param renewal the number of the gateway's last renewal
   */
  record Addition(String owner, long nanoUsd, long renewal) {}

  /** Adds to a lease; begins one if there is none. */
  static void add(Connection connection, BudgetAccount account, Addition addition)
      throws SQLException {
    run(
        connection,
        "INSERT INTO budget_lease (budget, tenant, scope_value, from_ms, until_ms, owner, nano_usd,"
            + " expires_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
            + " ON CONFLICT (budget, tenant, scope_value, from_ms, until_ms, owner)"
            + " DO UPDATE SET"
            + " nano_usd = budget_lease.nano_usd + excluded.nano_usd,"
            + " expires_ms = excluded.expires_ms",
        account,
        addition.owner,
        addition.nanoUsd,
        addition.renewal);
  }

  /** Gives a part of a lease back. */
  static void subtract(Connection connection, BudgetAccount account, String owner, long nanoUsd)
      throws SQLException {
    charge(connection, account, owner, nanoUsd);
  }

  /**
   * Takes a cost from a lease, as far as that goes.
   *
   * @return what is left of it; empty if there is no lease
   */
  static OptionalLong charge(
      Connection connection, BudgetAccount account, String owner, long nanoUsd)
      throws SQLException {
    String sql =
        "UPDATE budget_lease SET nano_usd = CASE WHEN nano_usd > ? THEN nano_usd - ? ELSE 0 END"
            + " WHERE "
            + ACCOUNT
            + " AND owner = ? RETURNING nano_usd";
    try (PreparedStatement change = bound(connection, sql, nanoUsd, nanoUsd, account, owner);
        ResultSet row = change.executeQuery()) {
      return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
    }
  }

  /**
   * Renews leases and says how much of each is held for calls.
   *
   * @param renewal another number than that of the renewal before
   */
  static void renew(
      Connection connection, String owner, Map<BudgetAccount, Long> held, long renewal)
      throws SQLException {
    String sql =
        "UPDATE budget_lease SET expires_ms = ?, held_nano_usd = ? WHERE "
            + ACCOUNT
            + " AND owner = ?";
    try (PreparedStatement change = connection.prepareStatement(sql)) {
      for (Map.Entry<BudgetAccount, Long> one : held.entrySet()) {
        Sql.bind(change, columns(renewal, one.getValue(), one.getKey(), owner));
        change.addBatch();
      }
      change.executeBatch();
    }
  }

  /** The leases of a gateway. */
  static Map<BudgetAccount, Long> of(Connection connection, String owner) throws SQLException {
    String sql =
        "SELECT budget, tenant, scope_value, from_ms, until_ms, nano_usd FROM budget_lease"
            + " WHERE owner = ?";
    Map<BudgetAccount, Long> leases = new HashMap<>();
    try (PreparedStatement read = bound(connection, sql, owner);
        ResultSet row = read.executeQuery()) {
      while (row.next()) {
        leases.put(account(row), row.getLong(6));
      }
    }
    return leases;
  }

  /**
   * The leased accounts of a gateway that another one wants to lease from, or wanted so long ago at
   * most. A want from the future was noted before the database's clock was set back.
   */
  static Set<BudgetAccount> wanted(Connection connection, String owner, Duration age)
      throws SQLException {
    long now = DatabaseClock.millis(connection);
    String sql =
        "SELECT a.budget, a.tenant, a.scope_value, a.from_ms, a.until_ms"
            + " FROM budget_lease l JOIN budget_account a ON a.budget = l.budget"
            + " AND a.tenant = l.tenant AND a.scope_value = l.scope_value AND a.from_ms = l.from_ms"
            + " AND a.until_ms = l.until_ms"
            + " WHERE l.owner = ? AND l.nano_usd > 0 AND a.wanted_ms > ? AND a.wanted_ms <= ?"
            + " AND a.wanted_by <> ?";
    Set<BudgetAccount> wanted = new LinkedHashSet<>();
    try (PreparedStatement read = bound(connection, sql, owner, now - age.toMillis(), now, owner);
        ResultSet row = read.executeQuery()) {
      while (row.next()) {
        wanted.add(account(row));
      }
    }
    return wanted;
  }

  /** What all gateways hold for running calls of an account, as far as they have said so. */
  static long held(Connection connection, BudgetAccount account, String butOwner)
      throws SQLException {
    String sql =
        "SELECT COALESCE(SUM(held_nano_usd), 0) FROM budget_lease WHERE "
            + ACCOUNT
            + " AND owner <> ?";
    try (PreparedStatement read = bound(connection, sql, account, butOwner);
        ResultSet row = read.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /** Ends every lease of a gateway. */
  static void endAll(Connection connection, String owner) throws SQLException {
    run(connection, "DELETE FROM budget_lease WHERE owner = ?", owner);
  }

  /**
   * Deletes the accounts of windows that have ended, unless a gateway leases from them.
   *
   * @param endedMillis windows that ended before it are past
   */
  static void deletePast(Connection connection, long endedMillis) throws SQLException {
    run(connection, "DELETE FROM budget_account WHERE until_ms < ? AND " + UNLEASED, endedMillis);
  }

  /** Ends the lease of a gateway from one account. */
  static void end(Connection connection, BudgetAccount account, String owner) throws SQLException {
    run(connection, "DELETE FROM budget_lease WHERE " + ACCOUNT + " AND owner = ?", account, owner);
  }

  /** Deletes what nothing is leased of: a gateway's lease, and the account if it was the last. */
  static void deleteEmpty(Connection connection, BudgetAccount account, String owner)
      throws SQLException {
    run(
        connection,
        "DELETE FROM budget_lease WHERE " + ACCOUNT + " AND owner = ? AND nano_usd = 0",
        account,
        owner);
    run(connection, "DELETE FROM budget_account WHERE " + ACCOUNT + " AND " + UNLEASED, account);
  }

  private static void run(Connection connection, String sql, Object... values) throws SQLException {
    Sql.run(connection, sql, columns(values));
  }

  private static PreparedStatement bound(Connection connection, String sql, Object... values)
      throws SQLException {
    return Sql.bound(connection, sql, columns(values));
  }

  /** The values with those of its five columns in the place of an account. */
  private static Object[] columns(Object... values) {
    List<Object> columns = new ArrayList<>(values.length + 4);
    for (Object value : values) {
      if (value instanceof BudgetAccount account) {
        columns.add(account.budget());
        columns.add(account.tenant());
        columns.add(account.value());
        columns.add(account.window().fromMillis());
        columns.add(account.window().untilMillis());
      } else {
        columns.add(value);
      }
    }
    return columns.toArray();
  }

  /** The account in the first five columns of a row. */
  static BudgetAccount account(ResultSet row) throws SQLException {
    return new BudgetAccount(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        new BudgetWindow(row.getLong(4), row.getLong(5)));
  }
}
