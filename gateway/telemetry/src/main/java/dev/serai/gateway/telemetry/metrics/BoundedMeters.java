package dev.serai.gateway.telemetry.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Holds meters by key, never more than a fixed number; keys beyond it share the meters of {@code
 * other}. Finding meters that exist takes no lock. Thread-safe.
 */
final class BoundedMeters<K, M> {
  private final Map<K, M> known = new ConcurrentHashMap<>();
  private final AtomicInteger room;
  private final Function<K, M> maker;

  BoundedMeters(int max, Function<K, M> maker) {
    this.room = new AtomicInteger(max);
    this.maker = maker;
  }

  /** The meters of that key, if they exist. */
  @Nullable M find(K key) {
    return known.get(key);
  }

  /**
   * The meters of that key, created if there is room for them. Two threads may both call the maker,
   * which must return the same meters to both.
   */
  @Nullable M admit(K key) {
    M there = known.get(key);
    if (there != null) {
      return there;
    }
    if (room.getAndDecrement() <= 0) {
      room.incrementAndGet();
      return there;
    }
    M made = maker.apply(key);
    M first = known.putIfAbsent(key, made);
    if (first != null) {
      room.incrementAndGet();
      return first;
    }
    return made;
  }
}
