package dev.serai.adapters.upstream;

import dev.serai.core.provider.UpstreamState.BreakerState;
import dev.serai.core.routing.Candidate;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The circuit breakers of all providers that have opened and are not known to have closed again, so
 * that a plan finds those that stop its candidates without a look at every breaker. While none has
 * opened, a question costs two reads. Safe for use by many threads.
 */
final class StoppedBreakers {
  /**
   * Clients choose names; a plan does not know of the breakers beyond, which still refuse calls.
   */
  static final int MAX_MODELS = 4096;

  /** Those that opened first are checked when another one opens, which is on an event loop. */
  static final int CHECKED = 16;

  /** One opening of a breaker; equal only to itself. */
  private static final class Opened<K> {
    private final K key;
    private final CircuitBreaker breaker;

    Opened(K key, CircuitBreaker breaker) {
      this.key = key;
      this.breaker = breaker;
    }

    boolean isClosed() {
      return breaker.state() == BreakerState.CLOSED;
    }
  }

  private final Map<String, Opened<String>> ofProviders = new ConcurrentHashMap<>();
  private final Map<Candidate, Opened<Candidate>> ofModels = new ConcurrentHashMap<>();

  /** All that are in the map, and some that no longer are. */
  private final Queue<Opened<Candidate>> inOrder = new ConcurrentLinkedQueue<>();

  /** The breaker of a provider has opened. */
  void opened(String provider, CircuitBreaker breaker) {
    ofProviders.put(provider, new Opened<>(provider, breaker));
  }

  /** The breaker of a model has opened. */
  void opened(Candidate candidate, CircuitBreaker breaker) {
    checkFirst();
    if (ofModels.size() < MAX_MODELS || ofModels.containsKey(candidate)) {
      Opened<Candidate> opened = new Opened<>(candidate, breaker);
      ofModels.put(candidate, opened);
      inOrder.add(opened);
    }
  }

  /** A breaker whose model is not called again stays open; it goes if its place is needed. */
  private void checkFirst() {
    for (int i = 0; i < CHECKED; i++) {
      Opened<Candidate> first = inOrder.poll();
      if (first == null) {
        return;
      }
      boolean full = ofModels.size() >= MAX_MODELS;
      if (full ? !first.breaker.wouldRefuse() : first.isClosed()) {
        ofModels.remove(first.key, first);
      } else if (ofModels.get(first.key) == first) {
        inOrder.add(first);
      }
    }
  }

  /** Whether a call to this candidate would be refused now. */
  boolean stop(Candidate candidate) {
    return stops(ofProviders, candidate.provider()) || stops(ofModels, candidate);
  }

  private static <K> boolean stops(Map<K, Opened<K>> all, K key) {
    if (all.isEmpty()) {
      return false;
    }
    Opened<K> opened = all.get(key);
    if (opened == null) {
      return false;
    }
    if (opened.isClosed()) {
      all.remove(key, opened);
      if (!opened.isClosed()) { // it has opened at this moment
        all.putIfAbsent(key, opened);
      }
      return false;
    }
    return opened.breaker.wouldRefuse();
  }
}
