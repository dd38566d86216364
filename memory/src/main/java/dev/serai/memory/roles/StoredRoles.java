package dev.serai.memory.roles;

import dev.serai.core.caller.Permission;
import dev.serai.core.caller.Role;
import dev.serai.core.caller.Roles;
import dev.serai.core.people.RoleStore;
import dev.serai.core.problem.CallerProblem;
import dev.serai.memory.database.ChangeWriter;
import dev.serai.memory.database.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Stores roles in the database. Rows of keys and users have the names of roles only; what a role
 * allows is looked up here. Thread-safe.
 */
public final class StoredRoles implements RoleStore {
  private static final int MAX_ROLES = 200;

  private final ChangeWriter writer;
  private final InstantSource clock;
  private volatile List<Role> configured = List.of();
  private volatile List<Role> stored = List.of();

  public StoredRoles(ChangeWriter writer, InstantSource clock) {
    this.writer = writer;
    this.clock = clock;
  }

  /** Takes the roles of the settings, which count before stored ones of the same name. */
  public void configure(Collection<Role> roles) {
    configured = List.copyOf(roles);
  }

  /** Takes the stored roles as they were read. */
  public void replace(List<Role> read) {
    stored = List.copyOf(read);
  }

  @Override
  public Roles known() {
    return known(stored);
  }

  private Roles known(List<Role> inDatabase) {
    return Roles.BUILT_IN.with(configured).with(inDatabase);
  }

  /**
   * The roles as the database has them now.
   *
   * @throws SQLException if the database fails
   */
  public Roles in(Connection connection) throws SQLException {
    return known(all(connection));
  }

  /**
   * The stored roles, by name. Permissions of a newer version are left out.
   *
   * @throws SQLException if the database fails
   */
  public static List<Role> all(Connection connection) throws SQLException {
    List<Role> all = new ArrayList<>();
    String sql = "SELECT name, permissions FROM stored_role ORDER BY name";
    try (PreparedStatement read = connection.prepareStatement(sql);
        ResultSet row = read.executeQuery()) {
      while (row.next()) {
        Set<Permission> permissions = EnumSet.noneOf(Permission.class);
        row.getString("permissions")
            .lines()
            .forEach(label -> Permission.find(label).ifPresent(permissions::add));
        all.add(new Role(row.getString("name"), permissions, Role.Source.STORED));
      }
    }
    return all;
  }

  /** How a row of a key or a user names a role: a built-in one in upper case. */
  public static String column(Role role) {
    return role.source() == Role.Source.BUILT_IN
        ? role.name().toUpperCase(Locale.ROOT)
        : role.name();
  }

  /** The role that a row names; what it allows is not known yet. */
  public static Role named(String column) {
    return Role.unknown(column.toLowerCase(Locale.ROOT));
  }

  /**
   * Refuses a role that is not, or no longer, what the request was checked against.
   *
   * @throws CallerProblem 409 if it is not
   * @throws SQLException if the database fails
   */
  public void requireCurrent(Connection connection, Role role) throws SQLException {
    boolean current =
        role.source() == Role.Source.BUILT_IN || in(connection).get(role.name()).equals(role);
    if (!current) {
      throw new CallerProblem(
          409,
          "role_changed",
          "The role '" + role.name() + "' has just changed. Send the request again.",
          Optional.of("role"));
    }
  }

  @Override
  public Role create(Role wanted) {
    return writer.run(
        connection -> {
          if (in(connection).find(wanted.name()).isPresent()) {
            throw refused(
                409,
                "role_exists",
                "There is already a role with the name '" + wanted.name() + "'.");
          }
          if (all(connection).size() >= MAX_ROLES) {
            throw refused(
                409,
                "too_many_roles",
                "There are " + MAX_ROLES + " stored roles. Delete one first.");
          }
          Sql.run(
              connection,
              "INSERT INTO stored_role (name, permissions, created_ms) VALUES (?, ?, ?)",
              wanted.name(),
              wanted.permissions().stream()
                  .map(Permission::label)
                  .collect(Collectors.joining("\n")),
              clock.millis());
          return wanted;
        });
  }

  @Override
  public boolean delete(String name) {
    return writer.run(
        connection -> {
          boolean used =
              Sql.isAny(connection, "SELECT 1 FROM api_key WHERE role = ?", name)
                  || Sql.isAny(connection, "SELECT 1 FROM tenant_user WHERE role = ?", name);
          if (used) {
            throw refused(
                409,
                "role_in_use",
                "API keys or users have the role '" + name + "'. Delete them first.");
          }
          return Sql.run(connection, "DELETE FROM stored_role WHERE name = ?", name) > 0;
        });
  }

  private static CallerProblem refused(int status, String code, String message) {
    return new CallerProblem(status, code, message, Optional.of("id"));
  }
}
