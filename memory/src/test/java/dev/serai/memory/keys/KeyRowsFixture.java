package dev.serai.memory.keys;

import dev.serai.core.keys.ApiKey;
import dev.serai.core.keys.KeyHash;
import java.sql.Connection;
import java.sql.SQLException;

/** Stores many keys at once, for the tests of other packages. */
public final class KeyRowsFixture {
  private KeyRowsFixture() {}

  public static void insert(Connection connection, ApiKey key, KeyHash hash) throws SQLException {
    KeyRows.insert(connection, key, hash);
  }
}
