package dev.serai.memory.objects;

import dev.serai.core.memory.MemoryChange;
import dev.serai.core.memory.MemoryEntry;
import dev.serai.core.memory.MemoryObject;
import dev.serai.core.memory.MemoryPath;
import dev.serai.core.memory.MemoryQuery;
import dev.serai.core.memory.search.MemoryFeed;
import dev.serai.memory.database.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads and writes the rows of memory objects. Stateless. */
final class MemoryTable {
  private static final String ENTRY =
      "path, key_start, version, size_bytes, created_ms, updated_ms, expires_ms, cache, tags";

  /** Objects may be large, and the driver of PostgreSQL holds what it fetches. */
  private static final int FETCHED_AT_ONCE = 4;

  private static final int REMOVED_AT_ONCE = 256;

  private static final String ALIVE = " AND (expires_ms = 0 OR expires_ms > ?)";

  /** Follows every path that begins with a prefix: it is in no path itself. */
  private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

  /**
   * An object that is gone.
   *
   * @param version of the deletion
   * @param millis when, since 1970
   */
  record Deletion(long version, String tenant, String path, long millis) {}

  /**
   * Some changes of the feed.
   *
   * @param more whether others may follow
   */
  record Part(List<MemoryFeed.Change> changes, boolean more) {
    /** All changes up to this version are there. */
    long end() {
      return more ? changes.getLast().version() : Long.MAX_VALUE;
    }
  }

  /** An evictable object. */
  record Evictable(String path, int bytes) {}

  private MemoryTable() {}

  /** The object at a path, unless it has expired. */
  static Optional<MemoryObject> find(Connection connection, String tenant, String path, long now)
      throws SQLException {
    String sql =
        "SELECT " + ENTRY + ", object FROM memory_object WHERE tenant = ? AND path = ?" + ALIVE;
    try (PreparedStatement read = Sql.bound(connection, sql, tenant, path, now);
        ResultSet row = read.executeQuery()) {
      return row.next()
          ? Optional.of(new MemoryObject(entry(row), row.getBytes("object")))
          : Optional.empty();
    }
  }

  /** The entry at a path, expired or not. */
  static Optional<MemoryEntry> entry(Connection connection, String tenant, MemoryPath path)
      throws SQLException {
    String sql = "SELECT " + ENTRY + " FROM memory_object WHERE tenant = ? AND path = ?";
    return entries(connection, sql, tenant, path.text()).stream().findFirst();
  }

  /** The objects that were stored after a version, in the order of their versions. */
  static Part storedAfter(Connection connection, long version, MemoryFeed.Limit limit)
      throws SQLException {
    String sql =
        "SELECT "
            + ENTRY
            + ", tenant, object FROM memory_object WHERE version > ? ORDER BY version LIMIT ?";
    List<MemoryFeed.Change> found = new ArrayList<>();
    long bytes = 0;
    try (PreparedStatement read = Sql.bound(connection, sql, version, limit.changes())) {
      read.setFetchSize(FETCHED_AT_ONCE);
      try (ResultSet row = read.executeQuery()) {
        while (row.next()) {
          bytes += row.getInt("size_bytes");
          if (bytes > limit.bytes() && !found.isEmpty()) {
            return new Part(found, true);
          }
          found.add(stored(row));
        }
      }
    }
    return new Part(found, found.size() == limit.changes());
  }

  private static MemoryFeed.Change stored(ResultSet row) throws SQLException {
    MemoryObject object = new MemoryObject(entry(row), row.getBytes("object"));
    return new MemoryFeed.Change(
        object.entry().version(),
        row.getString("tenant"),
        row.getString("path"),
        Optional.of(object));
  }

  /** The objects that were deleted after a version, in the order of their versions. */
  static Part deletedAfter(Connection connection, long version, int max) throws SQLException {
    String sql =
        "SELECT version, tenant, path FROM memory_deletion WHERE version > ? ORDER BY version"
            + " LIMIT ?";
    List<MemoryFeed.Change> found = new ArrayList<>();
    try (PreparedStatement read = Sql.bound(connection, sql, version, max);
        ResultSet row = read.executeQuery()) {
      while (row.next()) {
        found.add(
            new MemoryFeed.Change(
                row.getLong(1), row.getString(2), row.getString(3), Optional.empty()));
      }
    }
    return new Part(found, found.size() == max);
  }

  static List<MemoryEntry> list(Connection connection, String tenant, MemoryQuery query, long now)
      throws SQLException {
    String prefix = query.pathPrefix();
    String sql =
        "SELECT "
            + ENTRY
            + " FROM memory_object WHERE tenant = ? AND path >= ? AND path > ? AND path < ?"
            + ALIVE
            + " ORDER BY path LIMIT ?";
    String after = query.after().orElse("");
    return entries(connection, sql, tenant, prefix, after, prefix + LAST, now, query.limit());
  }

  /** Objects of a tenant that have expired. */
  static List<MemoryEntry> expired(Connection connection, String tenant, long now, int max)
      throws SQLException {
    String sql =
        "SELECT "
            + ENTRY
            + " FROM memory_object WHERE expires_ms > 0 AND expires_ms <= ? AND tenant = ?"
            + " ORDER BY expires_ms LIMIT ?";
    return entries(connection, sql, now, tenant, max);
  }

  /** Whether any tenant has an object that has expired. */
  static boolean hasExpired(Connection connection, long now) throws SQLException {
    return Sql.isAny(
        connection,
        "SELECT 1 FROM memory_object WHERE expires_ms > 0 AND expires_ms <= ? LIMIT 1",
        now);
  }

