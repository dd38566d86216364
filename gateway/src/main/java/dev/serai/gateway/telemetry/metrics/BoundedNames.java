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
final class BoundedNames<K, M> {
  private final Map<K, M> known = new ConcurrentHashMap<>();
  private final AtomicInteger room;
  private final Function<K, M> maker;

  BoundedNames(int most, Function<K, M> maker) {
    this.room = new AtomicInteger(most);
    this.maker = maker;
  }

  /** What is there already. */
  @Nullable M find(K key) {
    return known.get(key);
  }

  /** The meters of that key, made now if there is room for them. */
  @Nullable M admit(K key) {
    M there = known.get(key);
    if (there != null || room.get() <= 0) {
      return there;
    }
    return known.computeIfAbsent(key, this::make);
  }

  private @Nullable M make(K key) {
    if (room.getAndDecrement() <= 0) {
      room.incrementAndGet();
      return refusal();
    }
    return maker.apply(key);
  }

  // Null is how a map is told that nothing is to be kept.
  @SuppressWarnings("NullAway")
  private @Nullable M refusal() {
    return null;
  }
}
