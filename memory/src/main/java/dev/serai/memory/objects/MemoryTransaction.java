package dev.serai.memory.objects;

import dev.serai.core.memory.MemoryChange;
import dev.serai.core.memory.MemoryEntry;
import dev.serai.core.memory.MemoryOutcome;
import dev.serai.core.memory.MemoryProblems;
import dev.serai.memory.database.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes changes in one transaction. It holds the row of the last version until it is committed:
 * transactions of all gateways follow one another, so that versions grow in the order of the
 * commits and what a tenant has stored is counted exactly. For one thread.
 */
final class MemoryTransaction {
  private static final int REMOVED_AT_ONCE = 256;
  private static final int TENANTS_AT_ONCE = 16;
  private static final Duration DELETIONS_KEPT = Duration.ofDays(7);

  /** Of the last million changes; an index that is further behind is sooner filled anew. */
  private static final long MAX_DELETIONS = 1_000_000;

  private final Connection connection;
  private final long quotaBytes;
  private final Instant now;
  private final RecentReads reads;
  private final Map<String, TenantUsage> usage = new HashMap<>();
  private Map<RecentReads.Key, Long> writtenReads = Map.of();
  private StoredSize added = StoredSize.NONE;
  private long version;

  /**
   * How a transaction works.
   *
   * @param quotaBytes how much each tenant may store
   * @param reads which reads are not in the database yet
   */
  record Options(long quotaBytes, RecentReads reads) {}

  private MemoryTransaction(Connection connection, Options options, Instant now, long version) {
    this.connection = connection;
    this.quotaBytes = options.quotaBytes;
    this.reads = options.reads;
    this.now = now;
    this.version = version;
  }

  /** Begins, and waits for the transactions before it. */
  static MemoryTransaction begin(Connection connection, Options options, Instant now)
      throws SQLException {
    Sql.run(connection, "UPDATE memory_version SET last = last"); // takes the lock
    try (PreparedStatement read = connection.prepareStatement("SELECT last FROM memory_version");
        ResultSet row = read.executeQuery()) {
      row.next();
      return new MemoryTransaction(connection, options, now, row.getLong(1));
    }
  }

  /** Whether a sweep would remove anything; only reads. */
  static boolean hasOld(Connection connection, Instant now) throws SQLException {
    long millis = now.toEpochMilli();
    return MemoryTable.hasExpired(connection, millis)
        || MemoryTable.hasOldDeletions(
            connection, millis - DELETIONS_KEPT.toMillis(), MAX_DELETIONS);
  }

  /**
   * Writes the last version and what the tenants have stored, and commits.
   *
   * @param former what all tenants had stored before, as far as this gateway knows
   * @param read whether to read what they have stored now, with the changes of other gateways
   * @return what they have stored now
   */
  StoredSize commit(StoredSize former, boolean read) throws SQLException {
    for (TenantUsage tenant : usage.values()) {
      tenant.write(connection);
    }
    Sql.run(connection, "UPDATE memory_version SET last = ?", version);
    StoredSize stored = read ? StoredSize.read(connection) : former.plus(added);
    connection.commit();
    reads.forget(writtenReads);
    return stored;
  }

  /**
   * Writes when objects were read, once: before some are removed, so that those go first that were
   * not used for the longest time.
   */
  void writeReads() throws SQLException {
    if (writtenReads.isEmpty()) {
      writtenReads = reads.write(connection);
    }
  }

  MemoryOutcome apply(String tenant, MemoryChange change) throws SQLException {
    Optional<MemoryEntry> stored = MemoryTable.entry(connection, tenant, change.path());
    Optional<MemoryEntry> alive = stored.filter(entry -> !entry.isExpired(now));
    if (!change.precondition().holds(alive.map(MemoryEntry::version))) {
      return new MemoryOutcome.Refused(MemoryProblems.preconditionFailed());
    }
    return switch (change) {
      case MemoryChange.Put put -> put(tenant, put, stored);
      case MemoryChange.Delete _ -> {
        if (stored.isPresent()) {
          remove(tenant, change.path().text(), stored.get().bytes());
        }
        yield new MemoryOutcome.Deleted(alive.isPresent());
      }
    };
  }

