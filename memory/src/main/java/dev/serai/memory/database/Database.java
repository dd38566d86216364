package dev.serai.memory.database;

import dev.serai.memory.files.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.SQLiteOpenMode;

/**
 * The gateway's database: SQLite in a file, or PostgreSQL. The schema is migrated before the first
 * connection is returned. One instance for each gateway, shared by everything that is stored. Every
 * method blocks. Thread-safe.
 */
public final class Database {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);

  /**
   * Guards migrations of all databases in this process: a file lock belongs to the whole process.
   */
  private static final Object MIGRATION = new Object();

  private static final Duration MIGRATION_TIMEOUT = Duration.ofHours(6);

  private final DatabaseUrl url;
  private final Path folder;
  private final DatabaseTimeouts timeouts;
  private final Optional<SqliteFile> file;
  private final boolean sharing;
  private final Schema schema;
  private volatile boolean upToDate;

  /**
   * Opens no connection yet.
   *
   * @param url as in the settings
   * @param folder of the SQLite file, unless the URL has a folder
   * @throws IllegalArgumentException if Serai does not know this kind of database
   */
  public Database(String url, Path folder) {
    this(url, folder, DatabaseTimeouts.DEFAULT);
  }

  /** Opens no connection yet. Parameters as for the other constructor. */
  public Database(String url, Path folder, DatabaseTimeouts timeouts) {
    this(url, folder, timeouts, true);
  }

  /**
   * Opens no connection yet.
   *
   * @param sharing whether Serai's tables may be added to those of another program
   */
  public Database(String url, Path folder, DatabaseTimeouts timeouts, boolean sharing) {
    this.url = DatabaseUrl.of(url, folder);
    this.folder = folder;
    this.timeouts = timeouts;
    this.file = isServer() ? Optional.empty() : Optional.of(new SqliteFile(this.url.file()));
    this.sharing = sharing;
    this.schema = new Schema(this.url, sharing);
  }

  /** Whether it may have what an earlier start has stored: a server, or a file that exists. */
  public boolean mayHaveRows() {
    return isServer() || Files.exists(url.file());
  }

  /** Whether the database is a server, which other processes may use too. */
  public boolean isServer() {
    return url.engine() == DatabaseUrl.Engine.POSTGRESQL;
  }

  /**
   * Opens a connection, which the caller must close.
   *
   * @throws SQLException if the database is unavailable or its schema cannot be migrated, or the
   *     file of SQLite is no longer at its path
   */
  public Connection connect() throws SQLException {
    if (!upToDate) {
      migrate();
    }
    if (file.isPresent()) {
      return connect(file.get());
    }
    return open();
  }

  private Connection connect(SqliteFile used) throws SQLException {
    synchronized (used) {
      if (used.wasReplaced()) {
        adopt(used);
      }
      return used.opened(open());
    }
  }

  /** Goes on with another file at the path, such as a backup, if its schema is current. */
  private void adopt(SqliteFile used) throws SQLException {
    used.leaveAll();
    try (Connection connection = openSqlite(false)) {
      if (!schema.isCurrent(connection)) {
        throw new SQLException(
            "the file "
                + used.path()
                + " was replaced by one without the schema of this version; put the other back, or"
                + " restart Serai to migrate this one");
      }
    }
    used.take();
    LOG.warn("the file {} was replaced; usage goes to the new one from now on", used.path());
  }

  /**
   * Checks before a write that an open connection is still to the database at its address: the file
   * of SQLite may have been moved, removed or replaced. Costs one system call. Closes the
   * connection if it is not.
   *
   * @throws SQLException if it is not
   */
  public void verify(Connection connection) throws SQLException {
    if (file.isPresent()) {
      file.get().verify(connection);
    }
  }

  /**
   * Begins a transaction that only reads and sees the database as of one moment. The caller ends it
   * with a rollback.
   *
   * @throws SQLException if the database is unavailable, or no longer the one at its address
   */
  void beginToRead(Connection connection) throws SQLException {
    verify(connection);
    connection.setAutoCommit(false);
    if (isServer()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY; SET LOCAL"
                + " statement_timeout = "
                + timeouts.read().toMillis());
      }
    }
  }

  /**
   * Interrupts what another thread does on a connection, which then fails with an exception there.
   */
  void interrupt(Connection connection) throws SQLException {
    if (isServer()) {
      connection.abort(Runnable::run);
    } else {
      connection.unwrap(SQLiteConnection.class).getDatabase().interrupt();
    }
  }

  /** How long to wait for a query. */
  Duration readTimeout() {
    return timeouts.read();
  }

  /**
   * Loads the native library of SQLite, which needs free file descriptors; does nothing for a
   * server. A failure can be repaired: the next call tries again.
   *
   * @throws SQLException if it cannot be loaded
   */
  public void loadDriver() throws SQLException {
    if (isServer()) {
      return;
    }
    try {
      SQLiteJDBCLoader.initialize();
    } catch (Exception e) { // declared by the driver
      throw new SQLException("the library of SQLite cannot be loaded: " + e.getMessage(), e);
    }
  }

  private Connection open() throws SQLException {
    return isServer() ? openPostgres() : openSqlite(true);
  }

  private Connection openPostgres() throws SQLException {
    Properties properties = timeouts(timeouts.write());
    properties.put("ApplicationName", "serai");
    properties.put("reWriteBatchedInserts", "true");
    properties.putAll(url.properties());
    return connected(new org.postgresql.Driver(), properties);
  }

  private Properties timeouts(Duration socket) {
    Properties properties = new Properties();
    properties.put("connectTimeout", seconds(timeouts.connect()));
    properties.put("loginTimeout", seconds(timeouts.connect()));
    properties.put("socketTimeout", seconds(socket));
    return properties;
  }

  private static String seconds(Duration timeout) {
    return Long.toString(Math.max(1, timeout.toSeconds()));
  }

  /**
   * Several connections may read while one writes; a commit has reached the disk when it returns. A
   * file that is missing is not created.
   *
   * @param ours whether the file is known to be of Serai, so that its mode may be set
   */
  private Connection openSqlite(boolean ours) throws SQLException {
    loadDriver();
    Properties properties = new Properties();
    if (ours) {
      properties.put("journal_mode", "WAL");
    }
    properties.put("open_mode", Integer.toString(SQLiteOpenMode.READWRITE.flag));
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
      if (!upToDate) {
        if (!isServer()) {
          refuseForeign(); // before the permissions of its file are changed
          createFile();
        }
        migrateIfNeeded();
        if (file.isPresent()) {
          file.get().take();
        }
      }
      upToDate = true;
    }
  }

  private void migrateIfNeeded() throws SQLException {
    if (isCurrent()) {
      return;
    }
    if (isServer()) {
      refuseForeign();
      runMigrations(); // the server runs one at a time
    } else {
      migrateAlone();
    }
  }

  /**
   * Looks whether the database belongs to another program. Blocks; opens a connection. A file is
   * only read, and never created.
   *
   * @return why Serai does not use it, without its password; empty if Serai may use it, or if it
   *     cannot be reached now: then the first connection is refused
   */
  public Optional<String> foreign() {
    if (isServer() && sharing) {
      return Optional.empty();
    }
    try {
      refuseForeign();
      return Optional.empty();
    } catch (ForeignDatabaseException foreign) {
      return Optional.of(String.valueOf(foreign.getMessage()));
    } catch (SQLException e) {
      LOG.debug("{} cannot be reached", url, e);
      return Optional.empty();
    }
  }

  private void refuseForeign() throws SQLException {
    if (file.isPresent()) {
      refuseForeign(file.get().path());
      return;
    }
    try (Connection connection = open()) {
      new ForeignTables(connection).refuse(url, sharing);
    }
  }

  private void refuseForeign(Path existing) throws SQLException {
    if (!Files.exists(existing)) {
      return;
    }
    try (Connection connection = openSqlite(false)) {
      ForeignTables.refuseFile(connection, existing);
    } catch (SQLException e) {
      if (e.getErrorCode() == SQLiteErrorCode.SQLITE_NOTADB.code) {
        throw new ForeignDatabaseException(
            "the file "
                + existing
                + " is not a SQLite database; name another in SERAI_DATABASE_URL");
      }
      throw e;
    }
  }

  /** SQLite gives the files beside the database the permissions of the database. */
  private void createFile() throws SQLException {
    Path path = url.file();
    try {
      PrivateFiles.createFolder(folder);
      PrivateFiles.createOrRestrict(path);
      PrivateFiles.restrict(Path.of(path + "-wal"));
      PrivateFiles.restrict(Path.of(path + "-shm"));
    } catch (IOException e) {
      throw new SQLException("the file " + path + " cannot be created", e);
    }
  }

  /** Locks a file, because SQLite has no lock that outlives a transaction. */
  private void migrateAlone() throws SQLException {
    try (FileChannel lock =
            PrivateFiles.open(
                folder.resolve("schema.lock"),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        FileLock held = lock.lock()) {
      if (held.isValid() && !isCurrent()) {
        runMigrations();
      }
    } catch (IOException e) {
      throw new SQLException("the folder " + folder + " cannot be written", e);
    }
  }

  /** A migration may have to read the whole ledger. */
  private void runMigrations() throws SQLException {
    LOG.info("migrating the schema of {} to version {}", url, Schema.VERSION);
    schema.migrate(isServer() ? timeouts(MIGRATION_TIMEOUT) : new Properties());
  }

  /** Checked without Flyway, whose classes take longer to load than the rest of a start. */
  private boolean isCurrent() throws SQLException {
    try (Connection connection = open()) {
      return schema.isCurrent(connection);
    }
  }

  /** Without user and password. */
  @Override
  public String toString() {
    return url.toString();
  }
}
