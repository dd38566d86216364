package dev.serai.memory.objects;

import dev.serai.core.memory.MemoryEntry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When evictable objects were read last, until the store has these times. Their number is bounded;
 * reads of more objects are not noted until some are written. Thread-safe.
 */
final class RecentReads {
  /** From this number on they should be written soon. */
  static final int MANY = 1024;

  static final int MAX = 4 * MANY;

  private final Map<Key, Long> millis = new ConcurrentHashMap<>();

  /** Which object was read. */
  record Key(String tenant, String path) {}

  /** An object was read. */
  void note(String tenant, MemoryEntry read, long now) {
    if (read.evictable()) {
      Key key = new Key(tenant, read.path().text());
      if (millis.size() < MAX || millis.containsKey(key)) {
        millis.merge(key, now, Math::max);
      }
    }
  }

  boolean isEmpty() {
    return millis.isEmpty();
  }

  /** Whether there are so many that they should be written. */
  boolean areMany() {
    return millis.size() >= MANY;
  }

  /** Writes all times; returns them, so that they are forgotten once they are committed. */
  Map<Key, Long> write(Connection connection) throws SQLException {
    Map<Key, Long> written = new HashMap<>(millis);
    String sql =
        "UPDATE memory_object SET used_ms = ? WHERE tenant = ? AND path = ? AND cache = 1"
            + " AND used_ms < ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      for (Map.Entry<Key, Long> read : written.entrySet()) {
        update.setLong(1, read.getValue());
        update.setString(2, read.getKey().tenant);
        update.setString(3, read.getKey().path);
        update.setLong(4, read.getValue());
        update.addBatch();
      }
      update.executeBatch();
    }
    return written;
  }

  /** Forgets what was written; an object that was read again meanwhile is not forgotten. */
  void forget(Map<Key, Long> written) {
    written.forEach(millis::remove);
  }
}
