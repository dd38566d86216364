package dev.serai.memory.objects;

import dev.serai.core.memory.MemoryObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** The memory objects of one tenant in the heap. For one thread at a time. */
final class HeapTenant {
  private final NavigableMap<String, MemoryObject> objects =
      new TreeMap<>(HeapTenant::byCodePoints);
  private final NavigableSet<Expiry> expiries =
      new TreeSet<>(Comparator.comparingLong(Expiry::millis).thenComparing(Expiry::path));

  /** The sizes of the evictable ones, the one first that was not used for longest. */
  private final Map<String, Integer> evictable = new LinkedHashMap<>();

  private long bytes;

  private record Expiry(long millis, String path) {}

  /** What all have together, as the quota counts. */
  long bytes() {
    return bytes;
  }

  boolean isEmpty() {
    return objects.isEmpty();
  }

  Optional<MemoryObject> find(String path) {
    return Optional.ofNullable(objects.get(path));
  }

  /** The object at a path, which is used now. */
  Optional<MemoryObject> use(String path) {
    Integer size = evictable.remove(path);
    if (size != null) {
      evictable.put(path, size); // at the end
    }
    return find(path);
  }

  void put(MemoryObject object) {
    String path = object.entry().path().text();
    remove(path);
    objects.put(path, object);
    bytes += object.entry().bytes();
    object.entry().expires().ifPresent(at -> expiries.add(new Expiry(at.toEpochMilli(), path)));
    if (object.entry().evictable()) {
      evictable.put(path, object.entry().bytes());
    }
  }

  Optional<MemoryObject> remove(String path) {
    Optional<MemoryObject> removed = Optional.ofNullable(objects.remove(path));
    removed.ifPresent(
        object -> {
          bytes -= object.entry().bytes();
          object
              .entry()
              .expires()
              .ifPresent(at -> expiries.remove(new Expiry(at.toEpochMilli(), path)));
          evictable.remove(path);
        });
    return removed;
  }

  /** The path of an object whose time has passed. */
  Optional<String> expired(long now) {
    return expiries.isEmpty() || expiries.first().millis > now
        ? Optional.empty()
        : Optional.of(expiries.first().path);
  }

  /** Those whose paths begin with a prefix, after a path, in the order of code points. */
  Iterable<MemoryObject> after(String prefix, Optional<String> path) {
    String from = path.filter(one -> byCodePoints(one, prefix) >= 0).orElse(prefix);
    boolean inclusive = path.filter(from::equals).isEmpty();
    return objects.tailMap(from, inclusive).values();
  }

  /**
   * Those to remove so that there is so much room, which were not used for the longest time; none
   * if all are not enough.
   */
  List<String> evictable(String exceptPath, long room) {
    List<String> found = new ArrayList<>();
    long left = room;
    for (Map.Entry<String, Integer> one : evictable.entrySet()) {
      if (left <= 0) {
        break;
      }
      if (!one.getKey().equals(exceptPath)) {
        found.add(one.getKey());
        left -= one.getValue();
      }
    }
    return left > 0 ? List.of() : found;
  }

  /** As the bytes of UTF-8 are ordered: surrogates are after all other characters. */
  private static int byCodePoints(String one, String other) {
    int length = Math.min(one.length(), other.length());
    for (int i = 0; i < length; i++) {
      char a = one.charAt(i);
      char b = other.charAt(i);
      if (a != b) {
        boolean surrogate = Character.isSurrogate(a);
        return surrogate == Character.isSurrogate(b) ? a - b : surrogate ? 1 : -1;
      }
    }
    return one.length() - other.length();
  }
}
