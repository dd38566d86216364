package dev.serai.gateway.telemetry.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Meters by key, of which there are never more than a fixed number: who comes later shares the
 * meters of {@code other}. A look-up of what is there takes no lock. Thread-safe.
 */
final class BoundedMeters<K, M> {
  private final Map<K, M> known = new ConcurrentHashMap<>();
  private final AtomicInteger room;
  private final Function<K, M> maker;

  BoundedMeters(int most, Function<K, M> maker) {
    this.room = new AtomicInteger(most);
    this.maker = maker;
  }

  /** What is there already. */
  @Nullable M find(K key) {
    return known.get(key);
  }

  /**
   * The meters of that key, made now if there is room for them; two threads may both call the
   * maker, which must give both the same.
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
