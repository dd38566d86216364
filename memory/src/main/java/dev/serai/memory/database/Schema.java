package dev.serai.memory.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The schema of the database: whether it is current, and its migrations. Thread-safe. */
final class Schema {
  /** The current version: that of the last migration file. */
  static final String VERSION = "28";

  /** Distinguishes Serai's history from that of another program. */
  static final String FIRST_MIGRATION = "V1__usage.sql";

  private final DatabaseUrl url;
  private final boolean isServer;
  private final boolean sharing;

  /**
   * @param sharing whether Serai's tables may be added to those of another program
   */
  Schema(DatabaseUrl url, boolean sharing) {
    this.url = url;
    this.isServer = url.engine() == DatabaseUrl.Engine.POSTGRESQL;
    this.sharing = sharing;
  }

  /** Whether all migrations have run. */
  boolean isCurrent(Connection connection) throws SQLException {
    return hasHistory(connection) && isMigrated(connection);
  }

  private boolean hasHistory(Connection connection) throws SQLException {
    String sql =
        isServer
            ? "SELECT 1 FROM information_schema.tables"
                + " WHERE table_schema = current_schema() AND table_name = 'flyway_schema_history'"
            : "SELECT 1 FROM sqlite_master WHERE name = 'flyway_schema_history'";
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      return found.next();
    }
  }

  private static boolean isMigrated(Connection connection) throws SQLException {
    String sql =
        "SELECT success FROM flyway_schema_history WHERE version = ?"
            + " AND EXISTS (SELECT 1 FROM flyway_schema_history WHERE script = ?)";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, VERSION);
      statement.setString(2, FIRST_MIGRATION);
      try (ResultSet found = statement.executeQuery()) {
        return found.next() && found.getBoolean(1);
      }
    }
  }

  /**
   * Runs the migrations that are missing, over connections with these properties.
   *
   * @throws SQLException if one fails
   */
  void migrate(Properties connection) throws SQLException {
    Map<String, String> properties = new HashMap<>();
    connection.forEach((name, value) -> properties.put(name.toString(), value.toString()));
    try {
      Flyway.configure(Schema.class.getClassLoader())
          .dataSource(url.jdbc(), url.user(), url.password())
          .jdbcProperties(properties)
          .locations(locations())
          .placeholders(placeholders())
          .loggers("slf4j")
          .connectRetries(0)
          .baselineOnMigrate(sharing && isServer) // other tables may be there
          .baselineVersion("0")
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new SQLException("the schema cannot be migrated: " + reason(e), e);
    }
  }

  /** Flyway's own messages have many lines, and may contain the URL. */
  private static String reason(FlywayException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException refused) {
        return String.valueOf(refused.getMessage()).replaceAll("\\s+", " ");
      }
    }
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }

  /** The migrations of both kinds of database, and those of this kind. */
  private String[] locations() {
    String common = "classpath:dev/serai/memory/schema";
    return new String[] {common, common + "_" + (isServer ? "postgresql" : "sqlite")};
  }

  private Map<String, String> placeholders() {
    return Map.of(
        "table_options", isServer ? "" : " WITHOUT ROWID",
        "bytes", isServer ? "BYTEA" : "BLOB",
        "by_code_point", isServer ? " COLLATE \"C\"" : "");
  }
}
