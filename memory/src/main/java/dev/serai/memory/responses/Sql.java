package dev.serai.memory.responses;

import dev.serai.memory.database.StoredText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs SQL statements in one line each. */
final class Sql {
  private Sql() {}

  /** The text of the first row; empty if there is no row. */
  static Optional<String> text(Connection connection, String sql, Object... values)
      throws SQLException {
    return texts(connection, sql, values).stream().findFirst();
  }

  /** The texts of all rows. */
  static List<String> texts(Connection connection, String sql, Object... values)
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

  /** Runs a statement, and returns the number of changed rows. */
  static int run(Connection connection, String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = bound(connection, sql, values)) {
      return statement.executeUpdate();
    }
  }

  /** A statement with its parameters bound, texts cleaned, which the caller must close. */
  static PreparedStatement bound(Connection connection, String sql, Object... values)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      statement.setObject(i + 1, value instanceof String text ? StoredText.clean(text) : value);
    }
    return statement;
  }
}
