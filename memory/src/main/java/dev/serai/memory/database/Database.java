package dev.serai.memory.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway's database: SQLite in a file, or PostgreSQL. The schema is migrated before the first
 * connection is returned. One instance for each gateway, shared by everything that is stored. Every
 * method blocks. Thread-safe.
 */
public final class Database {
  /** The current version of the schema: that of the last migration file. */
  static final String SCHEMA = "2";

  private static final Logger LOG = LoggerFactory.getLogger(Database.class);

  /**
   * Guards migrations of all databases in this process: a file lock belongs to the whole process.
   */
  private static final Object MIGRATION = new Object();

  private static final String CONNECT_SECONDS = "5";
  private static final String SOCKET_SECONDS = "30";

  private final DatabaseUrl url;
  private final Path folder;
  private volatile boolean upToDate;

  /**
   * Opens no connection yet.
   *
   * @param url as in the settings
   * @param folder of the SQLite file, unless the URL has a folder
   * @throws IllegalArgumentException if Serai does not know this kind of database
   */
  public Database(String url, Path folder) {
    this.url = DatabaseUrl.of(url, folder);
    this.folder = folder;
  }

  /** Whether the database is a server, which other processes may use too. */
  public boolean isServer() {
    return url.engine() == DatabaseUrl.Engine.POSTGRESQL;
  }

  /**
   * Opens a connection, which the caller must close.
   *
   * @throws SQLException if the database is unavailable or its schema cannot be migrated
   */
  public Connection connect() throws SQLException {
    if (!upToDate) {
      migrate();
    }
    return open();
  }

  private Connection open() throws SQLException {
    return isServer() ? openPostgres() : openSqlite();
  }

  private Connection openPostgres() throws SQLException {
    Properties properties = new Properties();
    properties.put("ApplicationName", "serai");
    properties.put("connectTimeout", CONNECT_SECONDS);
    properties.put("loginTimeout", CONNECT_SECONDS);
    properties.put("socketTimeout", SOCKET_SECONDS);
    properties.put("reWriteBatchedInserts", "true");
    properties.putAll(url.properties());
    return connected(new org.postgresql.Driver(), properties);
  }

  /**
   * Several connections may read while one writes; a commit has reached the disk when it returns.
   */
  private Connection openSqlite() throws SQLException {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new SQLException("the folder " + folder + " cannot be created", e);
    }
    Properties properties = new Properties();
    properties.put("journal_mode", "WAL");
    properties.put("synchronous", "FULL");
    properties.put("busy_timeout", "10000");
    properties.put("cache_size", "-1024");
    return connected(new org.sqlite.JDBC(), properties);
  }

  private Connection connected(Driver driver, Properties properties) throws SQLException {
    Connection connection = driver.connect(url.jdbc(), properties);
    if (connection == null) {
      throw new SQLException("the driver does not accept the URL of the database");
    }
    return connection;
  }

  private void migrate() throws SQLException {
    synchronized (MIGRATION) {
      if (!upToDate && !isCurrent()) {
        if (isServer()) {
          runMigrations(); // the server runs one at a time
        } else {
          migrateAlone();
        }
      }
      upToDate = true;
    }
  }

  /** Locks a file, because SQLite has no lock that outlives a transaction. */
  private void migrateAlone() throws SQLException {
    try (FileChannel lock =
            FileChannel.open(
                folder.resolve("schema.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock held = lock.lock()) {
      if (held.isValid() && !isCurrent()) {
        runMigrations();
      }
    } catch (IOException e) {
      throw new SQLException("the folder " + folder + " cannot be written", e);
    }
  }

  private void runMigrations() throws SQLException {
    LOG.info("migrating the schema of {} to version {}", url, SCHEMA);
    try {
      Flyway.configure(Database.class.getClassLoader())
          .dataSource(url.jdbc(), url.user(), url.password())
          .locations("classpath:dev/serai/memory/schema")
          .placeholders(placeholders())
          .loggers("slf4j")
          .connectRetries(0)
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new SQLException("the schema cannot be migrated", e);
    }
  }

  private Map<String, String> placeholders() {
    return Map.of(
        "table_options", isServer() ? "" : " WITHOUT ROWID",
        "bytes", isServer() ? "BYTEA" : "BLOB");
  }

  /** Checked without Flyway, whose classes take longer to load than the rest of a start. */
  private boolean isCurrent() throws SQLException {
    try (Connection connection = open()) {
      return hasHistory(connection) && isMigrated(connection);
    }
  }

  private boolean hasHistory(Connection connection) throws SQLException {
    String sql =
        isServer()
            ? "SELECT 1 FROM information_schema.tables"
                + " WHERE table_schema = current_schema() AND table_name = 'flyway_schema_history'"
            : "SELECT 1 FROM sqlite_master WHERE name = 'flyway_schema_history'";
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      return found.next();
    }
  }

  private static boolean isMigrated(Connection connection) throws SQLException {
    String sql = "SELECT success FROM flyway_schema_history WHERE version = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, SCHEMA);
      try (ResultSet found = statement.executeQuery()) {
        return found.next() && found.getBoolean(1);
      }
    }
  }

  /** Without user and password. */
  @Override
  public String toString() {
    return url.toString();
  }
}
