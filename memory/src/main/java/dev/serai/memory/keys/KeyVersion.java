package dev.serai.memory.keys;

import dev.serai.core.keys.KeyHasher;
import dev.serai.memory.database.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The row that every change counts up: of keys, and of what else is managed over HTTP. It has the
 * check of the pepper too.
 *
 * @param number how often something was changed
 * @param pepper the hash of a fixed text with the pepper of the keys; empty before the first key
 */
public record KeyVersion(long number, Optional<byte[]> pepper) {
  /**
   * Reads the row.
   *
   * @throws SQLException if the database fails
   */
  public static KeyVersion read(Connection connection) throws SQLException {
    try (PreparedStatement read =
            connection.prepareStatement("SELECT version, pepper_hash FROM api_key_version");
        ResultSet found = read.executeQuery()) {
      if (!found.next()) {
        throw new SQLException("the table api_key_version is empty");
      }
      return new KeyVersion(found.getLong(1), Optional.ofNullable(found.getBytes(2)));
    }
  }

  /**
   * Counts the version up, which lets one change wait for another, in other processes too.
   *
   * @throws SQLException if the database fails
   */
  public static void increment(Connection connection) throws SQLException {
    Sql.run(connection, "UPDATE api_key_version SET version = version + 1");
  }

  /** Notes with which pepper keys are hashed. */
  static void setPepper(Connection connection, KeyHasher hasher) throws SQLException {
    Sql.run(connection, "UPDATE api_key_version SET pepper_hash = ?", Pepper.check(hasher));
  }

  /** Whether keys are hashed with another pepper than this one. */
  public boolean isOfAnotherPepperThan(Optional<KeyHasher> hasher) {
    return pepper.isPresent()
        && (hasher.isEmpty() || !Arrays.equals(pepper.get(), Pepper.check(hasher.get())));
  }
}
