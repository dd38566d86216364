package dev.serai.memory.keys;

import dev.serai.core.budget.BudgetPeriod;
import dev.serai.core.caller.AllowList;
import dev.serai.core.caller.Identity;
import dev.serai.core.caller.Role;
import dev.serai.core.keys.ApiKey;
import dev.serai.core.keys.KeyHash;
import dev.serai.core.keys.KeyQuery;
import dev.serai.core.keys.KeySnapshot;
import dev.serai.core.rate.RateLimits;
import dev.serai.memory.database.Sql;
import dev.serai.memory.database.TableRows;
import dev.serai.memory.roles.StoredRoles;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The rows of the keys. A change runs within a transaction of the caller. A key that is read has
 * the name of its role, and no permissions yet.
 */
final class KeyRows {
  private static final TableRows<ApiKey> ROWS = new TableRows<>("api_key", "tenant", KeyRows::key);

  private KeyRows() {}

  static Optional<ApiKey> find(Connection connection, String id) throws SQLException {
    return ROWS.where(connection, "id = ?", id).stream().findFirst();
  }

  static boolean isNameTaken(Connection connection, ApiKey by) throws SQLException {
    String sql = "SELECT 1 FROM api_key WHERE tenant = ? AND name = ? AND id <> ?";
    return Sql.isAny(connection, sql, by.tenant(), by.name(), by.id());
  }

  /** Empty if the page is to begin after a key that is not in the list. */
  static Optional<List<ApiKey>> list(Connection connection, KeyQuery query) throws SQLException {
    return ROWS.list(connection, query);
  }

  static void insert(Connection connection, ApiKey key, KeyHash hash) throws SQLException {
    Sql.run(
        connection,
        "INSERT INTO api_key (label, role, name, models, tools, tags, disabled, updated_ms,"
            + " expires_ms, limits, limit_nano_usd, limit_reset, tenant, team, caller, created_ms,"
            + " hash, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        with(
            changeable(key),
            key.tenant(),
            key.identity().team(),
            key.identity().user(),
            key.created().toEpochMilli(),
            hash.bytes(),
            key.id()));
  }

  static void update(Connection connection, ApiKey key) throws SQLException {
    Sql.run(
        connection,
        "UPDATE api_key SET label = ?, role = ?, name = ?, models = ?, tools = ?, tags = ?,"
            + " disabled = ?, updated_ms = ?, expires_ms = ?, limits = ?, limit_nano_usd = ?,"
            + " limit_reset = ? WHERE id = ?",
        with(changeable(key), key.id()));
  }

  /** Makes the key's hash the previous one. */
  static void rotate(Connection connection, String id, KeyHash hash, long untilMillis)
      throws SQLException {
    Sql.run(
        connection,
        "UPDATE api_key SET previous_hash = hash, previous_until_ms = ?, hash = ? WHERE id = ?",
        untilMillis,
        hash.bytes(),
        id);
  }

  static boolean delete(Connection connection, String id) throws SQLException {
    return Sql.run(connection, "DELETE FROM api_key WHERE id = ?", id) > 0;
  }

  /** Every hash that is accepted, now or later. */
  static Map<KeyHash, KeySnapshot.Entry> all(Connection connection) throws SQLException {
    Map<KeyHash, KeySnapshot.Entry> all = new HashMap<>();
    String sql = "SELECT * FROM api_key";
    try (PreparedStatement read = connection.prepareStatement(sql);
        ResultSet row = read.executeQuery()) {
      while (row.next()) {
        add(all, row);
      }
    }
    return all;
  }

  private static void add(Map<KeyHash, KeySnapshot.Entry> all, ResultSet row) throws SQLException {
    ApiKey key = key(row);
    long expires = key.expires().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE);
    all.put(KeyHash.of(row.getBytes("hash")), new KeySnapshot.Entry(key, expires));
    byte[] previous = row.getBytes("previous_hash");
    if (previous != null) {
      long until = Math.min(expires, row.getLong("previous_until_ms"));
      all.put(KeyHash.of(previous), new KeySnapshot.Entry(key, until));
    }
  }

  private static ApiKey key(ResultSet row) throws SQLException {
    Role role = StoredRoles.named(row.getString("role"));
    Identity identity =
        new Identity(
            row.getString("tenant"),
            row.getString("team"),
            row.getString("caller"),
            row.getString("name"),
            role.permissions(),
            new AllowList(lines(row.getString("models"))),
            new AllowList(lines(row.getString("tools"))),
            Set.copyOf(lines(row.getString("tags"))),
            RateLimits.parse(row.getString("limits")));
    long expires = row.getLong("expires_ms");
    Optional<Instant> until =
        row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(expires));
    return new ApiKey(
        row.getString("id"),
        row.getString("label"),
        role,
        identity,
        row.getInt("disabled") != 0,
        Instant.ofEpochMilli(row.getLong("created_ms")),
        Instant.ofEpochMilli(row.getLong("updated_ms")),
        until,
        spending(row));
  }

  private static ApiKey.Spending spending(ResultSet row) throws SQLException {
    long limit = row.getLong("limit_nano_usd");
    OptionalLong nanoUsd = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(limit);
    return new ApiKey.Spending(nanoUsd, BudgetPeriod.valueOf(row.getString("limit_reset")));
  }

  private static List<String> lines(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split("\n"));
  }

  private static String lines(Collection<String> texts) {
    return String.join("\n", texts);
  }

  private static Object[] changeable(ApiKey key) {
    Identity identity = key.identity();
    return new Object[] {
      key.label(),
      StoredRoles.column(key.role()),
      key.name(),
      lines(identity.models().patterns()),
      lines(identity.tools().patterns()),
      lines(identity.tags()),
      key.disabled() ? 1 : 0,
      key.updated().toEpochMilli(),
      key.expires().map(Instant::toEpochMilli),
      identity.limits().text(),
      key.spending().nanoUsd().isEmpty()
          ? Optional.empty()
          : Optional.of(key.spending().nanoUsd().getAsLong()),
      key.spending().reset().name()
    };
  }

  private static Object[] with(Object[] first, Object... others) {
    List<Object> all = new ArrayList<>(List.of(first));
    all.addAll(List.of(others));
    return all.toArray();
  }
}
