package dev.serai.memory.objects;

import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.memory.MemoryChange;
import dev.serai.core.memory.MemoryEntry;
import dev.serai.core.memory.MemoryObject;
import dev.serai.core.memory.MemoryOutcome;
import dev.serai.core.memory.MemoryPath;
import dev.serai.core.memory.MemoryQuery;
import dev.serai.core.memory.MemoryStore;
import dev.serai.core.memory.TenantMemory;
import dev.serai.core.memory.search.HitReader;
import dev.serai.core.memory.search.MemoryHit;
import dev.serai.core.memory.search.MemorySearcher;
import dev.serai.core.problem.cause.CloseAll;
import dev.serai.memory.database.Database;
import dev.serai.memory.database.DatabaseReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Stores memory objects in the database. Thread-safe. */
public final class DatabaseMemoryStore implements MemoryStore, HitReader, AutoCloseable {
  private static final Duration STOP = Duration.ofSeconds(10);

  private final DatabaseReader reader;
  private final MemoryWriter writer;
  private final StoreTime time;

  /**
   * Opens nothing; {@link #start} does.
   *
   * @param quotaBytes how much each tenant may store
   */
  public DatabaseMemoryStore(
      Database database, long quotaBytes, StoreTime time, BackgroundThreads threads) {
    this.reader = new DatabaseReader(database, "memory");
    this.writer = new MemoryWriter(database, quotaBytes, time, threads);
    this.time = time;
  }

  /** Starts to make changes. */
  public void start() {
    writer.start();
  }

  /** The time by which objects expire, as far as is known without asking the database. */
  public Instant now() {
    return Instant.ofEpochMilli(time.millis());
  }

  /** What all tenants have stored; of changes of other gateways up to half a minute ago. */
  public StoredSize size() {
    return writer.size();
  }

  @Override
  public TenantMemory forTenant(String tenant) {
    return new Tenant(tenant);
  }

  @Override
  public List<MemorySearcher.Found> read(String tenant, List<MemoryHit> hits, int limit) {
    return reader.read(
        connection -> {
          List<MemorySearcher.Found> found = new ArrayList<>();
          long bytes = 0;
          for (MemoryHit hit : hits) {
            if (found.size() == limit || bytes > MemoryObject.MAX_READ_BYTES) {
              break;
            }
            Optional<MemoryObject> object =
                MemoryTable.find(connection, tenant, hit.path(), time.millis())
                    .filter(stored -> stored.entry().version() == hit.version());
            if (object.isPresent()) {
              found.add(new MemorySearcher.Found(object.get(), hit.score()));
              writer.noteRead(tenant, object.get().entry());
              bytes += object.get().json().length;
            }
          }
          return found;
        });
  }

  @Override
  public void close() {
    CloseAll.inOrder(reader::close, () -> writer.stop(STOP));
  }

  private final class Tenant implements TenantMemory {
    private final String name;

    Tenant(String name) {
      this.name = name;
    }

    @Override
    public Optional<MemoryObject> find(MemoryPath path) {
      Optional<MemoryObject> found =
          reader.read(connection -> MemoryTable.find(connection, name, path.text(), time.millis()));
      found.ifPresent(object -> writer.noteRead(name, object.entry()));
      return found;
    }

    @Override
    public List<MemoryOutcome> change(List<MemoryChange> changes) {
      return writer.change(name, changes);
    }

    @Override
    public List<MemoryEntry> list(MemoryQuery query) {
      return reader.read(connection -> MemoryTable.list(connection, name, query, time.millis()));
    }
  }
}
