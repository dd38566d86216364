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
 * Keeps answers in this process: they are gone when it stops, and another replica does not know
 * them. What is kept weighs at most so many bytes; the oldest go first. What several answers go on
 * from is counted with each, so that the memory in use is less than it seems.
 *
 * <p>Safe for use by many threads; takes no lock.
 */
public final class InMemoryResponseStore implements ResponseStore {
  private final long mostBytes;
  private final long lifeNanos;
  private final Ticker ticker;
  private final Map<Key, Entry> byId = new ConcurrentHashMap<>();
  private final Map<Key, Entry> byItem = new ConcurrentHashMap<>();
  private final Queue<Entry> oldestFirst = new ConcurrentLinkedQueue<>();
  private final AtomicLong bytes = new AtomicLong();

  /**
   * @param mostBytes all answers together
   * @param life after which an answer is not found any more
   */
  public InMemoryResponseStore(long mostBytes, Duration life, Ticker ticker) {
    this.mostBytes = mostBytes;
    this.lifeNanos = life.toNanos();
    this.ticker = ticker;
  }

  private record Key(String tenant, String id) {}

  private record Entry(
      String tenant, StoredResponse response, long sinceNanos, AtomicBoolean gone) {}

  /** About how many bytes are kept. */
  public long bytes() {
    return bytes.get();
  }

  @Override
  public StoredResponses forTenant(String tenant) {
    return new Tenant(tenant);
  }

  private void keep(String tenant, StoredResponse response) {
    if (response.weight() > mostBytes) {
      return;
    }
    Entry entry = new Entry(tenant, response, ticker.nanos(), new AtomicBoolean());
    bytes.addAndGet(response.weight());
    oldestFirst.add(entry);
    Entry replaced = byId.put(new Key(tenant, response.id()), entry);
    if (replaced != null) {
      oldestFirst.remove(replaced);
      drop(replaced);
    }
    for (String item : response.itemIds()) {
      byItem.put(new Key(tenant, item), entry);
    }
    trim();
  }

  private void trim() {
    Entry oldest = oldestFirst.peek();
    while (oldest != null && (bytes.get() > mostBytes || isOver(oldest))) {
      if (oldestFirst.remove(oldest)) {
        drop(oldest);
      }
      oldest = oldestFirst.peek();
    }
  }

  private boolean isOver(Entry entry) {
    return ticker.nanos() - entry.sinceNanos > lifeNanos;
  }

  /** Takes an entry out of sight, and off the count. */
  private void drop(Entry entry) {
    if (entry.gone.compareAndSet(false, true)) {
      bytes.addAndGet(-entry.response.weight());
      byId.remove(new Key(entry.tenant, entry.response.id()), entry);
      for (String item : entry.response.itemIds()) {
        byItem.remove(new Key(entry.tenant, item), entry);
      }
    }
  }

  private Optional<StoredResponse> found(Map<Key, Entry> map, Key key) {
    return Optional.ofNullable(map.get(key))
        .filter(entry -> !entry.gone.get() && !isOver(entry))
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
      drop(entry);
      return true;
    }
  }
}
