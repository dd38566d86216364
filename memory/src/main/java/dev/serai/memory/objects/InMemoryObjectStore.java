package dev.serai.memory.objects;

import dev.serai.core.memory.MemoryChange;
import dev.serai.core.memory.MemoryEntry;
import dev.serai.core.memory.MemoryObject;
import dev.serai.core.memory.MemoryOutcome;
import dev.serai.core.memory.MemoryPath;
import dev.serai.core.memory.MemoryProblems;
import dev.serai.core.memory.MemoryQuery;
import dev.serai.core.memory.MemoryStore;
import dev.serai.core.memory.TenantMemory;
import dev.serai.core.memory.search.HitReader;
import dev.serai.core.memory.search.MemoryFeed;
import dev.serai.core.memory.search.MemoryHit;
import dev.serai.core.memory.search.MemorySearcher;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Stores memory objects in the heap of this process: nothing is left when it ends, and no other
 * gateway sees them. What they take together is bounded; more is refused as the quota is.
 * Thread-safe.
 */
public final class InMemoryObjectStore implements MemoryStore, MemoryFeed, HitReader {
  private final Limits limits;
  private final InstantSource clock;
  private final String id;
  private final ReentrantLock lock = new ReentrantLock();
  private final HeapObjects objects = new HeapObjects();

  /**
   * How much may be stored.
   *
   * @param quotaBytes by each tenant
   * @param heapBytes by all tenants
   */
  public record Limits(long quotaBytes, long heapBytes) {}

  /**
   * @param id identifies this store: an index of another one is of no use
   */
  public InMemoryObjectStore(Limits limits, InstantSource clock, String id) {
    this.limits = limits;
    this.clock = clock;
    this.id = id;
  }

  /** What all tenants have stored. */
  public StoredSize size() {
    return locked(objects::size);
  }

  @Override
  public TenantMemory forTenant(String tenant) {
    return new Tenant(tenant);
  }

  @Override
  public Head head() {
    return locked(() -> objects.head(id));
  }

  @Override
  public Page after(long version, Limit limit) {
    return locked(
        () -> {
          List<Change> changes = objects.after(version, limit);
          return new Page(
              objects.head(id),
              changes,
              changes.isEmpty() ? objects.next() - 1 : changes.getLast().version());
        });
  }

  @Override
  public List<MemorySearcher.Found> read(String tenant, List<MemoryHit> hits, int limit) {
    return locked(
        () -> {
          List<MemorySearcher.Found> found = new ArrayList<>();
          long bytes = 0;
          for (MemoryHit hit : hits) {
            if (found.size() == limit || bytes > MemoryObject.MAX_READ_BYTES) {
              break;
            }
            Optional<MemoryObject> object =
                use(tenant, hit.path()).filter(stored -> stored.entry().version() == hit.version());
            if (object.isPresent()) {
              found.add(new MemorySearcher.Found(object.get(), hit.score()));
              bytes += object.get().json().length;
            }
          }
          return found;
        });
  }

  private Optional<MemoryObject> use(String tenant, String path) {
    Instant now = now();
    return objects
        .tenant(tenant)
        .flatMap(own -> own.use(path))
        .filter(object -> !object.entry().isExpired(now));
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }

  private <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  private MemoryOutcome apply(String tenant, MemoryChange change, Instant now) {
    String path = change.path().text();
    Optional<MemoryEntry> stored =
        objects.tenant(tenant).flatMap(own -> own.find(path)).map(MemoryObject::entry);
    if (!change.precondition().holds(stored.map(MemoryEntry::version))) {
      return new MemoryOutcome.Refused(MemoryProblems.preconditionFailed());
    }
    return switch (change) {
      case MemoryChange.Put put -> put(tenant, put, stored, now);
      case MemoryChange.Delete _ -> {
        if (stored.isPresent()) {
          objects.remove(tenant, path);
        }
        yield new MemoryOutcome.Deleted(stored.isPresent());
      }
    };
  }

  private MemoryOutcome put(
      String tenant, MemoryChange.Put put, Optional<MemoryEntry> stored, Instant now) {
    int more = put.bytes() - stored.map(MemoryEntry::bytes).orElse(0);
    if (more > 0 && !makeRoom(tenant, put, more)) {
      return new MemoryOutcome.Refused(MemoryProblems.quotaExceeded());
    }
    MemoryEntry entry =
        new MemoryEntry(
            put.path(),
            objects.next(),
            put.bytes(),
            stored.map(MemoryEntry::created).orElse(now),
            now,
            put.life().map(now::plus),
            put.evictable(),
            put.tags());
    objects.put(tenant, new MemoryObject(entry, put.json()));
    return new MemoryOutcome.Stored(entry);
  }

  /** Removes evictable objects of the tenant, until so many bytes more fit; or nothing. */
  private boolean makeRoom(String tenant, MemoryChange.Put put, int more) {
    if (more + objects.size().bytes() > limits.heapBytes) {
      objects.removeExpired(clock.millis());
    }
    Optional<HeapTenant> own = objects.tenant(tenant);
    long lacking =
        more
            + Math.max(
                own.map(HeapTenant::bytes).orElse(0L) - limits.quotaBytes,
                objects.size().bytes() - limits.heapBytes);
    if (lacking <= 0) {
      return true;
    }
    List<String> removed =
        own.map(all -> all.evictable(put.path().text(), lacking)).orElse(List.of());
    removed.forEach(one -> objects.remove(tenant, one));
    return !removed.isEmpty();
  }

  private final class Tenant implements TenantMemory {
    private final String name;

    Tenant(String name) {
      this.name = name;
    }

    @Override
    public Optional<MemoryObject> find(MemoryPath path) {
      return locked(() -> use(name, path.text()));
    }

    @Override
    public List<MemoryOutcome> change(List<MemoryChange> changes) {
      return locked(
          () -> {
            Instant now = now();
            objects.removeExpired(name, now.toEpochMilli());
            return changes.stream().map(change -> apply(name, change, now)).toList();
          });
    }

    @Override
    public List<MemoryEntry> list(MemoryQuery query) {
      return locked(() -> objects.tenant(name).map(own -> list(own, query)).orElse(List.of()));
    }

    private List<MemoryEntry> list(HeapTenant own, MemoryQuery query) {
      Instant now = now();
      String prefix = query.pathPrefix();
      List<MemoryEntry> found = new ArrayList<>();
      for (MemoryObject object : own.after(prefix, query.after())) {
        MemoryEntry entry = object.entry();
        if (found.size() == query.limit() || !entry.path().text().startsWith(prefix)) {
          break;
        }
        if (!entry.isExpired(now)) {
          found.add(entry);
        }
      }
      return found;
    }
  }
}
