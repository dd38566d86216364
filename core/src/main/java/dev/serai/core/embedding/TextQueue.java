package dev.serai.core.embedding;

import dev.serai.core.problem.CapacityProblem;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Texts that wait for their embeddings. Tenants take turns, and each has at most a share of the
 * queue, so that a tenant with many texts delays another by one text. A text counts until its
 * embedding is complete. Thread-safe; no lock is held while anything is computed or completed.
 */
final class TextQueue {
  private static final Duration RETRY = Duration.ofSeconds(2);

  private final int max;
  private final int share;
  private final Map<String, Deque<WaitingText>> waiting = new LinkedHashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private int size;
  private boolean closed;

  /**
   * @param max how many texts wait at most, with those that are computed
   * @param share of these, for one tenant
   */
  TextQueue(int max, int share) {
    this.max = max;
    this.share = share;
  }

  /** Adds texts of a tenant, all or none; what is wrong if none. */
  synchronized Optional<CapacityProblem> add(String tenant, List<WaitingText> texts) {
    if (closed) {
      return Optional.of(stopped());
    }
    int own = counts.getOrDefault(tenant, 0) + texts.size();
    if (own > share) {
      return Optional.of(busy("Too many texts of this tenant wait for their embeddings."));
    }
    if (size + texts.size() > max) {
      return Optional.of(busy("Too many texts wait for their embeddings."));
    }
    size += texts.size();
    counts.put(tenant, own);
    waiting.computeIfAbsent(tenant, _ -> new ArrayDeque<>()).addAll(texts);
    return Optional.empty();
  }

  /** The next text, of the tenant that has waited for its turn for the longest time. */
  synchronized Optional<WaitingText> next() {
    Iterator<Map.Entry<String, Deque<WaitingText>>> tenants = waiting.entrySet().iterator();
    if (!tenants.hasNext()) {
      return Optional.empty();
    }
    Map.Entry<String, Deque<WaitingText>> tenant = tenants.next();
    String name = tenant.getKey();
    Deque<WaitingText> texts = tenant.getValue();
    tenants.remove();
    WaitingText next = texts.remove();
    if (!texts.isEmpty()) {
      waiting.put(name, texts); // behind the others
    }
    return Optional.of(next);
  }

  /** A text whose embedding is complete, or is not wanted any more, counts no longer. */
  synchronized void remove(WaitingText text) {
    size--;
    int left = counts.merge(text.tenant(), -1, Integer::sum);
    if (left == 0) {
      counts.remove(text.tenant());
    }
    Deque<WaitingText> texts = waiting.get(text.tenant());
    if (texts != null) {
      texts.remove(text);
      if (texts.isEmpty()) {
        waiting.remove(text.tenant());
      }
    }
  }

  synchronized int size() {
    return size;
  }

  /** Refuses texts from now on, and completes those that wait with a problem. */
  void close() {
    List<WaitingText> left = new ArrayList<>();
    synchronized (this) {
      closed = true;
      waiting.values().forEach(left::addAll);
      waiting.clear();
    }
    left.forEach(text -> text.refuse(stopped()));
  }

  private static CapacityProblem busy(String why) {
    return new CapacityProblem("embeddings_busy", why + " Retry later.", RETRY);
  }

  private static CapacityProblem stopped() {
    return new CapacityProblem(
        "shutting_down", "The gateway is shutting down, and computes no embeddings.", RETRY);
  }
}
