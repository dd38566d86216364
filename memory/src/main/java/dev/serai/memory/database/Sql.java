package dev.serai.memory.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs SQL statements in one line each. Every text is cleaned as {@link StoredText} does, in what
 * is written and in what is looked up. An empty {@code Optional} is a null of the type BIGINT.
 * Stateless.
 */
public final class Sql {
  private Sql() {}

  /**
   * Runs a statement.
   *
   * @return how many rows it changed
   * @throws SQLException if the database refuses the statement
   */
  public static int run(Connection connection, String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = bound(connection, sql, values)) {
      return statement.executeUpdate();
    }
  }

  /**
   * Whether a query finds a row.
   *
   * @throws SQLException if the database refuses the query
   */
  public static boolean isAny(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = bound(connection, sql, values);
        ResultSet found = statement.executeQuery()) {
      return found.next();
    }
  }

  /**
   * The text of the first row; empty if there is no row.
   *
   * @throws SQLException if the database refuses the query
   */
  public static Optional<String> text(Connection connection, String sql, Object... values)
      throws SQLException {
    return texts(connection, sql, values).stream().findFirst();
  }

  /**
   * The texts of all rows.
   *
   * @throws SQLException if the database refuses the query
   */
  public static List<String> texts(Connection connection, String sql, Object... values)
      throws SQLException {
    List<String> texts = new ArrayList<>();
    try (PreparedStatement statement = bound(connection, sql, values);
        ResultSet found = statement.executeQuery()) {
      while (found.next()) {
        texts.add(found.getString(1));
      }
    }
    return texts;
  }

  /**
   * A statement with its parameters bound, which the caller must close.
   *
   * @throws SQLException if the database refuses the statement
   */
  public static PreparedStatement bound(Connection connection, String sql, Object... values)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    bind(statement, values);
    return statement;
  }

  /**
   * Binds the parameters of a statement, from the first one on.
   *
   * @throws SQLException if the statement has fewer parameters
   */
  public static void bind(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      switch (values[i]) {
        case Optional<?> optional when optional.isPresent() ->
            statement.setObject(i + 1, stored(optional.get()));
        case Optional<?> _ -> statement.setNull(i + 1, Types.BIGINT);
        case Object value -> statement.setObject(i + 1, stored(value));
      }
    }
  }

  private static Object stored(Object value) {
    return value instanceof String text ? StoredText.clean(text) : value;
  }
}