  private MemoryOutcome put(String tenant, MemoryChange.Put put, Optional<MemoryEntry> stored)
      throws SQLException {
    int more = put.bytes() - stored.map(MemoryEntry::bytes).orElse(0);
    boolean full = more > 0 && usage(tenant).bytes() + more > quotaBytes;
    if (full && !makeRoom(tenant, put)) {
      return new MemoryOutcome.Refused(MemoryProblems.quotaExceeded());
    }
    // Making room may have removed the object itself.
    Optional<MemoryEntry> former =
        full ? MemoryTable.entry(connection, tenant, put.path()) : stored;
    version++;
    MemoryEntry entry =
        new MemoryEntry(
            put.path(),
            version,
            put.bytes(),
            former.filter(one -> !one.isExpired(now)).map(MemoryEntry::created).orElse(now),
            now,
            put.life().map(now::plus),
            put.evictable(),
            put.tags());
    MemoryTable.put(connection, tenant, put, entry);
    count(
        tenant, former.isPresent() ? 0 : 1, put.bytes() - former.map(MemoryEntry::bytes).orElse(0));
    return new MemoryOutcome.Stored(entry);
  }

  /**
   * Removes what has expired, and then evictable objects, until a value fits. Removes nothing that
   * has not expired if the value would not fit after all.
   */
  private boolean makeRoom(String tenant, MemoryChange.Put put) throws SQLException {
    boolean more = true;
    while (more && lacking(tenant, put) > 0) {
      more = removeExpired(tenant);
    }
    if (lacking(tenant, put) <= 0) {
      return true;
    }
    writeReads();
    List<MemoryTable.Evictable> evictable = evictable(tenant, put);
    for (MemoryTable.Evictable one : evictable) {
      remove(tenant, one.path(), one.bytes());
    }
    return lacking(tenant, put) <= 0;
  }

  /**
   * Those to remove so that a value fits, which were not used for the longest time; none if it
   * would not fit without all of them. The object itself is counted as replaced already.
   */
  private List<MemoryTable.Evictable> evictable(String tenant, MemoryChange.Put put)
      throws SQLException {
    long lacking = lacking(tenant, put);
    List<MemoryTable.Evictable> found =
        MemoryTable.evictable(connection, tenant, put.path().text(), lacking);
    long bytes = found.stream().mapToLong(MemoryTable.Evictable::bytes).sum();
    return bytes < lacking ? List.of() : found;
  }

  /** How many bytes too many the tenant would have stored with a value. */
  private long lacking(String tenant, MemoryChange.Put put) throws SQLException {
    int former =
        MemoryTable.entry(connection, tenant, put.path()).map(MemoryEntry::bytes).orElse(0);
    return usage(tenant).bytes() + put.bytes() - former - quotaBytes;
  }

  /** Removes what has expired of a tenant; returns whether there may be more of it. */
  private boolean removeExpired(String tenant) throws SQLException {
    List<MemoryEntry> gone =
        MemoryTable.expired(connection, tenant, now.toEpochMilli(), REMOVED_AT_ONCE);
    for (MemoryEntry entry : gone) {
      remove(tenant, entry.path().text(), entry.bytes());
    }
    return gone.size() == REMOVED_AT_ONCE;
  }

  /** Removes what has expired, and old records of deletions; returns whether there may be more. */
  boolean sweep() throws SQLException {
    long millis = now.toEpochMilli();
    long gone = millis - DELETIONS_KEPT.toMillis();
    int forgotten = MemoryTable.forgetDeletions(connection, gone, MAX_DELETIONS, REMOVED_AT_ONCE);
    int tenants = 0;
    for (String tenant : MemoryTable.withExpired(connection, millis, REMOVED_AT_ONCE)) {
      if (removeExpired(tenant) || ++tenants == TENANTS_AT_ONCE) {
        return true;
      }
    }
    return forgotten == REMOVED_AT_ONCE;
  }

  private void remove(String tenant, String path, int bytes) throws SQLException {
    version++;
    MemoryTable.delete(
        connection, new MemoryTable.Deletion(version, tenant, path, now.toEpochMilli()));
    count(tenant, -1, -bytes);
  }

  private void count(String tenant, int objects, int bytes) throws SQLException {
    usage(tenant).add(bytes, objects);
    added = added.plus(new StoredSize(objects, bytes));
  }

  private TenantUsage usage(String tenant) throws SQLException {
    TenantUsage known = usage.get(tenant);
    if (known == null) {
      known = TenantUsage.read(connection, tenant);
      usage.put(tenant, known);
    }
    return known;
  }
}
