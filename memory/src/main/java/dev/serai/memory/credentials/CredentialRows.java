package dev.serai.memory.credentials;

import dev.serai.core.provider.credential.ProviderCredential;
import dev.serai.memory.database.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The rows of the credentials of providers. A change runs within a transaction of the caller. */
final class CredentialRows {
  private CredentialRows() {}

  /** All, by provider, the oldest first. */
  static List<SealedCredential> all(Connection connection) throws SQLException {
    List<SealedCredential> all = new ArrayList<>();
    String sql = "SELECT * FROM provider_credential ORDER BY provider, created_ms, id";
    try (PreparedStatement read = connection.prepareStatement(sql);
        ResultSet row = read.executeQuery()) {
      while (row.next()) {
        all.add(credential(row));
      }
    }
    return all;
  }

  private static SealedCredential credential(ResultSet row) throws SQLException {
    ProviderCredential about =
        new ProviderCredential(
            row.getString("id"),
            row.getString("provider"),
            row.getString("hint"),
            row.getString("master_key"),
            false,
            Instant.ofEpochMilli(row.getLong("created_ms")));
    return new SealedCredential(about, row.getBytes("nonce"), row.getBytes("ciphertext"));
  }

  static void insert(Connection connection, SealedCredential encrypted) throws SQLException {
    Sql.run(
        connection,
        "INSERT INTO provider_credential (provider, hint, created_ms, master_key, nonce,"
            + " ciphertext, id) VALUES (?, ?, ?, ?, ?, ?, ?)",
        encrypted.about().provider(),
        encrypted.about().hint(),
        encrypted.about().created().toEpochMilli(),
        encrypted.about().masterKey(),
        encrypted.nonce(),
        encrypted.ciphertext(),
        encrypted.about().id());
  }

  static void replace(Connection connection, SealedCredential encrypted) throws SQLException {
    Sql.run(
        connection,
        "UPDATE provider_credential SET master_key = ?, nonce = ?, ciphertext = ? WHERE id = ?",
        encrypted.about().masterKey(),
        encrypted.nonce(),
        encrypted.ciphertext(),
        encrypted.about().id());
  }

  static boolean delete(Connection connection, String id) throws SQLException {
    return Sql.run(connection, "DELETE FROM provider_credential WHERE id = ?", id) > 0;
  }
}
