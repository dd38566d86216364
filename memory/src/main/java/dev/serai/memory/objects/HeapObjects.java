package dev.serai.memory.objects;

import dev.serai.core.memory.MemoryObject;
import dev.serai.core.memory.search.MemoryFeed;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The memory objects of all tenants in the heap, with the feed of their changes. For one thread at
 * a time.
 */
final class HeapObjects {
  private static final int MAX_DELETIONS = 10_000;

  private final Map<String, HeapTenant> tenants = new HashMap<>();

  /** By version. What is not there as it is here is gone. */
  private final NavigableMap<Long, Key> changes = new TreeMap<>();

  private final Deque<Long> deletions = new ArrayDeque<>();
  private long last;
  private long forgotten;
  private long objects;
  private long bytes;

  private record Key(String tenant, String path) {}

  /** The objects of a tenant; empty if it has none. */
  Optional<HeapTenant> tenant(String name) {
    return Optional.ofNullable(tenants.get(name));
  }

  StoredSize size() {
    return new StoredSize(objects, bytes);
  }

  /** The version of the next change. */
  long next() {
    return last + 1;
  }

  /** Stores an object, which has the next version. */
  void put(String tenant, MemoryObject object) {
    String path = object.entry().path().text();
    HeapTenant own = tenants.computeIfAbsent(tenant, _ -> new HeapTenant());
    own.find(path).ifPresent(_ -> forget(own, path));
    last++;
    changes.put(last, new Key(tenant, path));
    own.put(object);
    objects++;
    bytes += object.entry().bytes();
  }

  private void forget(HeapTenant own, String path) {
    MemoryObject former = own.remove(path).orElseThrow();
    changes.remove(former.entry().version());
    objects--;
    bytes -= former.entry().bytes();
  }

  /** Removes an object, which is there. */
  void remove(String tenant, String path) {
    HeapTenant own = tenant(tenant).orElseThrow();
    forget(own, path);
    if (own.isEmpty()) {
      tenants.remove(tenant);
    }
    last++;
    changes.put(last, new Key(tenant, path));
    deletions.add(last);
    if (deletions.size() > MAX_DELETIONS) {
      forgotten = deletions.remove();
      changes.remove(forgotten);
    }
  }

  /** Removes what has expired of a tenant. */
  void removeExpired(String tenant, long now) {
    Optional<HeapTenant> own = tenant(tenant);
    if (own.isPresent()) {
      for (Optional<String> path = own.get().expired(now);
          path.isPresent();
          path = own.get().expired(now)) {
        remove(tenant, path.get());
      }
    }
  }

  /** Removes what has expired of all tenants. */
  void removeExpired(long now) {
    List.copyOf(tenants.keySet()).forEach(tenant -> removeExpired(tenant, now));
  }

  MemoryFeed.Head head(String store) {
    return new MemoryFeed.Head(store, last, forgotten);
  }

  /** The changes after a version, in their order. */
  List<MemoryFeed.Change> after(long version, MemoryFeed.Limit limit) {
    List<MemoryFeed.Change> found = new ArrayList<>();
    long read = 0;
    for (Map.Entry<Long, Key> change : changes.tailMap(version, false).entrySet()) {
      Optional<MemoryObject> object = object(change.getValue(), change.getKey());
      read += object.map(one -> one.entry().bytes()).orElse(0);
      if (found.size() == limit.changes() || (read > limit.bytes() && !found.isEmpty())) {
        break;
      }
      Key key = change.getValue();
      found.add(new MemoryFeed.Change(change.getKey(), key.tenant, key.path, object));
    }
    return found;
  }

  private Optional<MemoryObject> object(Key key, long version) {
    return tenant(key.tenant)
        .flatMap(own -> own.find(key.path))
        .filter(object -> object.entry().version() == version);
  }
}
