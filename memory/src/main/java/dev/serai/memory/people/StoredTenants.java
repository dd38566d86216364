package dev.serai.memory.people;

import dev.serai.core.people.Tenant;
import dev.serai.core.problem.CallerProblem;
import dev.serai.memory.database.ChangeWriter;
import dev.serai.memory.database.DatabaseReader;
import dev.serai.memory.database.Sql;
import dev.serai.memory.database.TableRows;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Stores tenants in the database. Thread-safe. */
public final class StoredTenants extends StoredPeople<Tenant> {
  private static final TableRows<Tenant> ROWS =
      new TableRows<>("tenant", "id", StoredTenants::tenant);

  public StoredTenants(DatabaseReader reader, ChangeWriter writer) {
    super(ROWS, reader, writer);
  }

  /**
   * All of them.
   *
   * @throws SQLException if the database fails
   */
  public static List<Tenant> all(Connection connection) throws SQLException {
    return ROWS.where(connection, "1 = 1");
  }

  @Override
  public Tenant create(Tenant wanted) {
    return write(
        connection -> {
          if (find(connection, wanted.id()).isPresent()) {
            throw taken(wanted.id());
          }
          Sql.run(
              connection,
              "INSERT INTO tenant (description, time_zone, disabled, updated_ms, created_ms, id)"
                  + " VALUES (?, ?, ?, ?, ?, ?)",
              wanted.description(),
              wanted.timeZone().getId(),
              wanted.disabled() ? 1 : 0,
              wanted.updated().toEpochMilli(),
              wanted.created().toEpochMilli(),
              wanted.id());
          return wanted;
        });
  }

  private static CallerProblem taken(String id) {
    return new CallerProblem(
        409, "tenant_exists", "The tenant '" + id + "' already exists.", Optional.of("id"));
  }

  @Override
  void update(Connection connection, Tenant tenant) throws SQLException {
    Sql.run(
        connection,
        "UPDATE tenant SET description = ?, time_zone = ?, disabled = ?, updated_ms = ?"
            + " WHERE id = ?",
        tenant.description(),
        tenant.timeZone().getId(),
        tenant.disabled() ? 1 : 0,
        tenant.updated().toEpochMilli(),
        tenant.id());
  }

  @Override
  public boolean delete(String id) {
    return write(
        connection -> {
          boolean used =
              Sql.isAny(connection, "SELECT 1 FROM api_key WHERE tenant = ?", id)
                  || Sql.isAny(connection, "SELECT 1 FROM tenant_user WHERE tenant = ?", id);
          if (used) {
            throw new CallerProblem(
                409,
                "tenant_in_use",
                "The tenant '" + id + "' has API keys or users. Delete them first.",
                Optional.of("id"));
          }
          return Sql.run(connection, "DELETE FROM tenant WHERE id = ?", id) > 0;
        });
  }

  private static Tenant tenant(ResultSet row) throws SQLException {
    return new Tenant(
        row.getString("id"),
        row.getString("description"),
        zone(row.getString("time_zone")),
        row.getInt("disabled") != 0,
        Instant.ofEpochMilli(row.getLong("created_ms")),
        Instant.ofEpochMilli(row.getLong("updated_ms")));
  }

  /** UTC if this JDK does not know the zone, which another one has stored. */
  private static ZoneId zone(String id) {
    try {
      return ZoneId.of(id);
    } catch (DateTimeException e) {
      return Tenant.UTC;
    }
  }
}
