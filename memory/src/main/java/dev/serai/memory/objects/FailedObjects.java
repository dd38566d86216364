package dev.serai.memory.objects;

import dev.serai.core.memory.search.MemoryIndex.Pending;
import dev.serai.core.problem.cause.FailureText;
import dev.serai.core.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Objects whose embeddings have failed, and when each is tried again: after a minute, and after
 * twice the time with each failure, up to six hours. Also those that the store does not have any
 * more, which are not counted. A changed object is another one. One thread uses it; the counts may
 * be read by any.
 */
final class FailedObjects {
  private static final Logger LOG = LoggerFactory.getLogger(FailedObjects.class);
  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final int MAX_DOUBLINGS = 8;
  private static final long MAX_PAUSE = Duration.ofHours(6).toNanos();

  /**
   * With so many the model is at fault rather than the objects: no others are tried. A tenant may
   * have as many of them as are left, so that there is room for the objects of others: half of them
   * if it is alone.
   */
  private static final int MAX = 20_000;

  /** How many are named in one line of the log. */
  private static final int NAMED = 32;

  private final Ticker ticker;
  private final Map<Id, Failure> failures = new HashMap<>();
  private final Map<String, Integer> ofTenants = new HashMap<>();
  private final Set<Id> absent = new HashSet<>();
  private final Set<Id> seen = new HashSet<>();
  private final AtomicLong total = new AtomicLong();
  private volatile int size;

  private record Id(String tenant, String path, long version) {
    static Id of(Pending object) {
      return new Id(object.tenant(), object.hit().path(), object.hit().version());
    }

    @Override
    public String toString() {
      return path + " of tenant " + tenant;
    }
  }

  private record Failure(int count, long retryNanos) {}

  FailedObjects(Ticker ticker) {
    this.ticker = ticker;
  }

  /** Before the objects that wait are asked for. */
  void begin() {
    seen.clear();
  }

  /** Whether an object that waits is to be tried now. */
  boolean isDue(Pending object) {
    Id id = Id.of(object);
    if (absent.contains(id)) {
      seen.add(id);
      return false;
    }
    Failure failure = failures.get(id);
    if (failure == null) {
      return ofTenants.getOrDefault(id.tenant, 0) < MAX - failures.size();
    }
    seen.add(id);
    return ticker.nanos() - failure.retryNanos >= 0;
  }

  /** All objects that wait were asked for: those that were not seen are changed, or gone. */
  void forgetUnseen() {
    absent.retainAll(seen);
    if (failures.keySet().retainAll(seen)) {
      ofTenants.clear();
      failures.keySet().forEach(id -> ofTenants.merge(id.tenant, 1, Integer::sum));
      size = failures.size();
    }
  }

  /**
   * Notes an object that the store does not have any more: it is not tried again, as its change is
   * on its way to the index. If there are too many of them, all are looked for again.
   */
  void absent(Pending object) {
    if (absent.size() >= MAX) {
      absent.clear();
    }
    absent.add(Id.of(object));
  }

  void succeeded(Pending object) {
    Id id = Id.of(object);
    if (failures.remove(id) != null) {
      ofTenants.merge(id.tenant, -1, Integer::sum);
      ofTenants.remove(id.tenant, 0);
    }
    size = failures.size();
  }

  /** Notes objects that have failed for one reason; the log names each once. */
  void failed(List<Pending> objects, Throwable why) {
    List<Id> named = new ArrayList<>();
    for (Pending object : objects) {
      Id id = Id.of(object);
      int count = failures.containsKey(id) ? failures.get(id).count + 1 : 1;
      if (count == 1) {
        named.add(id);
        ofTenants.merge(id.tenant, 1, Integer::sum);
      }
      long pause = FIRST.toNanos() << Math.min(count - 1, MAX_DOUBLINGS + 1);
      failures.put(id, new Failure(count, ticker.nanos() + Math.min(pause, MAX_PAUSE)));
    }
    total.addAndGet(objects.size());
    size = failures.size();
    if (!named.isEmpty()) {
      LOG.warn(
          "memory: no embedding can be made of {} objects: {}. They are found by their words only,"
              + " and are tried again in a minute, then at growing intervals. Why: {}",
          named.size(),
          named.stream().limit(NAMED).map(Id::toString).collect(Collectors.joining(", ")),
          FailureText.of(why));
    }
  }

  /** How many objects have failed and are not changed or deleted since. */
  int size() {
    return size;
  }

  /** How often an embedding has failed. */
  long total() {
    return total.get();
  }
}
