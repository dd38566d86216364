package dev.serai.memory.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks for tables of another program in the current schema of a PostgreSQL database or in a file
 * of SQLite: other programs name theirs by the same variable. Tables of extensions do not count.
 * For one use.
 */
final class ForeignTables {
  private static final int MAX_SHOWN = 3;
  private static final String HISTORY = "flyway_schema_history";
  private static final String TABLES =
      "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
          + " WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p')"
          + " AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass"
          + " AND d.objid = c.oid AND d.deptype = 'e')";

  private static final String FILE_TABLES =
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*'";

  private final Connection connection;

  ForeignTables(Connection connection) {
    this.connection = connection;
  }

  /**
   * Does nothing if the database is empty or has Serai's tables.
   *
   * @param sharing whether other tables are allowed
   * @throws ForeignDatabaseException if it belongs to another program
   * @throws SQLException if it cannot be read
   */
  void refuse(DatabaseUrl url, boolean sharing) throws SQLException {
    boolean history = !names(TABLES + " AND c.relname = '" + HISTORY + "'").isEmpty();
    if (history && hasOurHistory()) {
      return;
    }
    if (history) {
      throw new ForeignDatabaseException(
          "the schema of "
              + url
              + " has the table "
              + HISTORY
              + " of another program; give Serai a database of its own, or a schema of its own"
              + " with ?currentSchema=NAME at the end of the URL");
    }
    List<String> tables = names(TABLES + " ORDER BY c.relname LIMIT " + (MAX_SHOWN + 1));
    if (!tables.isEmpty() && !sharing) {
      throw new ForeignDatabaseException(
          url
              + ", which DATABASE_URL names, has tables of another program ("
              + shown(tables)
              + ") and none of Serai; give Serai a database of its own in SERAI_DATABASE_URL, which"
              + " overrides DATABASE_URL, or name the same database there if Serai is to share it");
    }
  }

  /**
   * Does nothing if a file of SQLite is empty or has Serai's tables. Files are never shared.
   *
   * @throws ForeignDatabaseException if it belongs to another program
   * @throws SQLException if it cannot be read
   */
  static void refuseFile(Connection connection, Path file) throws SQLException {
    ForeignTables tables = new ForeignTables(connection);
    boolean history = !tables.names(FILE_TABLES + " AND name = '" + HISTORY + "'").isEmpty();
    if (history && tables.hasOurHistory()) {
      return;
    }
    List<String> names = tables.names(FILE_TABLES + " ORDER BY name LIMIT " + (MAX_SHOWN + 1));
    boolean began = names.equals(List.of(HISTORY)) && tables.isEmpty(HISTORY);
    if (!names.isEmpty() && !began) {
      throw new ForeignDatabaseException(
          "the file "
              + file
              + " has tables of another program ("
              + shown(names)
              + ") and none of Serai; give Serai a file of its own: SERAI_DATABASE_URL=sqlite:FILE,"
              + " which overrides DATABASE_URL");
    }
  }

  /** The history of a first migration that runs now, or that was interrupted, has no entry. */
  private boolean isEmpty(String table) throws SQLException {
    return names("SELECT 1 FROM " + table + " LIMIT 1").isEmpty();
  }

  private static String shown(List<String> tables) {
    return String.join(", ", tables.subList(0, Math.min(MAX_SHOWN, tables.size())))
        + (tables.size() > MAX_SHOWN ? ", ..." : "");
  }

  private boolean hasOurHistory() throws SQLException {
    return !names(
            "SELECT script FROM "
                + HISTORY
                + " WHERE script = '"
                + Schema.FIRST_MIGRATION
                + "' LIMIT 1")
        .isEmpty();
  }

  private List<String> names(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      List<String> names = new ArrayList<>();
      while (found.next()) {
        names.add(found.getString(1));
      }
      return names;
    }
  }
}
