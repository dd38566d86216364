package dev.serai.memory.people;

import dev.serai.core.caller.Role;
import dev.serai.core.caller.Roles;
import dev.serai.core.people.TenantUser;
import dev.serai.core.problem.CallerProblem;
import dev.serai.memory.database.ChangeWriter;
import dev.serai.memory.database.DatabaseReader;
import dev.serai.memory.database.Sql;
import dev.serai.memory.database.TableRows;
import dev.serai.memory.roles.StoredRoles;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Stores users in the database. Thread-safe. */
public final class StoredUsers extends StoredPeople<TenantUser> {
  private static final TableRows<TenantUser> ROWS =
      new TableRows<>("tenant_user", "tenant", StoredUsers::user);

  private final StoredRoles roles;
  private final Supplier<String> ids;

  public StoredUsers(
      DatabaseReader reader, ChangeWriter writer, StoredRoles roles, Supplier<String> ids) {
    super(ROWS, reader, writer);
    this.roles = roles;
    this.ids = ids;
  }

  /**
   * All of them.
   *
   * @throws SQLException if the database fails
   */
  public static List<TenantUser> all(Connection connection) throws SQLException {
    return ROWS.where(connection, "1 = 1");
  }

  @Override
  List<TenantUser> complete(Connection connection, List<TenantUser> read) throws SQLException {
    Roles known = roles.in(connection);
    return read.stream().map(user -> user.resolved(known)).toList();
  }

  @Override
  public TenantUser create(TenantUser wanted) {
    return write(
        connection -> {
          String sql = "tenant = ? AND name = ?";
          if (!ROWS.where(connection, sql, wanted.tenant(), wanted.name()).isEmpty()) {
            throw taken(wanted);
          }
          roles.requireCurrent(connection, wanted.role());
          String id = ids.get();
          insert(connection, id, wanted);
          return find(connection, id).orElseThrow();
        });
  }

  private static void insert(Connection connection, String id, TenantUser user)
      throws SQLException {
    Sql.run(
        connection,
        "INSERT INTO tenant_user (role, teams, description, disabled, updated_ms, tenant, name,"
            + " created_ms, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        StoredRoles.column(user.role()),
        String.join("\n", user.teams()),
        user.description(),
        user.disabled() ? 1 : 0,
        user.updated().toEpochMilli(),
        user.tenant(),
        user.name(),
        user.created().toEpochMilli(),
        id);
  }

  private static CallerProblem taken(TenantUser user) {
    return new CallerProblem(
        409,
        "user_exists",
        "The tenant '"
            + user.tenant()
            + "' already has a user with the name '"
            + user.name()
            + "'.",
        Optional.of("name"));
  }

  @Override
  void update(Connection connection, TenantUser user) throws SQLException {
    if (user.role().source() != Role.Source.UNKNOWN) { // then the request has not set it
      roles.requireCurrent(connection, user.role());
    }
    Sql.run(
        connection,
        "UPDATE tenant_user SET role = ?, teams = ?, description = ?, disabled = ?, updated_ms = ?"
            + " WHERE id = ?",
        StoredRoles.column(user.role()),
        String.join("\n", user.teams()),
        user.description(),
        user.disabled() ? 1 : 0,
        user.updated().toEpochMilli(),
        user.id());
  }

  /** A user with keys stays: its keys would be admitted again if it was disabled. */
  @Override
  public boolean delete(String id) {
    return write(
        connection -> {
          Optional<TenantUser> user = find(connection, id);
          if (user.isPresent() && hasKeys(connection, user.get())) {
            throw new CallerProblem(
                409,
                "user_in_use",
                "API keys belong to the user '" + user.get().name() + "'. Revoke them first.",
                Optional.of("id"));
          }
          return Sql.run(connection, "DELETE FROM tenant_user WHERE id = ?", id) > 0;
        });
  }

  private static boolean hasKeys(Connection connection, TenantUser user) throws SQLException {
    return Sql.isAny(
        connection,
        "SELECT 1 FROM api_key WHERE tenant = ? AND caller = ?",
        user.tenant(),
        user.name());
  }

  private static TenantUser user(ResultSet row) throws SQLException {
    String teams = row.getString("teams");
    return new TenantUser(
        row.getString("id"),
        row.getString("tenant"),
        row.getString("name"),
        StoredRoles.named(row.getString("role")),
        teams.isEmpty() ? List.of() : List.of(teams.split("\n")),
        row.getString("description"),
        row.getInt("disabled") != 0,
        Instant.ofEpochMilli(row.getLong("created_ms")),
        Instant.ofEpochMilli(row.getLong("updated_ms")));
  }
}
