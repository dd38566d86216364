package dev.serai.core.cache;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Values that can be made again, for keys that callers choose: the number is bounded, and many rare
 * keys do not push out those in use.
 *
 * <p>New and used keys are in the younger of two maps. When it holds half of the bound, it becomes
 * the older one, and what was in that and was not used meanwhile is forgotten. Thread-safe; a read
 * of a key in use takes no lock. Two values may be made for one key that is used by several threads
 * at the moment when the maps change.
 */
public final class RecentMap<K, V> {
  private final int half;
  private volatile Generations<K, V> now;

  private record Generations<K, V>(Map<K, V> younger, Map<K, V> older) {}

  /**
   * @param max how many values are kept at most; the latest half of them is kept in any case
   */
  public RecentMap(int max) {
    this.half = Math.max(1, max / 2);
    this.now = new Generations<>(new ConcurrentHashMap<>(), Map.of());
  }

  /** The value of a key, which is in use from now on; made if there is none. */
  public V computeIfAbsent(K key, Function<? super K, ? extends V> make) {
    Generations<K, V> current = now;
    V known = current.younger.get(key);
    return known == null ? renew(key, make) : known;
  }

  /** The value of a key; this does not count as a use. */
  public Optional<V> find(K key) {
    Generations<K, V> current = now;
    V known = current.younger.get(key);
    return Optional.ofNullable(known == null ? current.older.get(key) : known);
  }

  /** Whether another value can be made so that none is forgotten. */
  public boolean hasRoom() {
    Generations<K, V> current = now;
    return current.younger.size() < half || current.older.isEmpty();
  }

  /** All values, as they are now. */
  public Map<K, V> copy() {
    Generations<K, V> current = now;
    Map<K, V> all = new HashMap<>(current.older);
    all.putAll(current.younger);
    return all;
  }

  private V renew(K key, Function<? super K, ? extends V> make) {
    Generations<K, V> current = withRoom();
    V older = current.older.get(key);
    return current.younger.computeIfAbsent(key, older == null ? make : _ -> older);
  }

  private Generations<K, V> withRoom() {
    Generations<K, V> current = now;
    return current.younger.size() < half ? current : turn();
  }

  private synchronized Generations<K, V> turn() {
    if (now.younger.size() >= half) {
      now = new Generations<>(new ConcurrentHashMap<>(), now.younger);
    }
    return now;
  }
}
