package dev.serai.adapters.upstream;

import dev.serai.core.provider.UpstreamState.BreakerState;
import dev.serai.core.routing.Candidate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The circuit breakers of all providers that have opened and are not known to have closed again, so
 * that a plan finds those that stop its candidates without a look at every breaker. While none has
 * opened, a question costs two reads. Safe for use by many threads.
 */
final class StoppedBreakers {
  /**
   * Clients choose names; a plan does not know of the breakers beyond, which still refuse calls.
   */
  private static final int MAX_MODELS = 4096;

  private final Map<String, CircuitBreaker> ofProviders = new ConcurrentHashMap<>();
  private final Map<Candidate, CircuitBreaker> ofModels = new ConcurrentHashMap<>();

  /** The breaker of a provider has opened. */
  void opened(String provider, CircuitBreaker breaker) {
    ofProviders.put(provider, breaker);
  }

  /** The breaker of a model has opened. */
  void opened(Candidate candidate, CircuitBreaker breaker) {
    if (ofModels.size() >= MAX_MODELS) {
      ofModels.values().removeIf(StoppedBreakers::isClosed);
    }
    if (ofModels.size() < MAX_MODELS) {
      ofModels.put(candidate, breaker);
    }
  }

  /** Whether a call to this candidate would be refused now. */
  boolean stop(Candidate candidate) {
    return stops(ofProviders, candidate.provider()) || stops(ofModels, candidate);
  }

  private static <K> boolean stops(Map<K, CircuitBreaker> opened, K key) {
    if (opened.isEmpty()) {
      return false;
    }
    CircuitBreaker breaker = opened.get(key);
    if (breaker == null) {
      return false;
    }
    if (isClosed(breaker)) {
      opened.remove(key, breaker);
      if (!isClosed(breaker)) { // it has opened at this moment
        opened.put(key, breaker);
      }
      return false;
    }
    return breaker.wouldRefuse();
  }

  private static boolean isClosed(CircuitBreaker breaker) {
    return breaker.state() == BreakerState.CLOSED;
  }
}
