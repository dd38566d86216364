package dev.serai.memory.sessions;

import dev.serai.core.session.SessionMessage;
import dev.serai.core.session.SessionStore.Key;
import dev.serai.core.summary.BytePacker;
import dev.serai.memory.database.Sql;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The texts of older messages of a session, which are packed in bundles: many short texts together
 * become shorter than each alone. A bundle has the number, the length and the text of each message.
 * One that was read is kept for the next message. For one thread and one transaction.
 */
final class PackedTexts {
  private static final String OF_SESSION = " WHERE tenant = ? AND session = ?";

  private final Connection connection;
  private final Key key;
  private final BytePacker packer;
  private Map<Long, String> bundle = Map.of();

  PackedTexts(Connection connection, Key key, BytePacker packer) {
    this.connection = connection;
    this.key = key;
    this.packer = packer;
  }

  /**
   * Messages in their packed form.
   *
   * @param size of the bytes before they were packed
   */
  record Bundle(long first, long last, int messages, int size, byte[] data) {
    /** How many bytes fewer it has than the texts alone; 0 if it has more. */
    long saved() {
      return Math.max(0, size - messages * (Long.BYTES + Integer.BYTES) - data.length);
    }
  }

  Connection connection() {
    return connection;
  }

  Key key() {
    return key;
  }

  /** Packs messages, at least one, in their order. */
  static Bundle pack(List<SessionMessage> messages, BytePacker packer) {
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(plain)) {
      for (SessionMessage message : messages) {
        byte[] text = message.content().text().getBytes(StandardCharsets.UTF_8);
        out.writeLong(message.number());
        out.writeInt(text.length);
        out.write(text);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    long first = messages.getFirst().number();
    long last = messages.getLast().number();
    byte[] data = packer.pack(plain.toByteArray());
    return new Bundle(first, last, messages.size(), plain.size(), data);
  }

  /**
   * The text of a packed message.
   *
   * @throws SQLException if it is not in a bundle
   */
  String text(long number) throws SQLException {
    if (!bundle.containsKey(number)) {
      bundle = read(number);
    }
    String text = bundle.get(number);
    if (text == null) {
      throw new SQLException("the packed text of message " + number + " is missing");
    }
    return text;
  }

  private Map<Long, String> read(long number) throws SQLException {
    String sql =
        "SELECT size, data FROM session_bundle"
            + OF_SESSION
            + " AND first <= ? AND last >= ? ORDER BY first DESC LIMIT 1";
    try (PreparedStatement read =
            Sql.bound(connection, sql, key.tenant(), key.id(), number, number);
        ResultSet row = read.executeQuery()) {
      return row.next() ? texts(packer.unpack(row.getBytes(2), row.getInt(1))) : Map.of();
    } catch (IllegalArgumentException | IOException e) {
      throw new SQLException("the packed texts of messages are damaged", e);
    }
  }

  private static Map<Long, String> texts(byte[] plain) throws IOException {
    Map<Long, String> texts = new HashMap<>();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(plain))) {
      while (in.available() > 0) {
        long number = in.readLong();
        byte[] text = in.readNBytes(in.readInt());
        texts.put(number, new String(text, StandardCharsets.UTF_8));
      }
    }
    return texts;
  }

  /** Puts a bundle in the place of the texts, if all of them are there and not packed. */
  static boolean replace(Connection connection, Key key, Bundle bundle) throws SQLException {
    String those = OF_SESSION + MessageTable.UNPACKED + " AND number >= ? AND number <= ?";
    Object[] values = {key.tenant(), key.id(), bundle.first, bundle.last};
    try (PreparedStatement read =
            Sql.bound(connection, "SELECT COUNT(*) FROM session_message" + those, values);
        ResultSet row = read.executeQuery()) {
      if (!row.next() || row.getInt(1) != bundle.messages) {
        return false;
      }
    }
    Sql.run(
        connection,
        "INSERT INTO session_bundle (tenant, session, first, last, size, data)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        key.tenant(),
        key.id(),
        bundle.first,
        bundle.last,
        bundle.size,
        bundle.data);
    Sql.run(connection, "UPDATE session_message SET content = '', packed = 1" + those, values);
    return true;
  }

  /** Deletes the bundles of which a session has no message any more. */
  static void removeUpTo(Connection connection, Key key, long last) throws SQLException {
    Sql.run(
        connection,
        "DELETE FROM session_bundle" + OF_SESSION + " AND last <= ?",
        key.tenant(),
        key.id(),
        last);
  }
}
