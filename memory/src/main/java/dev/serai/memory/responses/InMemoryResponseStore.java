package dev.serai.memory.responses;

import dev.serai.core.responses.ResponseStore;
import dev.serai.core.responses.StoredResponse;
import dev.serai.core.responses.StoredResponses;
import dev.serai.core.time.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stores responses in this process only: they are lost when it stops, and another replica does not
 * have them. Bounded in bytes; the oldest are removed first. A response that several others
 * continue is counted for each of them, so the memory in use is less than the count.
 *
 * <p>Safe for use by many threads; takes no lock.
 */
public final class InMemoryResponseStore implements ResponseStore {
  private final long maxBytes;
  private final long lifeNanos;
  private final Ticker ticker;
  private final Map<Key, Entry> byId = new ConcurrentHashMap<>();
  private final Map<Key, Entry> byItem = new ConcurrentHashMap<>();
  private final Queue<Entry> oldestFirst = new ConcurrentLinkedQueue<>();
  private final AtomicLong bytes = new AtomicLong();

  /**
   * @param maxBytes of all responses together
   * @param life after which a response is not found any more
   */
  public InMemoryResponseStore(long maxBytes, Duration life, Ticker ticker) {
    this.maxBytes = maxBytes;
    this.lifeNanos = life.toNanos();
    this.ticker = ticker;
  }

  private record Key(String tenant, String id) {}

  private record Entry(
      String tenant, StoredResponse response, long sinceNanos, AtomicBoolean removed) {}

  /** About how many bytes are stored. */
  public long bytes() {
    return bytes.get();
  }

  /** How many names lead to a response: its ID and those of its items. */
  int indexed() {
    return byId.size() + byItem.size();
  }

  @Override
  public StoredResponses forTenant(String tenant) {
    return new Tenant(tenant);
  }

  private void keep(String tenant, StoredResponse response) {
    if (response.weight() > maxBytes) {
      return;
    }
    Entry entry = new Entry(tenant, response, ticker.nanos(), new AtomicBoolean());
    bytes.addAndGet(response.weight());
    index(tenant, response, entry);
    oldestFirst.add(entry);
    if (entry.removed.get()) {
      unindex(entry); // another thread has removed it before all of it was indexed
    }
    trim();
  }

  private void index(String tenant, StoredResponse response, Entry entry) {
    Entry replaced = byId.put(new Key(tenant, response.id()), entry);
    if (replaced != null) {
      oldestFirst.remove(replaced);
      drop(replaced);
    }
    for (String item : response.itemIds()) {
      byItem.put(new Key(tenant, item), entry);
    }
  }

  private void trim() {
    Entry oldest = oldestFirst.peek();
    while (oldest != null && (bytes.get() > maxBytes || isExpired(oldest))) {
      if (oldestFirst.remove(oldest)) {
        drop(oldest);
      }
      oldest = oldestFirst.peek();
    }
  }

  private boolean isExpired(Entry entry) {
    return ticker.nanos() - entry.sinceNanos > lifeNanos;
  }

  /** Removes an entry; false if it was removed before. */
  private boolean drop(Entry entry) {
    if (!entry.removed.compareAndSet(false, true)) {
      return false;
    }
    bytes.addAndGet(-entry.response.weight());
    unindex(entry);
    return true;
  }

  private void unindex(Entry entry) {
    byId.remove(new Key(entry.tenant, entry.response.id()), entry);
    for (String item : entry.response.itemIds()) {
      byItem.remove(new Key(entry.tenant, item), entry);
    }
  }

  private Optional<StoredResponse> found(Map<Key, Entry> map, Key key) {
    return Optional.ofNullable(map.get(key))
        .filter(entry -> !entry.removed.get() && !isExpired(entry))
        .map(Entry::response);
  }

  private final class Tenant implements StoredResponses {
    private final String name;

    Tenant(String name) {
      this.name = name;
    }

    @Override
    public void store(StoredResponse response) {
      InMemoryResponseStore.this.keep(name, response);
    }

    @Override
    public Optional<StoredResponse> find(String id) {
      return found(byId, new Key(name, id));
    }

    @Override
    public Optional<StoredResponse> findByItem(String itemId) {
      return found(byItem, new Key(name, itemId));
    }

    @Override
    public boolean delete(String id) {
      Entry entry = byId.get(new Key(name, id));
      if (entry == null) {
        return false;
      }
      oldestFirst.remove(entry);
      return drop(entry) && !isExpired(entry);
    }
  }
}
