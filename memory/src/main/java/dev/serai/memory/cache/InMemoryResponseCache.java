package dev.serai.memory.cache;

import dev.serai.core.cache.CachedResponse;
import dev.serai.core.cache.ResponseCache;
import dev.serai.core.cache.ResponseKey;
import dev.serai.core.time.Ticker;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Supplier;

/**
 * Holds responses in this process: they are gone when it stops.
 *
 * <p>New and used responses are in the younger of two generations. When it holds half of the bound,
 * it becomes the older one, and what was in that and was not used meanwhile is dropped.
 * Thread-safe; takes no lock.
 */
public final class InMemoryResponseCache implements ResponseCache {
  private static final AtomicReferenceFieldUpdater<InMemoryResponseCache, Generations> NOW =
      AtomicReferenceFieldUpdater.newUpdater(InMemoryResponseCache.class, Generations.class, "now");

  private final Supplier<Bounds> bounds;
  private final Ticker ticker;
  private volatile Generations now = new Generations(new Generation(), new Generation());

  /**
   * What is held at most.
   *
   * @param bytes of all responses together
   * @param nanos how long one is held
   */
  public record Bounds(long bytes, long nanos) {
    private long half() {
      return bytes / 2;
    }
  }

  private record Entry(CachedResponse response, long sinceNanos) {}

  private record Generations(Generation younger, Generation older) {}

  /** Responses and how many bytes they take. */
  private static final class Generation {
    private final Map<ResponseKey, Entry> entries = new ConcurrentHashMap<>();
    private final AtomicLong bytes = new AtomicLong();

    void put(ResponseKey key, Entry entry) {
      Entry former = entries.put(key, entry);
      long replaced = former == null ? 0 : former.response().bytes();
      bytes.addAndGet(entry.response().bytes() - replaced);
    }

    void remove(ResponseKey key) {
      Entry former = entries.remove(key);
      if (former != null) {
        bytes.addAndGet(-former.response().bytes());
      }
    }
  }

  /**
   * @param bounds as they are now
   */
  public InMemoryResponseCache(Supplier<Bounds> bounds, Ticker ticker) {
    this.bounds = bounds;
    this.ticker = ticker;
  }

  @Override
  public Optional<CachedResponse> find(ResponseKey key) {
    Generations all = now;
    Entry young = all.younger().entries.get(key);
    Entry entry = young == null ? all.older().entries.get(key) : young;
    if (entry == null) {
      return Optional.empty();
    }
    if (ticker.nanos() - entry.sinceNanos() >= bounds.get().nanos()) {
      all.younger().remove(key);
      all.older().remove(key);
      return Optional.empty();
    }
    if (young == null) {
      all.older().remove(key);
      add(key, entry);
    }
    return Optional.of(entry.response());
  }

  /** One that is larger than half of the bound is not held. */
  @Override
  public void put(ResponseKey key, CachedResponse response) {
    if (response.bytes() <= bounds.get().half()) {
      add(key, new Entry(response, ticker.nanos()));
    }
  }

  private void add(ResponseKey key, Entry entry) {
    Generations all = now;
    long most = bounds.get().half();
    if (all.younger().bytes.get() + entry.response().bytes() > most) {
      NOW.compareAndSet(this, all, new Generations(new Generation(), all.younger()));
      all = now;
    }
    all.older().remove(key);
    all.younger().put(key, entry);
  }

  /** Drops all responses. */
  public void clear() {
    now = new Generations(new Generation(), new Generation());
  }

  /** About how many bytes are held. */
  public long bytes() {
    Generations all = now;
    return all.younger().bytes.get() + all.older().bytes.get();
  }

  /** How many responses are held. */
  public int size() {
    Generations all = now;
    return all.younger().entries.size() + all.older().entries.size();
  }
}