  /** The tenants that have objects that have expired. */
  static List<String> withExpired(Connection connection, long now, int max) throws SQLException {
    return Sql.texts(
        connection,
        "SELECT DISTINCT tenant FROM (SELECT tenant FROM memory_object WHERE expires_ms > 0"
            + " AND expires_ms <= ? ORDER BY expires_ms LIMIT ?) AS gone",
        now,
        max);
  }

  /**
   * Evictable objects of a tenant, those first that were not used for the longest time, until they
   * have so many bytes together.
   *
   * @param exceptPath this object is left out
   */
  static List<Evictable> evictable(
      Connection connection, String tenant, String exceptPath, long bytes) throws SQLException {
    String sql =
        "SELECT path, size_bytes FROM memory_object WHERE cache = 1 AND tenant = ? AND path <> ?"
            + " ORDER BY used_ms";
    List<Evictable> found = new ArrayList<>();
    long left = bytes;
    try (PreparedStatement read = Sql.bound(connection, sql, tenant, exceptPath)) {
      read.setFetchSize(REMOVED_AT_ONCE);
      try (ResultSet row = read.executeQuery()) {
        while (left > 0 && row.next()) {
          found.add(new Evictable(row.getString(1), row.getInt(2)));
          left -= row.getInt(2);
        }
      }
    }
    return found;
  }

  /** Stores a value. */
  static MemoryEntry put(
      Connection connection, String tenant, MemoryChange.Put put, MemoryEntry entry)
      throws SQLException {
    Sql.run(
        connection,
        "INSERT INTO memory_object (tenant, path, key_start, version, size_bytes, created_ms,"
            + " updated_ms, expires_ms, cache, tags, object, used_ms) VALUES (?, ?, ?, ?, ?, ?, ?,"
            + " ?, ?, ?, ?, ?) ON CONFLICT (tenant, path) DO UPDATE SET key_start = excluded.key_start,"
            + " version = excluded.version, size_bytes = excluded.size_bytes,"
            + " created_ms = excluded.created_ms, updated_ms = excluded.updated_ms,"
            + " expires_ms = excluded.expires_ms, cache = excluded.cache, tags = excluded.tags,"
            + " object = excluded.object, used_ms = excluded.used_ms",
        tenant,
        entry.path().text(),
        entry.path().namespace().length() + 1,
        entry.version(),
        entry.bytes(),
        entry.created().toEpochMilli(),
        entry.updated().toEpochMilli(),
        entry.expires().map(Instant::toEpochMilli).orElse(0L),
        entry.evictable() ? 1 : 0,
        String.join("\n", entry.tags()),
        put.json(),
        entry.updated().toEpochMilli());
    return entry;
  }

  /** Removes an object, and records that it is gone. */
  static void delete(Connection connection, Deletion gone) throws SQLException {
    Sql.run(
        connection,
        "DELETE FROM memory_object WHERE tenant = ? AND path = ?",
        gone.tenant,
        gone.path);
    Sql.run(
        connection,
        "INSERT INTO memory_deletion (version, tenant, path, gone_ms) VALUES (?, ?, ?, ?)",
        gone.version,
        gone.tenant,
        gone.path,
        gone.millis);
  }

  /** Whether {@link #forgetDeletions} would remove any; only reads. */
  static boolean hasOldDeletions(Connection connection, long goneMillis, long kept)
      throws SQLException {
    return Sql.isAny(
        connection,
        "SELECT 1 FROM (SELECT version, gone_ms FROM memory_deletion ORDER BY version LIMIT 1)"
            + " AS oldest WHERE gone_ms < ? OR version <= (SELECT last FROM memory_version) - ?",
        goneMillis,
        kept);
  }

  /**
   * Removes the first records of deletions: those of objects that were gone at this time, and those
   * that are older than so many changes. Returns how many were removed.
   */
  static int forgetDeletions(Connection connection, long goneMillis, long kept, int max)
      throws SQLException {
    Sql.run(
        connection,
        "UPDATE memory_version SET forgotten = (SELECT COALESCE(MAX(version), forgotten) FROM"
            + " (SELECT version, gone_ms FROM memory_deletion ORDER BY version LIMIT ?) AS oldest"
            + " WHERE gone_ms < ? OR version <= last - ?)",
        max,
        goneMillis,
        kept);
    return Sql.run(
        connection,
        "DELETE FROM memory_deletion WHERE version <= (SELECT forgotten FROM memory_version)");
  }

  private static List<MemoryEntry> entries(Connection connection, String sql, Object... values)
      throws SQLException {
    List<MemoryEntry> found = new ArrayList<>();
    try (PreparedStatement read = Sql.bound(connection, sql, values);
        ResultSet row = read.executeQuery()) {
      while (row.next()) {
        found.add(entry(row));
      }
    }
    return found;
  }

  private static MemoryEntry entry(ResultSet row) throws SQLException {
    long expires = row.getLong("expires_ms");
    return new MemoryEntry(
        MemoryPath.at(row.getString("path"), row.getInt("key_start")),
        row.getLong("version"),
        row.getInt("size_bytes"),
        Instant.ofEpochMilli(row.getLong("created_ms")),
        Instant.ofEpochMilli(row.getLong("updated_ms")),
        expires == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(expires)),
        row.getInt("cache") == 1,
        row.getString("tags").lines().toList());
  }
}
